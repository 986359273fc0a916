// SPDX-License-Identifier: GPL-3.0-or-later
// The last import of a table taken back, and projects of an older version.
#include <gmock/gmock.h>

#include "store/sample_tables.h"

namespace twinfirm::store {
namespace {

using testing::ElementsAre;

class UndoImport : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        auto project = Project::create(path());
        ASSERT_TRUE(project);
        project_.emplace(std::move(*project));
    }
    void import_version(std::uint64_t seed, std::size_t rows) {
        ASSERT_TRUE(import_rows(*project_, definition_, sample_rows(definition_, rows, seed)));
    }
    [[nodiscard]] bool holds(std::uint64_t seed, std::size_t rows) const {
        const auto data = project_->read("t");
        return data && same_cells(data->columns, sample_rows(definition_, rows, seed).columns) &&
               project_->check_content("t");
    }
    void reopen() {
        project_.reset();
        auto project = Project::open(path());
        ASSERT_TRUE(project) << code_of(project);
        project_.emplace(std::move(*project));
    }

    const TableDefinition definition_ = sample_definition("t", 5);
    std::optional<Project> project_;
};

TEST_F(UndoImport, WhatAnImportReplacedComesBack) {
    import_version(1, 300);
    import_version(2, 200);
    reopen();
    ASSERT_TRUE(holds(2, 200));
    EXPECT_EQ(project_->tables().value().size(), 1U);
    const auto restored = project_->undo_import("t");
    ASSERT_TRUE(restored) << code_of(restored);
    EXPECT_TRUE(*restored);
    EXPECT_TRUE(holds(1, 300));
    reopen();
    EXPECT_TRUE(holds(1, 300));
    EXPECT_EQ(project_->tables().value().size(), 1U);
}

TEST_F(UndoImport, OneImportIsRememberedAndAFirstOneLeavesNothing) {
    import_version(1, 100);
    import_version(2, 100);
    import_version(3, 100);
    EXPECT_TRUE(project_->undo_import("t").value());
    EXPECT_TRUE(holds(2, 100));
    EXPECT_FALSE(project_->undo_import("t").value());
    EXPECT_TRUE(project_->tables().value().empty());
    EXPECT_EQ(code_of(project_->undo_import("t")), "table_not_found");
    reopen();
    EXPECT_TRUE(project_->tables().value().empty());
}

TEST_F(UndoImport, ADroppedTableTakesItsFormerVersionAlong) {
    import_version(1, 100);
    import_version(2, 100);
    ASSERT_TRUE(project_->drop_table("t"));
    reopen();
    EXPECT_TRUE(project_->tables().value().empty());
    import_version(3, 100);
    EXPECT_FALSE(project_->undo_import("t").value());
}

class OlderProject : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        std::filesystem::copy_file(TWINFIRM_SOURCE_DIR "/tests/store/data/project_version_1.sqlite", path());
    }
};

TEST_F(OlderProject, IsUpgradedAfterABackup) {
    const std::string before = bytes_of(path());
    {
        const auto project = Project::open(path());
        ASSERT_TRUE(project) << code_of(project);
        ASSERT_EQ(project->notices().size(), 1U);
        EXPECT_EQ(project->notices()[0].code, "project_upgraded");
        EXPECT_TRUE(project->check_content("panel"));
        const auto info = project->table("panel");
        ASSERT_TRUE(info);
        EXPECT_EQ(info->rows, 2);
        EXPECT_EQ(info->import.file_name, "t.csv");
    }
    EXPECT_THAT(files(), ElementsAre("a.twinfirm", "a.twinfirm.version-1.bak"));
    EXPECT_EQ(bytes_of(path("a.twinfirm.version-1.bak")), before);
    const auto again = Project::open(path(), Project::Access::read_only);
    ASSERT_TRUE(again) << code_of(again);
    EXPECT_TRUE(again->notices().empty());
}

TEST_F(OlderProject, IsNotChangedByReadOnlyOpening) {
    const std::string before = bytes_of(path());
    EXPECT_EQ(code_of(Project::open(path(), Project::Access::read_only)), "project_needs_upgrade");
    EXPECT_EQ(bytes_of(path()), before);
    EXPECT_THAT(files(), ElementsAre("a.twinfirm"));
}

}  // namespace
}  // namespace twinfirm::store
