// SPDX-License-Identifier: GPL-3.0-or-later
// docs/validation.md is what the program writes now. The last digits of numbers differ between compilers and libraries:
// lines and what became of them are compared, not the numbers.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "twinfirm/app/validate.h"

namespace twinfirm::app {
namespace {

/// The cells of the table's lines by family, case and quantity.
std::map<std::string, std::vector<std::string>> lines_of(std::istream& text) {
    std::map<std::string, std::vector<std::string>> lines;
    std::string family;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with("## ")) family = line.substr(3);
        if (!line.starts_with("| ") || line.starts_with("| case") || line.starts_with("| family")) continue;
        std::vector<std::string> cells;
        std::istringstream parts(line);
        for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
        if (cells.size() < 10) continue;  // the table of families
        lines[family + cells[1] + cells[2]] = cells;
    }
    return lines;
}

TEST(ValidationTable, OfTheDocumentationIsWhatTheProgramWrites) {
    constexpr std::size_t digits = 5;
    constexpr std::size_t required = 6;
    constexpr std::size_t numbers = 7;
    constexpr std::size_t pass = 8;
    constexpr std::size_t exception = 9;
    ValidationRequest request;
    request.reference = std::string(TWINFIRM_REFERENCE_DIR) + "/reference";
    const auto validation = run_validation(request);
    ASSERT_TRUE(validation);
    std::istringstream now(validation_markdown(*validation, Language::english));
    std::ifstream file(std::string(TWINFIRM_SOURCE_DIR) + "/docs/validation.md");
    const auto ours = lines_of(now);
    const auto documented = lines_of(file);
    EXPECT_GT(ours.size(), 1000U);
    EXPECT_EQ(ours.size(), documented.size());
    for (const auto& [key, cells] : documented) {
        const auto found = ours.find(key);
        ASSERT_NE(found, ours.end()) << key << " is no longer written";
        for (const std::size_t cell : {required, numbers, pass, exception}) {
            EXPECT_EQ(found->second[cell], cells[cell]) << key;
        }
        if (cells[required] == " = " || cells[required] == " ≤ ") continue;
        EXPECT_GE(std::stod(cells[digits]), std::stod(cells[required])) << key;
    }
}

}  // namespace
}  // namespace twinfirm::app
