// SPDX-License-Identifier: GPL-3.0-or-later
// Automatic reading against the public collections of difficult CSV files and their clean readings.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ingest_test_files.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/ingest/csv_conversion.h"
#include "twinfirm/ingest/csv_reader.h"

namespace twinfirm::ingest {
namespace {

using Json = nlohmann::json;

const std::filesystem::path shared = TWINFIRM_REFERENCE_DIR;

Rows rows_of(const std::string& csv) {
    Rows rows;
    CsvReader reader(std::make_unique<TextInMemory>(csv), CsvDialect());
    Record record;
    for (;;) {
        const auto more = reader.next(record);
        EXPECT_TRUE(more);
        if (!more || !*more) return rows;
        if (!record.blank()) rows.emplace_back(record.fields.begin(), record.fields.end());
    }
}

Rows converted(const std::filesystem::path& path) {
    const FileOnDisk out("", "converted.csv");
    const auto done = convert_csv(path, out.path());
    EXPECT_TRUE(done) << path << ' ' << done.error().code;
    return rows_of(read_whole_file(out.path()).value());
}

/// Precision, recall and F1 of two bags of texts; all 1 where nothing is expected.
std::array<double, 3> agreement(std::vector<std::string> expected, std::vector<std::string> found) {
    if (expected.empty()) return {1, 1, 1};
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    std::vector<std::string> common;
    std::set_intersection(expected.begin(), expected.end(), found.begin(), found.end(), std::back_inserter(common));
    if (common.empty()) return {0, 0, 0};
    const auto hits = static_cast<double>(common.size());
    const double recall = hits / static_cast<double>(expected.size());
    const double precision = hits / static_cast<double>(found.size());
    return {precision, recall, 2 * recall * precision / (recall + precision)};
}

std::string joined(const std::vector<std::string>& row) {
    std::string text;
    for (const std::string& cell : row) text += cell;
    return text;
}

std::vector<std::string> joined_rows(const Rows& rows) {
    std::vector<std::string> texts;
    for (std::size_t i = 1; i < rows.size(); ++i) texts.push_back(joined(rows[i]));
    return texts;
}

std::vector<std::string> all_cells(const Rows& rows) {
    std::vector<std::string> cells;
    for (const auto& row : rows) cells.insert(cells.end(), row.begin(), row.end());
    return cells;
}

/// Ten measures: success, then precision, recall and F1 of the header, the records and the cells. Vitagliano, Hameed,
/// Jiang, Reisener, Wu and Naumann (2023), "Pollock: A Data Loading Benchmark", PVLDB 16(8), section 4.
double pollock_score(const Rows& expected, const Rows& found) {
    if (expected.empty()) return 10;
    double sum = 1;
    const std::vector<std::string> no_header;
    for (const auto& part :
         {agreement(expected[0], found.empty() ? no_header : found[0]),
          agreement(joined_rows(expected), joined_rows(found)), agreement(all_cells(expected), all_cells(found))}) {
        sum += part[0] + part[1] + part[2];
    }
    return sum;
}

TEST(Pollock, ScoresHighWithoutHints) {
    const Json weights = Json::parse(read_whole_file(shared / "tools/pollock_weights.json").value());
    double simple = 0;
    double weighted = 0;
    double weight_sum = 0;
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(shared / "corpus/pollock/csv")) {
        const std::string name = entry.path().filename().string();
        const Rows clean = rows_of(read_whole_file(shared / "corpus/pollock/clean" / name).value());
        const double score = pollock_score(clean, converted(entry.path()));
        EXPECT_GT(score, 9.4) << name;
        const double weight = weights.at(name);
        simple += score;
        weighted += weight * score;
        weight_sum += weight;
        ++files;
    }
    ASSERT_EQ(files, 44);
    RecordProperty("simple", std::to_string(simple / files));
    RecordProperty("weighted", std::to_string(weighted / weight_sum));
    std::cout << "Pollock: simple " << simple / files << ", weighted " << weighted / weight_sum << '\n';
    EXPECT_GE(simple / files, 9.97);
    EXPECT_GE(weighted / weight_sum, 9.99);
}

TEST(CsvSpectrum, ConvertsAllFiles) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(shared / "corpus/csv-spectrum")) {
        if (entry.path().extension() != ".csv") continue;
        ++files;
        const Rows rows = converted(entry.path());
        auto expected_path = entry.path();
        Json expected = Json::parse(read_whole_file(expected_path.replace_extension(".expected.json")).value());
        if (expected.is_object()) expected = Json::array({expected});
        ASSERT_EQ(rows.size(), expected.size() + 1) << entry.path();
        for (std::size_t row = 0; row < expected.size(); ++row) {
            for (std::size_t column = 0; column < rows[0].size(); ++column) {
                // The corpus expects another number than its file holds.
                if (rows[0][column] == "Contact Phone Number") continue;
                // The files were stored with LF, whatever line ends they speak of.
                std::string value = expected[row].at(rows[0][column]);
                std::erase(value, '\r');
                EXPECT_EQ(rows[row + 1][column], value) << entry.path();
            }
        }
    }
    EXPECT_EQ(files, 12);
}

TEST(PapaParse, AgreesInTheCasesWithoutConfiguration) {
    int cases = 0;
    int agreed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(shared / "corpus/papaparse")) {
        if (entry.path().extension() != ".csv") continue;
        auto expected_path = entry.path();
        const Json stated = Json::parse(read_whole_file(expected_path.replace_extension(".expected.json")).value());
        if (stated.contains("config") && !stated.at("config").empty()) continue;
        ++cases;
        Rows expected = stated.at("expected").at("data").get<Rows>();
        std::erase_if(expected, [](const auto& row) { return row.size() == 1 && row[0].empty(); });  // blank lines
        const bool same = converted(entry.path()) == expected;
        agreed += same;
        if (!same) std::cout << "Papa Parse, read otherwise: " << entry.path().filename() << '\n';
    }
    std::cout << "Papa Parse: " << agreed << " of " << cases << '\n';
    EXPECT_EQ(cases, 73);
    EXPECT_GE(agreed, 71);
}

}  // namespace
}  // namespace twinfirm::ingest
