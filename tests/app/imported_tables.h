// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "twinfirm/app/import_file.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::app {

/// A project in a folder of its own, filled with tables written as CSV.
class ImportedTables : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("twinfirm-link-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        project_.emplace(create_project(folder_ / "p.twinfirm").value());
    }
    void TearDown() override {
        project_.reset();
        std::filesystem::remove_all(folder_);
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

    static std::int64_t count_of(const Messages& messages, const std::string& code) {
        const auto found = std::find_if(messages.begin(), messages.end(),
                                        [&](const Message& message) { return message.code == code; });
        return found == messages.end() ? 0 : found->count;
    }

    std::filesystem::path folder_;
    std::optional<store::Project> project_;
};

}  // namespace twinfirm::app
