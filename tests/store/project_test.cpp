// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/project.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <limits>
#include <utility>

#include "store/sample_tables.h"

namespace twinfirm::store {
namespace {

using testing::ElementsAre;

TEST_F(StoreTest, NewProjectIsEmptyPrivateAndAlone) {
    {
        auto project = Project::create(path());
        ASSERT_TRUE(project) << code_of(project);
        EXPECT_TRUE(project->tables().value().empty());
        EXPECT_EQ(project->specification().value(), "");
        EXPECT_TRUE(project->notices().empty());
    }
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_THAT(files(), ElementsAre("a.twinfirm"));
}

TEST_F(StoreTest, CreateKeepsWhatIsThere) {
    ASSERT_TRUE(write_file_atomically(path(), "mine"));
    EXPECT_EQ(code_of(Project::create(path())), "project_exists");
    EXPECT_EQ(bytes_of(path()), "mine");
    EXPECT_EQ(code_of(Project::create(folder_ / "none" / "a.twinfirm")), "project_not_writable");
}

TEST_F(StoreTest, TableComesBackAsItWent) {
    const TableDefinition definition = sample_definition("기업 \"표\"; DROP", 7);
    const RowChunk rows = sample_rows(definition, 1001, 1);
    const ImportRecord record{"기업.csv", 99, "00ff", R"({"a":1})", R"({"b":2})", "2026-05-06T07:08:09Z"};
    {
        auto project = Project::create(path());
        ASSERT_TRUE(project);
        ASSERT_TRUE(import_rows(*project, definition, rows, record));
    }
    auto project = Project::open(path());
    ASSERT_TRUE(project) << code_of(project);
    const auto info = project->table(definition.name);
    ASSERT_TRUE(info) << code_of(info);
    EXPECT_EQ(info->rows, 1001);
    EXPECT_EQ(info->definition.columns, definition.columns);
    EXPECT_EQ(info->content_hash.size(), 64U);
    EXPECT_EQ(info->import.file_name, record.file_name);
    EXPECT_EQ(info->import.bytes, record.bytes);
    EXPECT_EQ(info->import.sha256, record.sha256);
    EXPECT_EQ(info->import.plan_json, record.plan_json);
    EXPECT_EQ(info->import.audit_json, record.audit_json);
    EXPECT_EQ(info->import.time, record.time);
    const auto data = project->read(definition.name);
    ASSERT_TRUE(data) << code_of(data);
    EXPECT_EQ(data->rows, 1001U);
    EXPECT_TRUE(same_cells(data->columns, rows.columns));
    EXPECT_TRUE(project->check_content(definition.name));
    EXPECT_TRUE(project->notices().empty());
}

TEST_F(StoreTest, ReadingOnSeveralConnectionsGivesTheSameAndProvesIt) {
    const TableDefinition definition = sample_definition("t", 6);
    const RowChunk rows = sample_rows(definition, 160001, 1);
    auto project = Project::create(path());
    ASSERT_TRUE(project);
    ASSERT_TRUE(import_rows(*project, definition, rows));
    for (const unsigned threads : {1U, 2U, 3U}) {
        const auto data = project->read_checked("t", threads);
        ASSERT_TRUE(data) << code_of(data);
        EXPECT_EQ(data->rows, 160001U);
        EXPECT_TRUE(same_cells(data->columns, rows.columns)) << threads;
    }
    const CancellationToken token;
    token.cancel();
    EXPECT_EQ(code_of(project->read_checked("t", 2, token)), "cancelled");
    EXPECT_EQ(code_of(project->read_checked("u", 2)), "table_not_found");
}

TEST_F(StoreTest, EveryStatusAndEdgeValueIsKept) {
    const TableDefinition definition{
        "t", {{"i", "", ColumnType::integer, ""}, {"r", "", ColumnType::real, ""}, {"s", "", ColumnType::text, ""}}};
    constexpr double infinity = std::numeric_limits<double>::infinity();
    RowChunk rows;
    for (const ColumnDefinition& column : definition.columns) rows.columns.emplace_back(column.type);
    for (const ValueStatus status : {ValueStatus::missing, ValueStatus::not_applicable, ValueStatus::suppressed}) {
        for (ColumnChunk& column : rows.columns) column.append_absent(status);
    }
    rows.columns[0].append_integer(std::numeric_limits<std::int64_t>::min());
    rows.columns[0].append_integer(std::numeric_limits<std::int64_t>::max());
    rows.columns[0].append_integer(0);
    rows.columns[1].append_real(infinity);
    rows.columns[1].append_real(-5e-324);
    rows.columns[1].append_real(std::numeric_limits<double>::quiet_NaN());
    rows.columns[2].append_text("");
    rows.columns[2].append_text(std::string_view("a\0b", 3));
    rows.columns[2].append_text("똠방각하");
    rows.rows = 6;
    auto project = Project::create(path());
    ASSERT_TRUE(import_rows(*project, definition, rows));
    const TableData data = project->read("t").value();
    ASSERT_EQ(data.rows, 6U);
    EXPECT_TRUE(project->check_content("t"));
    for (const ColumnChunk& column : data.columns) {
        EXPECT_EQ(column.status(0), ValueStatus::missing);
        EXPECT_EQ(column.status(1), ValueStatus::not_applicable);
        EXPECT_EQ(column.status(2), ValueStatus::suppressed);
    }
    EXPECT_EQ(data.columns[0].integer(3), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(data.columns[0].integer(4), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(data.columns[1].real(3), infinity);
    EXPECT_EQ(data.columns[1].real(4), -5e-324);
    EXPECT_EQ(data.columns[1].status(5), ValueStatus::missing);  // not a number is no value
    EXPECT_TRUE(data.columns[2].has_value(3));
    EXPECT_EQ(data.columns[2].text(3), "");
    EXPECT_EQ(data.columns[2].text(4), std::string_view("a\0b", 3));
    EXPECT_EQ(data.columns[2].text(5), "똠방각하");
}

TEST_F(StoreTest, ReadsChosenColumnsInTheOrderAskedFor) {
    const TableDefinition definition = sample_definition("t", 6);
    const RowChunk rows = sample_rows(definition, 300, 2);
    auto project = Project::create(path());
    ASSERT_TRUE(import_rows(*project, definition, rows));
    const TableData data = project->read("t", {"열 5", "열 1", "열 5"}).value();
    ASSERT_EQ(data.columns.size(), 3U);
    EXPECT_EQ(data.definitions[1].name, "열 1");
    EXPECT_TRUE(same_cells(data.columns, {rows.columns[5], rows.columns[1], rows.columns[5]}));
    EXPECT_EQ(code_of(project->read("t", {"열 9"})), "column_not_found");
    EXPECT_EQ(code_of(project->read("u")), "table_not_found");
    EXPECT_EQ(code_of(project->table("u")), "table_not_found");
    EXPECT_EQ(code_of(project->check_content("u")), "table_not_found");
}

TEST_F(StoreTest, WideTablesAreReadWhole) {
    for (const std::size_t columns : {1000U, 1001U, 5000U}) {
        const TableDefinition definition = sample_definition("t", columns);
        const RowChunk rows = sample_rows(definition, 45, columns);
        auto project = Project::create(path(std::to_string(columns)));
        ASSERT_TRUE(import_rows(*project, definition, rows)) << columns;
        EXPECT_TRUE(same_cells(project->read("t").value().columns, rows.columns)) << columns;
        EXPECT_TRUE(project->check_content("t")) << columns;
        EXPECT_TRUE(same_cells(project->read("t", {"열 999"}).value().columns, {rows.columns[999]}));
    }
}

TEST_F(StoreTest, RefusesImpossibleTables) {
    auto project = Project::create(path());
    const auto begin = [&](const TableDefinition& definition) {
        return code_of(project->begin_import().value()->begin(definition));
    };
    EXPECT_EQ(begin({"", {{"a", "", ColumnType::text, ""}}}), "table_name_empty");
    EXPECT_EQ(begin({"t", {}}), "table_without_columns");
    EXPECT_EQ(begin({"t", {{"a", "", ColumnType::text, ""}, {"a", "", ColumnType::real, ""}}}), "column_name_twice");
    EXPECT_EQ(begin(sample_definition("t", maximum_columns + 1)), "too_many_columns");
    EXPECT_TRUE(project->tables().value().empty());
}

TEST_F(StoreTest, ContentHashKnowsRowsNotTheirOrder) {
    const TableDefinition definition = sample_definition("t", 5);
    const RowChunk rows = sample_rows(definition, 500, 3);
    RowChunk reversed;
    reversed.rows = rows.rows;
    for (const ColumnChunk& column : rows.columns) {
        ColumnChunk cells(column.type());
        for (std::size_t row = rows.rows; row > 0; --row) {
            const std::size_t i = row - 1;
            if (!column.has_value(i))
                cells.append_absent(column.status(i));
            else if (column.type() == ColumnType::integer)
                cells.append_integer(column.integer(i));
            else if (column.type() == ColumnType::real)
                cells.append_real(column.real(i));
            else
                cells.append_text(column.text(i));
        }
        reversed.columns.push_back(std::move(cells));
    }
    auto project = Project::create(path());
    const auto hash_of = [&](const TableDefinition& shape, const RowChunk& content) {
        EXPECT_TRUE(import_rows(*project, shape, content));
        return project->table(shape.name).value().content_hash;
    };
    const std::string hash = hash_of(definition, rows);
    EXPECT_EQ(hash_of(definition, reversed), hash);
    TableDefinition other = definition;
    other.name = "another name";
    EXPECT_EQ(hash_of(other, rows), hash);
    other.columns[2].unit = "원";
    EXPECT_NE(hash_of(other, rows), hash);
    EXPECT_NE(hash_of(definition, sample_rows(definition, 499, 3)), hash);
    RowChunk changed = rows;  // one text moved from a cell to its neighbour row
    std::swap(changed.columns[0], changed.columns[3]);
    EXPECT_NE(hash_of(definition, changed), hash);
    EXPECT_EQ(hash_of(definition, rows), hash);
}

TEST_F(StoreTest, ReplacingKeepsTheOldTableUntilCommit) {
    const TableDefinition before = sample_definition("t", 4);
    const TableDefinition after = sample_definition("t", 9);
    const RowChunk old_rows = sample_rows(before, 100, 4);
    const RowChunk new_rows = sample_rows(after, 200, 5);
    auto project = Project::create(path());
    ASSERT_TRUE(import_rows(*project, before, old_rows));
    {
        auto import = project->begin_import().value();
        ASSERT_TRUE(import->begin(after));
        ASSERT_TRUE(import->append(new_rows));
        EXPECT_EQ(import->rows(), 200);
        EXPECT_TRUE(same_cells(project->read("t").value().columns, old_rows.columns));
        EXPECT_EQ(code_of(project->begin_import()), "import_in_progress");
        EXPECT_EQ(code_of(project->set_specification("{}")), "import_in_progress");
        EXPECT_EQ(code_of(project->drop_table("t")), "import_in_progress");
    }
    EXPECT_TRUE(same_cells(project->read("t").value().columns, old_rows.columns));
    EXPECT_TRUE(project->check_content("t"));
    ASSERT_TRUE(import_rows(*project, after, new_rows));
    EXPECT_TRUE(same_cells(project->read("t").value().columns, new_rows.columns));
    EXPECT_TRUE(project->check_content("t"));
    EXPECT_EQ(project->tables().value().size(), 1U);
}

TEST_F(StoreTest, EmptyTableAndManyTables) {
    auto project = Project::create(path());
    const TableDefinition empty = sample_definition("빈 표", 3);
    ASSERT_TRUE(import_rows(*project, empty, sample_rows(empty, 0, 1)));
    EXPECT_EQ(project->read("빈 표").value().rows, 0U);
    EXPECT_TRUE(project->check_content("빈 표"));
    for (const char* name : {"b", "a", "c"}) {
        const TableDefinition definition = sample_definition(name, 2);
        ASSERT_TRUE(import_rows(*project, definition, sample_rows(definition, 10, 1)));
    }
    std::vector<std::string> names;
    const std::vector<TableInfo> tables = project->tables().value();
    for (const TableInfo& info : tables) names.push_back(info.definition.name);
    EXPECT_THAT(names, ElementsAre("a", "b", "c", "빈 표"));
    ASSERT_TRUE(project->drop_table("b"));
    EXPECT_EQ(code_of(project->drop_table("b")), "table_not_found");
    EXPECT_EQ(project->tables().value().size(), 3U);
    EXPECT_TRUE(project->check_content("a"));
    EXPECT_TRUE(Project::open(path(), Project::Access::read_only));
}

TEST_F(StoreTest, SpecificationIsKept) {
    {
        auto project = Project::create(path());
        ASSERT_TRUE(project->set_specification(R"({"treatment":"도입"})"));
        ASSERT_TRUE(project->set_specification(R"({"treatment":"도입","seed":1})"));
    }
    EXPECT_EQ(Project::open(path())->specification().value(), R"({"treatment":"도입","seed":1})");
}

TEST_F(StoreTest, LongWorkCanBeCancelled) {
    auto project = Project::create(path());
    const TableDefinition definition = sample_definition("t", 3);
    ASSERT_TRUE(import_rows(*project, definition, sample_rows(definition, 10, 1)));
    CancellationToken token;
    token.cancel();
    EXPECT_EQ(code_of(project->read("t", {}, token)), "cancelled");
    EXPECT_EQ(code_of(project->check_content("t", token)), "cancelled");
    EXPECT_EQ(code_of(project->scan(
                  "t", {}, [](const RowChunk&) -> Status { return {}; }, token)),
              "cancelled");
    EXPECT_TRUE(project->check_content("t"));
}

TEST_F(StoreTest, AsksForDiskSpaceBeforeItStarts) {
    auto project = Project::create(path());
    const auto import = project->begin_import({"huge.csv", std::int64_t{1} << 60});
    ASSERT_EQ(code_of(import), "disk_space_short");
    EXPECT_GT(std::stoll(import.error().arguments.at("needed")), std::stoll(import.error().arguments.at("free")));
    EXPECT_TRUE(project->begin_import({"small.csv", 1000}));
}

}  // namespace
}  // namespace twinfirm::store
