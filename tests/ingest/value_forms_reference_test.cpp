// SPDX-License-Identifier: GPL-3.0-or-later
// Every entry of hard/csv/number_forms.expected.json and date_forms.expected.json.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ingest_test_files.h"
#include "twinfirm/base/calendar.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/cell_reader.h"
#include "twinfirm/ingest/cell_reading.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

namespace {

const std::filesystem::path folder = std::filesystem::path(TWINFIRM_REFERENCE_DIR) / "hard" / "csv";

nlohmann::json expected(const std::string& name) {
    std::ifstream in(folder / name);
    return nlohmann::json::parse(in);
}

CellValue read(const std::string& text, ValueType type) {
    ColumnPlan plan;
    plan.type = type;
    const CellReader reader(plan);
    CellValue value;
    reader.read(text, value);
    return value;
}

TEST(ValueForms, NumbersAgreeWithTheReference) {
    int agreed = 0;
    const auto entries = expected("number_forms.expected.json");
    for (const auto& entry : entries) {
        const std::string text = entry.at("text");
        const std::string kind = entry.at("kind");
        SCOPED_TRACE(text);
        const bool percent = text.ends_with('%');
        const CellValue value = read(text, percent ? ValueType::percent : ValueType::number);
        bool agrees = false;
        if (kind == "missing") {
            agrees = !value.bad() && value.status != store::ValueStatus::value;
        } else if (kind == "number" && entry.at("value").is_string()) {
            const CellValue whole = read(text, ValueType::integer);
            agrees = !whole.bad() && whole.integer == 9007199254740993;
        } else if (kind == "number") {
            // A percentage is stored in percent points, with the unit %.
            const double is = percent ? value.real / 100 : value.real;
            agrees = !value.bad() && value.status == store::ValueStatus::value && is == entry.at("value").get<double>();
        } else {
            agrees = value.bad();
        }
        EXPECT_TRUE(agrees);
        agreed += agrees ? 1 : 0;
    }
    EXPECT_EQ(agreed, 58);
    EXPECT_EQ(entries.size(), 58U);
}

/// What a cell of a date column is, in the words of the reference.
std::string describe(const std::string& text) {
    if (missing_status(text)) return "missing";
    const DateText date = parse_date(text);
    const auto readings = proposed_readings(text);
    std::vector<std::string> days;
    for (const ProposedReading& reading : readings) {
        if (reading.kind == ProposedReading::Kind::day) days.push_back(reading.text());
    }
    switch (date.form) {
        case DateForm::day:
            return iso_text(date.date);
        case DateForm::month:
            return iso_text(date.date) + " (month)";
        case DateForm::year:
            return iso_text(date.date) + " (year)";
        case DateForm::ambiguous:
            if (days.size() == 1) return "ask (Excel serial of " + days[0] + " in the 1900 system)";
            return text.size() == 8 && text[2] == '.' ? "ask (" + days.at(0) + " or " + days.at(1) + ")" : "ask";
        case DateForm::invalid:
            return "invalid";
        case DateForm::none:
            break;
    }
    return "text: listed";
}

TEST(ValueForms, DatesAgreeWithTheReference) {
    const auto entries = expected("date_forms.expected.json");
    for (const auto& entry : entries) {
        const std::string text = entry.at("text");
        EXPECT_EQ(describe(text), entry.at("value").get<std::string>()) << text;
        const CellValue value = read(text, ValueType::date);
        const std::string wanted = entry.at("value");
        const bool day = wanted.size() == 10;
        EXPECT_EQ(value.bad(), !day && wanted != "missing") << text;
        if (day) {
            EXPECT_EQ(std::string(value.iso.data(), value.iso.size()), wanted);
        }
    }
    EXPECT_EQ(entries.size(), 24U);
}

TEST(ValueForms, OddNumbersAreListedWithProposals) {
    const auto inspection = inspect_file(folder / "number_forms.csv");
    ASSERT_TRUE(inspection);
    EXPECT_EQ(inspection->plan.columns[1].type, ValueType::text);
    std::map<std::string, std::string> proposals;
    for (const Offender& cell : inspection->columns[1].odd_cells) {
        std::string readings;
        for (const ProposedReading& reading : proposed_readings(cell.text)) {
            readings += std::string(conversion_rule_name(reading.rule)) + "=" + reading.text() + ";";
        }
        proposals[cell.text] = readings;
    }
    for (const auto& entry : expected("number_forms.expected.json")) {
        if (entry.at("kind") == "number" || entry.at("kind") == "missing") continue;
        EXPECT_TRUE(proposals.contains(entry.at("text"))) << entry.at("text");
    }
    EXPECT_EQ(proposals.at("3억 5천만"), "korean_amount=350000000;");
    EXPECT_EQ(proposals.at("3억"), "korean_amount=300000000;");
    EXPECT_EQ(proposals.at("12천"), "korean_amount=12000;");
    EXPECT_EQ(proposals.at("1,234백만원"), "unit_in_cell=1234000000;");
    EXPECT_EQ(proposals.at("1 234"), "grouped_digits=1234;");
    EXPECT_EQ(proposals.at("약 100"), "");
    EXPECT_TRUE(inspection->questions.empty());
    EXPECT_EQ(inspection->offers.size(), 3U);
}

TEST(ValueForms, WholeFileIsStoredOrListed) {
    for (const char* name : {"number_forms.csv", "date_forms.csv"}) {
        const auto inspection = inspect_file(folder / name);
        ASSERT_TRUE(inspection) << name;
        for (const ValueType type : {inspection->plan.columns[1].type, ValueType::number, ValueType::date}) {
            ImportPlan plan = inspection->plan;
            plan.columns[1].type = type;
            TableInMemory sink;
            const auto audit = import_csv(folder / name, plan, "t", sink);
            ASSERT_TRUE(audit) << name;
            EXPECT_EQ(audit->rows_read, audit->rows_stored + audit->rows_rejected);
            EXPECT_EQ(audit->rows_read, inspection->rows);
        }
    }
}

}  // namespace

}  // namespace twinfirm::ingest
