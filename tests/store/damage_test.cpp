// SPDX-License-Identifier: GPL-3.0-or-later
// A project of ours with the faults that disks, networks and other programs cause.
// TWINFIRM_FLIPS sets how many bits are flipped (tests/faults/bit_flips.sh asks for 1,000).
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "store/sample_tables.h"

namespace twinfirm::store {
namespace {

struct Content {
    std::vector<TableInfo> tables;
    std::vector<std::vector<ColumnChunk>> rows;
    std::string specification;
};

bool same(const Content& a, const Content& b) {
    if (a.specification != b.specification || a.tables.size() != b.tables.size()) return false;
    for (std::size_t i = 0; i < a.tables.size(); ++i) {
        const TableInfo& x = a.tables[i];
        const TableInfo& y = b.tables[i];
        if (x.definition.name != y.definition.name || x.definition.columns != y.definition.columns ||
            x.rows != y.rows || x.content_hash != y.content_hash || x.import.file_name != y.import.file_name ||
            x.import.bytes != y.import.bytes || x.import.sha256 != y.import.sha256 ||
            x.import.plan_json != y.import.plan_json || x.import.audit_json != y.import.audit_json ||
            x.import.time != y.import.time || !same_cells(a.rows[i], b.rows[i])) {
            return false;
        }
    }
    return true;
}

/// Opens, checks and reads everything, as an analysis does.
Result<Content> content_of(const std::filesystem::path& path, Project::Access access = Project::Access::read_only) {
    auto project = Project::open(path, access);
    if (!project) return tl::unexpected<Error>(project.error());
    Content content;
    auto tables = project->tables();
    if (!tables) return tl::unexpected<Error>(tables.error());
    for (const TableInfo& info : *tables) {
        auto data = project->read_checked(info.definition.name);
        if (!data) return tl::unexpected<Error>(data.error());
        content.rows.push_back(std::move(data->columns));
    }
    content.tables = std::move(*tables);
    auto specification = project->specification();
    if (!specification) return tl::unexpected<Error>(specification.error());
    content.specification = std::move(*specification);
    return content;
}

class DamageTest : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        auto project = Project::create(path());
        for (const auto& [name, columns] : {std::pair{"가", 5U}, std::pair{"b", 14U}}) {
            const TableDefinition definition = sample_definition(name, columns);
            ASSERT_TRUE(import_rows(*project, definition, sample_rows(definition, 700, columns)));
        }
        ASSERT_TRUE(project->set_specification(R"({"treatment":"도입","caliper":0.2})"));
    }
    void write(const std::string& bytes) const { ASSERT_TRUE(write_file_atomically(path("damaged"), bytes)); }
    /// Both ways of opening refuse with that code and leave the file as it is.
    void expect_refused(const std::string& bytes, const std::string& code) const {
        write(bytes);
        EXPECT_EQ(code_of(content_of(path("damaged"))), code);
        EXPECT_EQ(code_of(content_of(path("damaged"), Project::Access::read_write)), code);
        EXPECT_EQ(bytes_of(path("damaged")), bytes);
        EXPECT_FALSE(std::filesystem::exists(path("damaged-journal")));
        EXPECT_FALSE(std::filesystem::exists(path("damaged-wal")));
    }
    /// Changes the project as another program could.
    void run_sql(const std::string& sql) const {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(path().c_str(), &handle), SQLITE_OK);
        const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closing(handle, sqlite3_close);
        ASSERT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    }
};

TEST_F(DamageTest, RefusesEachFaultWithItsReason) {
    const std::string good = bytes_of(path());
    ASSERT_TRUE(content_of(path()));
    const auto with = [&good](std::size_t at, std::string_view bytes) {
        std::string changed = good;
        changed.replace(at, bytes.size(), bytes);
        return changed;
    };
    EXPECT_EQ(code_of(Project::open(path("none"))), "project_not_found");
    EXPECT_EQ(code_of(Project::open(folder_)), "project_foreign");
    expect_refused("", "project_foreign");
    expect_refused("hello\n", "project_foreign");
    expect_refused(std::string(50000, '\0'), "project_foreign");
    expect_refused(with(68, "ABCD"), "project_foreign");
    expect_refused(with(0, "SQLite format 4"), "project_damaged");
    expect_refused(with(60, std::string_view("\0\0\x03\xe7", 4)), "project_newer");
    expect_refused(with(60, std::string_view("\0\0\0\0", 4)), "project_damaged");
    expect_refused(with(18, "\x02\x02"), "project_damaged");  // write-ahead mode
    expect_refused(with(16, "\x13\x37"), "project_damaged");  // page size
    expect_refused(with(100, "\xff\xff\xff\xff\xff\xff\xff\xff"), "project_damaged");
    expect_refused(good.substr(0, 100), "project_damaged");
    expect_refused(good.substr(0, 16384), "project_damaged");
    expect_refused(good.substr(0, good.size() - 16384), "project_damaged");
    expect_refused(good.substr(0, good.size() - 1), "project_damaged");
    expect_refused(good.substr(0, good.size() / 2 + 77), "project_damaged");
}

