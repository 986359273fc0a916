// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>

#include "demo/demo_tables.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::demo {
namespace {

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::istringstream text(read_whole_file(path).value());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

struct DirtyFiles : ::testing::Test {
    static void SetUpTestSuite() {
        DemoOptions options;
        options.firms = 3000;
        options.dirty = true;
        files = generate_demo(options, scratch_directory("dirty")).value();
    }
    static DemoFiles files;
};
DemoFiles DirtyFiles::files;

TEST_F(DirtyFiles, AreInCp949WithTitleAndUnitLines) {
    const std::vector<std::string> lines = lines_of(files.panel);
    ASSERT_GT(lines.size(), 5U);
    EXPECT_EQ(lines[1], "");
    EXPECT_EQ(lines[2], "\"(\xB4\xDC\xC0\xA7: \xB9\xE9\xB8\xB8\xBF\xF8, \xB8\xED)\"");  // (단위: 백만원, 명)
    EXPECT_EQ(lines[3].substr(0, 8), "\xB1\xE2\xBE\xF7ID,\xBF");                        // 기업ID,연
    EXPECT_EQ(lines.back().substr(0, 5), "\xC0\xDA\xB7\xE1:");                          // 자료:
}

TEST_F(DirtyFiles, HaveNegativesSeparatorsGapsAndRepeatedRows) {
    const std::vector<std::string> lines = lines_of(files.panel);
    std::int64_t triangles = 0;
    std::int64_t missing = 0;
    std::int64_t repeated = 0;
    std::int64_t rows = 0;
    for (std::size_t i = 4; i < lines.size(); ++i) {
        const std::vector<std::string> cells = split_line(lines[i]);
        if (cells.size() != 12) continue;
        ++rows;
        triangles += cells[5].substr(0, 2) == "\xA1\xE2";  // △
        missing += cells[2].empty() || cells[2] == "-";
        repeated += lines[i] == lines[i - 1];
    }
    EXPECT_EQ(rows, files.panel_rows + repeated);
    EXPECT_NEAR(static_cast<double>(missing) / static_cast<double>(rows), 0.04, 0.006);
    EXPECT_NEAR(static_cast<double>(repeated) / static_cast<double>(rows), 0.005, 0.002);
    EXPECT_GT(triangles, rows / 50);
}

TEST_F(DirtyFiles, OneBatchIsInThousandWon) {
    DemoOptions options;
    options.firms = 3000;
    const Study clean = generate_study(options, "clean");
    int thousands = 0;
    for (const std::string& line : lines_of(files.panel)) {
        const std::vector<std::string> cells = split_line(line);
        if (cells.size() != 12 || cells[0].size() != 8 || cells[2].empty() || cells[2] == "-") continue;
        std::string digits = cells[2];
        std::erase(digits, ',');
        const double written = std::strtod(digits.c_str(), nullptr);
        const double real = clean.value(cells[0], std::atoi(cells[1].c_str()), Study::sales).value();
        const bool in_batch = (std::atoi(cells[0].c_str() + 1) - 1) % 20 == 7;
        EXPECT_EQ(written, in_batch ? real * 1000 : real) << line;
        thousands += in_batch;
    }
    EXPECT_GT(thousands, 500);
}

}  // namespace
}  // namespace twinfirm::demo
