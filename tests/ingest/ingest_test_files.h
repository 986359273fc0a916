// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// A file in the test's own folder, removed at the end.
class FileOnDisk {
  public:
    explicit FileOnDisk(const std::string& bytes, const std::string& name = "table.csv") {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("twinfirm-") + test->test_suite_name() + "-" + test->name());
        std::filesystem::create_directories(folder_);
        path_ = folder_ / name;
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    FileOnDisk(const FileOnDisk&) = delete;
    FileOnDisk& operator=(const FileOnDisk&) = delete;
    ~FileOnDisk() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
        std::filesystem::remove(folder_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

/// Keeps all rows in memory, each cell as text: "NA", "N/A" and "X" for the kinds of missing.
class TableInMemory : public store::RowSink {
  public:
    Status begin(const store::TableDefinition& table) override {
        definition = table;
        return {};
    }
    Status append(const store::RowChunk& chunk) override {
        for (std::size_t row = 0; row < chunk.rows; ++row) {
            std::vector<std::string> cells;
            for (const store::ColumnChunk& column : chunk.columns) cells.push_back(cell_text(column, row));
            rows.push_back(std::move(cells));
        }
        return {};
    }

    store::TableDefinition definition;
    std::vector<std::vector<std::string>> rows;

  private:
    static std::string cell_text(const store::ColumnChunk& column, std::size_t row) {
        if (column.status(row) == store::ValueStatus::missing) return "NA";
        if (column.status(row) == store::ValueStatus::not_applicable) return "N/A";
        if (column.status(row) == store::ValueStatus::suppressed) return "X";
        if (column.type() == store::ColumnType::integer) return std::to_string(column.integer(row));
        if (column.type() == store::ColumnType::text) return std::string(column.text(row));
        return ::testing::PrintToString(column.real(row));
    }
};

using Rows = std::vector<std::vector<std::string>>;

}  // namespace twinfirm::ingest
