// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "base/message_search.h"
#include "base/test_folder.h"
#include "twinfirm/app/import_file.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::app {

/// A project in a folder of its own, filled with tables written as CSV.
class ImportedTables : public TestFolder {
  protected:
    void SetUp() override {
        TestFolder::SetUp();
        project_.emplace(create_project(folder_ / "p.twinfirm").value());
    }
    void TearDown() override {
        project_.reset();
        TestFolder::TearDown();
    }

    /// @param protection  by name of a column, instead of what the inspection proposes
    void import(const std::string& table, const std::string& text,
                const std::map<std::string, ingest::Protection>& protection = {}, const std::string& key = "key") {
        const std::filesystem::path file = folder_ / (table + ".csv");
        ASSERT_TRUE(write_file_atomically(file, text));
        auto inspection = ingest::inspect_file(file);
        ASSERT_TRUE(inspection) << inspection.error().code;
        ASSERT_TRUE(inspection->open_questions().empty()) << inspection->open_questions().front().code;
        for (ingest::ColumnPlan& column : inspection->plan.columns) {
            const auto chosen = protection.find(column.name);
            if (chosen != protection.end()) column.protection = chosen->second;
        }
        const auto imported = import_file(*project_, file, table, inspection->plan, {}, {}, {}, folder_ / key);
        ASSERT_TRUE(imported) << imported.error().code;
        EXPECT_EQ(imported->audit.rows_rejected, 0);
    }

    std::optional<store::Project> project_;
};

}  // namespace twinfirm::app
