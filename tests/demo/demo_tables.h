// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "twinfirm/demo/generator.h"

namespace twinfirm::demo {

/// A clean file of the generator, as text.
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;

    [[nodiscard]] std::size_t column(const std::string& name) const {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (header[i] == name) return i;
        }
        ADD_FAILURE() << "no column " << name;
        return 0;
    }
};

inline std::vector<std::string> split_line(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

inline Table read_table(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    EXPECT_TRUE(static_cast<bool>(std::getline(file, line))) << path;
    EXPECT_EQ(line.substr(0, 3), "\xEF\xBB\xBF");
    Table table;
    table.header = split_line(line.substr(3));
    while (std::getline(file, line)) {
        table.rows.push_back(split_line(line));
        EXPECT_EQ(table.rows.back().size(), table.header.size());
    }
    return table;
}

struct Adopter {
    int year = 0;
    int level = 0;
};

/// The files of one run, joined.
struct Study {
    DemoFiles files;
    Table firms;
    Table survey;
    Table truth;
    std::map<std::string, Adopter> adopters;
    std::map<std::string, std::vector<double>> panel;  ///< "F0000001 2014" -> sales, exports, employment, ..., injured

    /// Place in a panel row.
    enum Variable { sales, exports, employment, profit, assets, rnd, injured };

    [[nodiscard]] std::optional<double> value(const std::string& firm, int year, Variable variable) const {
        const auto row = panel.find(firm + " " + std::to_string(year));
        if (row == panel.end()) return std::nullopt;
        return row->second[variable];
    }
};

/// A folder of this process's own (ctest runs every test in one, several at a time), gone when the process ends.
class ScratchFolder {
  public:
    ScratchFolder()
        : path_(std::filesystem::path(::testing::TempDir()) / ("twinfirm_demo_" + std::to_string(::getpid()))) {}
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline std::filesystem::path scratch_directory(const std::string& name) {
    static const ScratchFolder folder;
    return folder.path() / name;
}

inline Study generate_study(const DemoOptions& options, const std::string& name) {
    Study study;
    const Result<DemoFiles> files = generate_demo(options, scratch_directory(name));
    EXPECT_TRUE(files) << files.error().code;
    if (!files) return study;
    study.files = *files;
    study.firms = read_table(files->firms);
    study.survey = read_table(files->survey);
    study.truth = read_table(files->truth);
    const std::size_t year = study.firms.column("도입연도");
    const std::size_t level = study.firms.column("구축수준");
    for (const auto& row : study.firms.rows) {
        if (!row[year].empty()) study.adopters[row[0]] = {std::atoi(row[year].c_str()), std::atoi(row[level].c_str())};
    }
    for (const auto& row : read_table(files->panel).rows) {
        std::vector<double>& values = study.panel[row[0] + " " + row[1]];
        for (std::size_t i = 2; i < row.size(); ++i) values.push_back(std::strtod(row[i].c_str(), nullptr));
    }
    return study;
}

}  // namespace twinfirm::demo