TEST_F(DamageTest, RefusesAForeignSchema) {
    const std::string good = bytes_of(path());
    for (const char* sql :
         {"CREATE VIEW v AS SELECT hex(randomblob(1000000000))",
          "CREATE TRIGGER x AFTER INSERT ON t1_1 BEGIN DELETE FROM t1_1; END", "CREATE TABLE extra(a)",
          "CREATE INDEX i ON t1_1(c1)", "ALTER TABLE t1_1 ADD COLUMN more TEXT", "DROP TABLE t1_1",
          "ALTER TABLE project RENAME TO p",
          "PRAGMA writable_schema=ON;UPDATE sqlite_schema SET sql=replace(sql,'c2 INTEGER','c2 REAL') WHERE "
          "name='t1_1'"}) {
        ASSERT_TRUE(write_file_atomically(path(), good));
        run_sql(sql);
        const std::string changed = bytes_of(path());
        expect_refused(changed, "project_foreign_schema");
    }
}

TEST_F(DamageTest, FindsValuesChangedByAnotherProgram) {
    const std::string good = bytes_of(path());
    for (const char* sql :
         {"UPDATE t1_1 SET c2=c2+1 WHERE rowid=7", "UPDATE t1_1 SET c1='x' WHERE rowid=700", "UPDATE t1_1 SET s=NULL",
          "DELETE FROM t2_1 WHERE rowid=700", "INSERT INTO t2_1 SELECT * FROM t2_1 WHERE rowid=1",
          "UPDATE t2_1 SET c1=(SELECT c1 FROM t2_1 WHERE rowid=2) WHERE rowid=1",
          "UPDATE t2_1 SET rowid=1000 WHERE rowid=3", "UPDATE t1_1 SET c1=NULL WHERE rowid=1"}) {
        ASSERT_TRUE(write_file_atomically(path(), good));
        run_sql(sql);
        EXPECT_EQ(code_of(content_of(path())), "table_damaged") << sql;
    }
    for (const char* sql : {"UPDATE catalogue_table SET file_name='other.csv' WHERE id=1",
                            "UPDATE project SET value='{}' WHERE key='specification'",
                            "UPDATE catalogue_column SET unit='원' WHERE table_id=2 AND position=3",
                            "DELETE FROM catalogue_table WHERE id=1", "DELETE FROM project WHERE key='specification'",
                            "UPDATE catalogue_column SET type='blob' WHERE position=1"}) {
        ASSERT_TRUE(write_file_atomically(path(), good));
        run_sql(sql);
        EXPECT_EQ(code_of(content_of(path())), "project_damaged") << sql;
    }
}

int number_of_flips() {
    const char* text = std::getenv("TWINFIRM_FLIPS");
    return text != nullptr ? std::atoi(text) : 300;
}

TEST_F(DamageTest, NoBitFlipIsSilent) {
    const std::string good = bytes_of(path());
    const Content expected = content_of(path()).value();
    Random random(20240601);
    const int flips = number_of_flips();
    int found = 0;
    int silent = 0;
    for (int flip = 0; flip < flips; ++flip) {
        std::string bytes = good;
        // Every third in the pages of the schema and the catalogue, which are few.
        const std::size_t at = random.below(flip % 3 == 0 ? 4 * 16384 : bytes.size());
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << random.below(8)));
        write(bytes);
        const auto content = content_of(path("damaged"));
        if (!content) {
            ++found;
            EXPECT_THAT(content.error().code, testing::AnyOf("project_damaged", "project_foreign", "project_newer",
                                                             "project_foreign_schema", "table_damaged"))
                << at;
        } else {
            silent += same(*content, expected) ? 0 : 1;
            EXPECT_TRUE(same(*content, expected)) << "silent change by the byte " << at;
        }
        EXPECT_EQ(bytes_of(path("damaged")), bytes);
    }
    EXPECT_GT(found, flips / 5);
    RecordProperty("flips", flips);
    RecordProperty("refused", found);
    RecordProperty("without_effect", flips - found - silent);
    RecordProperty("silent", silent);
}

TEST_F(DamageTest, NothingIsWrittenIntoADamagedFile) {
    const std::string good = bytes_of(path());
    Random random(7);
    std::size_t refused = 0;
    for (int round = 0; round < 60; ++round) {
        std::string bytes = good;
        for (int flip = 0; flip < 20; ++flip) {
            const std::size_t at = 16384 + random.below(bytes.size() - 16384);
            bytes[at] = static_cast<char>(random.below(256));
        }
        write(bytes);
        auto project = Project::open(path("damaged"));
        if (!project) continue;
        const Status status = project->drop_table("b");
        if (status) continue;
        ++refused;
        EXPECT_EQ(status.error().code, "project_damaged");
        EXPECT_EQ(bytes_of(path("damaged")), bytes);
    }
    EXPECT_GT(refused, 5U);
}

}  // namespace
}  // namespace twinfirm::store
