// SPDX-License-Identifier: GPL-3.0-or-later
// A million rows of 14 mixed columns: prints the time of each step, beside the same rows given to SQLite one by one.
#include <sqlite3.h>
#include <sys/resource.h>

#include <chrono>
#include <ctime>
#include <functional>
#include <iostream>

#include "store/sample_tables.h"
#include "twinfirm/store/export_table.h"

namespace twinfirm::store {
namespace {

constexpr std::size_t chunk_rows = 8192;
constexpr std::size_t chunks = 123;
constexpr std::size_t rows = chunk_rows * chunks;

struct Seconds {
    double wall;
    double processor;  ///< of all threads: what remains comparable on a busy machine
};

Seconds seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
            static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

std::ostream& operator<<(std::ostream& out, const Seconds& seconds) {
    return out << seconds.wall << " s, processor " << seconds.processor << " s";
}

double peak_mebibytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

TableDefinition firms() {
    TableDefinition definition{"firms", {}};
    for (int i = 0; i < 14; ++i) {
        const auto type = i < 3 ? ColumnType::text : i < 7 ? ColumnType::integer : ColumnType::real;
        definition.columns.push_back({"c" + std::to_string(i), "", type, ""});
    }
    return definition;
}

void insert_one_by_one(const std::filesystem::path& path, const std::vector<RowChunk>& data) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(handle, "CREATE TABLE t(a,b,c,d,e,f,g,h,i,j,k,l,m,n);BEGIN", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(handle, "INSERT INTO t VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr);
    for (const RowChunk& chunk : data) {
        for (std::size_t row = 0; row < chunk.rows; ++row) {
            for (int column = 0; column < 14; ++column) {
                const ColumnChunk& cells = chunk.columns[static_cast<std::size_t>(column)];
                const int at = column + 1;
                if (!cells.has_value(row)) {
                    sqlite3_bind_null(insert, at);
                } else if (cells.type() == ColumnType::integer) {
                    sqlite3_bind_int64(insert, at, cells.integer(row));
                } else if (cells.type() == ColumnType::real) {
                    sqlite3_bind_double(insert, at, cells.real(row));
                } else {
                    const std::string_view text = cells.text(row);
                    sqlite3_bind_text(insert, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
                }
            }
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
    }
    sqlite3_finalize(insert);
    ASSERT_EQ(sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

TEST_F(StoreTest, MillionRows) {
    const TableDefinition definition = firms();
    std::vector<RowChunk> data;
    for (std::size_t i = 0; i < chunks; ++i) {
        RowChunk chunk = sample_rows(definition, chunk_rows, i);
        data.push_back(std::move(chunk));
    }
    auto project = Project::create(path());
    const Seconds importing = seconds_of([&] {
        auto import = project->begin_import().value();
        ASSERT_TRUE(import->begin(definition));
        for (const RowChunk& chunk : data) ASSERT_TRUE(import->append(chunk));
        ASSERT_TRUE(import->commit({}));
    });
    const Seconds one_by_one = seconds_of([&] { insert_one_by_one(path("peer.sqlite"), data); });
    const Seconds checking = seconds_of([&] { EXPECT_TRUE(project->check_content("firms")); });
    const Seconds exporting = seconds_of([&] { EXPECT_TRUE(export_table_csv(*project, "firms", path("firms.csv"))); });
    data.clear();
    data.shrink_to_fit();
    std::vector<std::string> numbers;
    for (std::size_t i = 3; i < 14; ++i) numbers.push_back("c" + std::to_string(i));
    numbers.emplace_back("c3");
    const Seconds reading = seconds_of([&] { EXPECT_EQ(project->read("firms", numbers)->rows, rows); });
    std::cout << "rows " << rows << "\nimport " << importing << "\none by one, unchecked " << one_by_one << "\nratio "
              << importing.wall / one_by_one.wall << "\ncheck " << checking << "\nexport " << exporting
              << "\nread 12 numeric columns " << reading << "\npeak " << peak_mebibytes() << " MB\n";
    EXPECT_LT(importing.processor, 2.0 * one_by_one.processor);
    EXPECT_LT(importing.wall, 2.0 * one_by_one.wall);
}

}  // namespace
}  // namespace twinfirm::store
