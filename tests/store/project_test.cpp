// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/project.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <limits>

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

}  // namespace
}  // namespace twinfirm::store
