// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/cell_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "twinfirm/base/number_text.h"

namespace twinfirm::ingest {

namespace {

ColumnPlan plan_of(ValueType type, const std::string& unit = {}, const std::vector<ConversionRule>& rules = {}) {
    ColumnPlan plan;
    plan.name = "c";
    plan.type = type;
    plan.unit = unit;
    plan.rules = rules;
    return plan;
}

/// What is stored for a cell and by which rules: "1234 thousands_separators", "NA missing_code", "value_too_large".
std::string reading(const ColumnPlan& plan, const std::string& cell) {
    const CellReader reader(plan);
    CellValue value;
    value.rest = "left from the cell before";
    value.is_iso = true;
    reader.read(cell, value);
    if (value.bad()) return std::string(cell_fault_name(value.fault));
    store::ColumnChunk chunk(stored_type(plan.type));
    append(value, chunk);
    std::string out;
    switch (chunk.status(0)) {
        case store::ValueStatus::missing:
            out = "NA";
            break;
        case store::ValueStatus::not_applicable:
            out = "n/a";
            break;
        case store::ValueStatus::suppressed:
            out = "X";
            break;
        case store::ValueStatus::value:
            if (chunk.type() == store::ColumnType::integer) out = std::to_string(chunk.integer(0));
            if (chunk.type() == store::ColumnType::real) out = shortest_text(chunk.real(0));
            if (chunk.type() == store::ColumnType::text) out = chunk.text(0);
    }
    if (!value.rest.empty()) out += " + " + value.rest;
    for (std::size_t rule = 0; rule < conversion_rules; ++rule) {
        if (!value.used(static_cast<ConversionRule>(rule))) continue;
        out += " " + std::string(conversion_rule_name(static_cast<ConversionRule>(rule)));
    }
    return out;
}

using Cases = std::vector<std::pair<std::string, std::string>>;

void expect(const ColumnPlan& plan, const Cases& cases) {
    for (const auto& [cell, stored] : cases) {
        EXPECT_EQ(reading(plan, cell), stored) << value_type_name(plan.type) << " ‘" << cell << "’";
    }
}

TEST(CellReader, Integers) {
    expect(plan_of(ValueType::integer), {{"0", "0"},
                                         {"7", "7"},
                                         {"42", "42"},
                                         {" 42 ", "42"},
                                         {"-42", "-42"},
                                         {"999999999999999999", "999999999999999999"},
                                         {"1000000000000000000", "1000000000000000000"},
                                         {"9223372036854775807", "9223372036854775807"},
                                         {"9223372036854775808", "unreadable_cell"},
                                         {"1e19", "value_too_large"},
                                         {"007", "unreadable_cell"},
                                         {"1:2", "unreadable_cell"},
                                         {"1/2", "unreadable_cell"},
                                         {"1,234", "1234 thousands_separators"},
                                         {"△5", "-5 triangle_minus"},
                                         {"(5)", "-5 parentheses_minus"},
                                         {"5-", "-5 trailing_minus"},
                                         {"−5", "-5 other_minus"},
                                         {"５", "5 full_width_digits"},
                                         {"5원", "5 won_sign"},
                                         {"5.0", "5"},
                                         {"5.5", "unreadable_cell"},
                                         {"5%", "unreadable_cell"},
                                         {"", "NA"},
                                         {"  ", "NA"},
                                         {"-", "NA missing_code"},
                                         {"해당없음", "n/a not_applicable_code"},
                                         {"비공개", "X suppressed_code"},
                                         {"X", "X suppressed_code"},
                                         {"많음", "unreadable_cell"}});
}

TEST(CellReader, Numbers) {
    expect(
        plan_of(ValueType::number),
        {{"3.5", "3.5"}, {"1e3", "1000"}, {"12", "12"}, {"3.5%", "unreadable_cell"}, {"1.234,5", "unreadable_cell"}});
    expect(plan_of(ValueType::percent), {{"3.5%", "3.5 percent_sign"}, {"3.5", "3.5"}, {"12", "12"}});
    ColumnPlan comma = plan_of(ValueType::number);
    comma.decimal_comma = true;
    expect(comma, {{"1.234,5", "1234.5 thousands_separators decimal_comma"},
                   {"0,75", "0.75 decimal_comma"},
                   {"12", "12"},
                   {"1.234", "1234 thousands_separators"}});
}

TEST(CellReader, MoneyIsWholeWon) {
    expect(plan_of(ValueType::money, "백만원"), {{"1", "1000000 scaled_to_won"},
                                                 {"1.5", "1500000 scaled_to_won"},
                                                 {"1,234", "1234000000 thousands_separators scaled_to_won"},
                                                 {"0.0000004", "0 scaled_to_won rounded_to_won"},
                                                 {"0.0000005", "1 scaled_to_won rounded_to_won"},
                                                 {"9223372036855", "value_too_large"},
                                                 {"3억", "unreadable_cell"}});
    expect(plan_of(ValueType::money, "원"), {{"1", "1"}, {"1.5", "2 rounded_to_won"}, {"-1.5", "-2 rounded_to_won"}});
    expect(plan_of(ValueType::money), {{"12", "12"}});
}

TEST(CellReader, RulesOfThePlanReadAmounts) {
    const std::vector<ConversionRule> rules = {ConversionRule::korean_amount, ConversionRule::unit_in_cell,
                                               ConversionRule::fiscal_year, ConversionRule::year_first};
    expect(plan_of(ValueType::money, "백만원", rules), {{"3억 5천만", "350000000 korean_amount"},
                                                        {"12천", "12000000000 korean_amount"},
                                                        {"1,234백만원", "1234000000 unit_in_cell"},
                                                        {"35명", "35 unit_in_cell"},
                                                        {"9999999999999천", "value_too_large"},
                                                        {"FY2017", "unreadable_cell"},
                                                        {"17.03.01", "unreadable_cell"},
                                                        {"12", "12000000 scaled_to_won"}});
    expect(plan_of(ValueType::money, "원", rules), {{"12천", "12000 korean_amount"}});
    expect(plan_of(ValueType::integer, "", rules),
           {{"35명", "35 unit_in_cell"}, {"3억", "300000000 korean_amount"}, {"3억원", "unreadable_cell"}});
    expect(plan_of(ValueType::number, "", rules), {{"35명", "35 unit_in_cell"}, {"FY2017", "unreadable_cell"}});
    expect(plan_of(ValueType::percent, "", rules), {{"35명", "unreadable_cell"}});
    expect(plan_of(ValueType::year, "", rules),
           {{"FY2017", "2017 fiscal_year"}, {"17.03.01", "2017 year_first"}, {"3억", "unreadable_cell"}});
    expect(plan_of(ValueType::date, "", rules),
           {{"17.03.01", "2017-03-01 year_first"}, {"FY2017", "unreadable_cell"}, {"3억", "unreadable_cell"}});
}

TEST(CellReader, YearsAndDays) {
    expect(plan_of(ValueType::year), {{"2017", "2017"},
                                      {"2017년", "2017 year_spelling"},
                                      {"2017.0", "2017 year_spelling"},
                                      {"2017-03-01", "2017 year_of_date"},
                                      {"2017-03", "2017 year_of_date"},
                                      {"'17", "unreadable_cell"},
                                      {"17.03.01", "unreadable_cell"},
                                      {"-", "NA missing_code"}});
    expect(plan_of(ValueType::date), {{"2017-03-01", "2017-03-01"},
                                      {"2017. 3. 1.", "2017-03-01 date_spelling"},
                                      {"20170301", "2017-03-01 date_spelling"},
                                      {"2017-03", "unreadable_cell"},
                                      {"2017", "unreadable_cell"},
                                      {"2017-02-29", "unreadable_cell"},
                                      {"-", "NA missing_code"}});
}

TEST(CellReader, Words) {
    expect(plan_of(ValueType::boolean), {{"Y", "1 boolean_word"},
                                         {"아니오", "0 boolean_word"},
                                         {"1", "1"},
                                         {"0", "0"},
                                         {"2", "unreadable_cell"},
                                         {"글쎄", "unreadable_cell"}});
    expect(plan_of(ValueType::level), {{"기초1", "1 level_word"}, {"3", "3"}, {"최고", "unreadable_cell"}});
    ColumnPlan labelled = plan_of(ValueType::boolean);
    labelled.labels = {{"O", 1}, {"X", 0}};
    expect(labelled, {{"O", "1 boolean_word"}, {"X", "0 boolean_word"}, {"해당없음", "n/a not_applicable_code"}});
    labelled = plan_of(ValueType::level);
    labelled.labels = {{"고도화", 4}, {"5", 4}};
    expect(labelled, {{"고도화", "4 level_word"}, {"5", "4 level_word"}});
}

TEST(CellReader, RegionsAndIndustries) {
    expect(
        plan_of(ValueType::region),
        {{"강원", "강원"}, {"강원도", "강원 region_name"}, {"26", "unreadable_cell"}, {"달나라", "unreadable_cell"}});
    expect(plan_of(ValueType::region, "", {ConversionRule::administrative_codes}),
           {{"26", "부산 administrative_codes"}, {"강원도", "강원 region_name"}, {"99", "unreadable_cell"}});
    expect(plan_of(ValueType::region, "", {ConversionRule::statistical_codes}), {{"26", "울산 statistical_codes"}});
    expect(plan_of(ValueType::ksic), {{"26410", "26410"},
                                      {"C26410", "26410 industry_code_spelling"},
                                      {"26410, 26421, 26429", "26410 + 26421, 26429 first_of_several"},
                                      {"전자", "unreadable_cell"}});
}

TEST(CellReader, Texts) {
    ColumnPlan text = plan_of(ValueType::text);
    expect(text, {{" 가나 ", " 가나 "}, {"", "NA"}, {"-", "-"}, {"'=1+1", "=1+1 formula_guard"}, {"X", "X"}});
    text.field = "firm_name";
    expect(text, {{" 가나 ", "가나 trimmed"}, {"가나", "가나"}, {"  ", "NA trimmed"}});
    text.missing = {"없음", "비공개", "999"};
    expect(text,
           {{"없음", "NA missing_code"}, {"비공개", "X suppressed_code"}, {"999", "NA missing_code"}, {"-", "-"}});
}

TEST(CellReader, DeclaredCodesComeBeforeValues) {
    ColumnPlan plan = plan_of(ValueType::integer);
    plan.missing = {"9", "999"};
    expect(plan, {{"9", "NA missing_code"}, {"999", "NA missing_code"}, {"99", "99"}, {"-", "NA missing_code"}});
}

}  // namespace

}  // namespace twinfirm::ingest
