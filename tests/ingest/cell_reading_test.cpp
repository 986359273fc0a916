// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/cell_reading.h"

#include <gtest/gtest.h>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/korean_amount.h"

namespace twinfirm::ingest {

namespace {

TEST(KoreanAmount, MultipliesUnitsOut) {
    const auto value = [](const char* text) {
        const auto amount = parse_korean_amount(text);
        return amount ? amount->value : -1;
    };
    EXPECT_EQ(value("3억"), 300'000'000);
    EXPECT_EQ(value("3억 5천만"), 350'000'000);
    EXPECT_EQ(value("3억5,000만"), 350'000'000);
    EXPECT_EQ(value("12억 3천만원"), 1'230'000'000);
    EXPECT_EQ(value("9,474억"), 947'400'000'000);
    EXPECT_EQ(value("1조 2,000억원"), 1'200'000'000'000);
    EXPECT_EQ(value("1,234백만원"), 1'234'000'000);
    EXPECT_EQ(value("1.5억"), 150'000'000);
    EXPECT_EQ(value("12천"), 12'000);
    EXPECT_EQ(value("3천5백만원"), 35'000'000);
    EXPECT_EQ(value("３억 ５천만"), 350'000'000);
    EXPECT_EQ(value("△3억"), -300'000'000);
    EXPECT_EQ(value("3억 5000원"), 300'005'000);
    for (const char* text : {"", "억", "천만원", "3억 5", "3만 2억", "약 3억", "3억 5천만 정도", "1234", "1,234원",
                             "3억억", "1.2345678901억", "10,000,000조", "3 5억", "1,23억", "3억-", "0.5", "--3억"}) {
        EXPECT_EQ(value(text), -1) << text;
    }
}

TEST(CellReading, ProposesWhatOnlyTheAnalystCanConfirm) {
    const auto all = [](const char* text) {
        std::string out;
        for (const ProposedReading& reading : proposed_readings(text)) {
            out += std::string(conversion_rule_name(reading.rule)) + "=" + reading.text() + ";";
        }
        return out;
    };
    EXPECT_EQ(all("'17"), "two_digit_year=2017;");
    EXPECT_EQ(all("17년"), "unit_in_cell=17;two_digit_year=2017;");
    EXPECT_EQ(all("98년"), "unit_in_cell=98;two_digit_year=1998;");
    EXPECT_EQ(all("FY2017"), "fiscal_year=2017;");
    EXPECT_EQ(all("17.05"), "year_and_month=2017;");
    EXPECT_EQ(all("17.13"), "");
    EXPECT_EQ(all("42795"), "day_number=2017-03-01;");
    EXPECT_EQ(all("36526"), "day_number=2000-01-01;");
    EXPECT_EQ(all("17.03.01"), "year_first=2017-03-01;day_first=2001-03-17;");
    EXPECT_EQ(all("01/03/2017"), "day_first=2017-03-01;month_first=2017-01-03;");
    EXPECT_EQ(all("3/1/2017"), "day_first=2017-01-03;month_first=2017-03-01;");
    EXPECT_EQ(all("35명"), "unit_in_cell=35;");
    EXPECT_EQ(all("1,234백만원"), "unit_in_cell=1234000000;");
    EXPECT_EQ(all("1'234'567"), "grouped_digits=1234567;");
    for (const char* text : {"1 23", "01 234", "가나", "2017", "2017년", "3.5%", "1,234원", "50~99", "32.13.41"}) {
        EXPECT_EQ(all(text), "") << text;
    }
    EXPECT_EQ(plain_year("2017년"), 2017);
    EXPECT_EQ(plain_year("２０１７"), 2017);
    EXPECT_EQ(plain_year("2017.0"), 2017);
    EXPECT_FALSE(plain_year("'17"));
    EXPECT_FALSE(plain_year("FY2017"));
}

Inspection inspected(const std::string& text, const std::map<std::string, std::string>& answers = {}) {
    const FileOnDisk file(text);
    return inspect_file(file.path(), answers).value();
}

TEST(CellReading, ConfirmedRuleConvertsAndIsCounted) {
    const std::string text = "기업명,매출액\n가,3억 5천만\n나,\"1,234백만원\"\n다,350000000\n라,X\n";
    const Inspection before = inspected(text);
    EXPECT_EQ(before.plan.columns[1].type, ValueType::text);
    ASSERT_EQ(before.offers.size(), 2U);
    EXPECT_EQ(before.offers[0].id, "convert:2:korean_amount");
    EXPECT_EQ(before.offers[0].arguments.at("value"), "350000000");

    const FileOnDisk file(text);
    const auto after =
        inspect_file(file.path(), {{"convert:2:korean_amount", "yes"}, {"convert:2:unit_in_cell", "yes"}});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->plan.columns[1].type, ValueType::money);
    EXPECT_TRUE(after->offers.empty());
    EXPECT_EQ(parse_import_plan(to_json_text(after->plan)).value(), after->plan);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), after->plan, "t", sink);
    ASSERT_TRUE(audit);
    EXPECT_EQ(sink.rows, (Rows{{"가", "350000000"}, {"나", "1234000000"}, {"다", "350000000"}, {"라", "X"}}));
    EXPECT_EQ(audit->conversions,
              (std::vector<ConversionCount>{
                  {"suppressed_code", "매출액", 1}, {"korean_amount", "매출액", 1}, {"unit_in_cell", "매출액", 1}}));
}

TEST(CellReading, YearsAndDatesByRule) {
    const std::string text = "id,연도\na,'17\nb,FY2018\nc,2019\nd,2020년\n";
    EXPECT_EQ(inspected(text).plan.columns[1].type, ValueType::text);
    const FileOnDisk file(text);
    const auto years =
        inspect_file(file.path(), {{"convert:2:two_digit_year", "yes"}, {"convert:2:fiscal_year", "yes"}});
    ASSERT_TRUE(years);
    EXPECT_EQ(years->plan.columns[1].type, ValueType::year);
    TableInMemory sink;
    ASSERT_TRUE(import_csv(file.path(), years->plan, "t", sink));
    EXPECT_EQ(sink.rows, (Rows{{"a", "2017"}, {"b", "2018"}, {"c", "2019"}, {"d", "2020"}}));

    const FileOnDisk dates("id,도입일\na,01/03/2017\nb,42795\nc,2017-03-01\n", "dates.csv");
    const auto read = inspect_file(dates.path(), {{"convert:2:day_first", "yes"}, {"convert:2:day_number", "yes"}});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->plan.columns[1].type, ValueType::date);
    TableInMemory days;
    ASSERT_TRUE(import_csv(dates.path(), read->plan, "t", days));
    EXPECT_EQ(days.rows, (Rows{{"a", "2017-03-01"}, {"b", "2017-03-01"}, {"c", "2017-03-01"}}));
}

TEST(CellReading, AmountsBeyondTheStoreAreListed) {
    const FileOnDisk file("기업명,매출액(억원)\n가,1\n나,999999999999\n");
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    EXPECT_EQ(inspection->plan.columns[1].type, ValueType::money);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), inspection->plan, "t", sink);
    ASSERT_TRUE(audit);
    EXPECT_EQ(sink.rows, (Rows{{"가", "100000000"}}));
    ASSERT_EQ(audit->rejected.size(), 1U);
    EXPECT_EQ(audit->rejected[0].reason, "value_too_large");
}

}  // namespace

}  // namespace twinfirm::ingest
