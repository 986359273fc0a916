// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/random.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

class StoreTest : public TestFolder {
  protected:
    [[nodiscard]] std::filesystem::path path(const std::string& name = "a.twinfirm") const { return folder_ / name; }
    /// What stands in the folder, sorted.
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }
};

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? std::string() : result.error().code;
}

inline std::string bytes_of(const std::filesystem::path& path) {
    return read_whole_file(path).value();
}

/// Text, integer and real columns in turn, with every status a cell can have; the same for the same seed.
inline TableDefinition sample_definition(const std::string& name, std::size_t columns) {
    TableDefinition definition{name, {}};
    for (std::size_t i = 0; i < columns; ++i) {
        const auto type = static_cast<ColumnType>(i % 3);
        definition.columns.push_back(
            {"열 " + std::to_string(i), i == 0 ? "firm_id" : "", type, type == ColumnType::real ? "백만원" : ""});
    }
    return definition;
}

inline RowChunk sample_rows(const TableDefinition& definition, std::size_t rows, std::uint64_t seed) {
    Random random(seed);
    RowChunk chunk;
    chunk.rows = rows;
    for (const ColumnDefinition& column : definition.columns) {
        ColumnChunk cells(column.type);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint64_t draw = random.below(100);
            if (draw < 10) {
                cells.append_absent(ValueStatus::missing);
            } else if (draw < 12) {
                cells.append_absent(ValueStatus::not_applicable);
            } else if (draw < 13) {
                cells.append_absent(ValueStatus::suppressed);
            } else if (column.type == ColumnType::integer) {
                cells.append_integer(static_cast<std::int64_t>(random.next()) >> random.below(60));
            } else if (column.type == ColumnType::real) {
                cells.append_real(random.below(4) == 0 ? std::floor(random.normal() * 10) : random.normal() * 1e6);
            } else {
                cells.append_text(random.below(20) == 0 ? "" : "기업 " + std::to_string(random.below(100000)));
            }
        }
        chunk.columns.push_back(std::move(cells));
    }
    return chunk;
}

inline Status import_rows(Project& project, const TableDefinition& definition, const RowChunk& chunk,
                          const ImportRecord& record = {"기업.csv", 1234, "ab12", "{}", "{\"rows\":1}",
                                                        "2026-01-02T03:04:05Z"}) {
    auto import = project.begin_import({record.file_name, 0});
    if (!import) return tl::unexpected<Error>(import.error());
    TWINFIRM_TRY((*import)->begin(definition));
    TWINFIRM_TRY((*import)->append(chunk));
    return (*import)->commit(record);
}

/// Bit for bit the same cells.
inline bool same_cells(const std::vector<ColumnChunk>& a, const std::vector<ColumnChunk>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].type() != b[i].type() || a[i].size() != b[i].size()) return false;
        for (std::size_t row = 0; row < a[i].size(); ++row) {
            if (a[i].status(row) != b[i].status(row)) return false;
            if (!a[i].has_value(row)) continue;
            if (a[i].type() == ColumnType::integer && a[i].integer(row) != b[i].integer(row)) return false;
            if (a[i].type() == ColumnType::real && !(a[i].real(row) == b[i].real(row))) return false;
            if (a[i].type() == ColumnType::text && a[i].text(row) != b[i].text(row)) return false;
        }
    }
    return true;
}

}  // namespace twinfirm::store
