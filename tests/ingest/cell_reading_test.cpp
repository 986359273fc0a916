// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/cell_reading.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>

#include "ingest_test_files.h"
#include "twinfirm/base/calendar.h"
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
    EXPECT_EQ(all("17-3-1"), "year_first=2017-03-01;");
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

TEST(CellReading, DayNumbersFollowTheCalendar) {
    CalendarDate expected{1954, 10, 3};  // 20000
    for (int serial = 20'000; serial <= 80'000; ++serial) {
        const auto reading = read_by_rule(std::to_string(serial), ConversionRule::day_number);
        ASSERT_TRUE(reading) << serial;
        ASSERT_EQ(reading->day, expected) << serial;
        ++expected.day;
        if (!is_valid_day(expected.year, expected.month, expected.day)) {
            expected.day = 1;
            if (++expected.month == 13) {
                expected.month = 1;
                ++expected.year;
            }
        }
    }
    for (const char* text : {"19999", "80001", "2000", "200000", "4279a", "-4279", "42795.5"}) {
        EXPECT_FALSE(read_by_rule(text, ConversionRule::day_number)) << text;
    }
}

TEST(CellReading, TwoDigitYearsTurnInSeventy) {
    const auto year = [](const char* text, ConversionRule rule) {
        const auto reading = read_by_rule(text, rule);
        return reading ? reading->number : -1;
    };
    EXPECT_EQ(year("69.12", ConversionRule::year_and_month), 2069);
    EXPECT_EQ(year("70.01", ConversionRule::year_and_month), 1970);
    EXPECT_EQ(year("99.10", ConversionRule::year_and_month), 1999);
    EXPECT_EQ(year("00.10", ConversionRule::year_and_month), 2000);
    for (const char* text : {"17.00", "17.13", "17-05", "117.5", "17.5", "17.005", "a7.05", "17.0b"}) {
        EXPECT_EQ(year(text, ConversionRule::year_and_month), -1) << text;
    }
    EXPECT_EQ(year("'69", ConversionRule::two_digit_year), 2069);
    EXPECT_EQ(year("'70", ConversionRule::two_digit_year), 1970);
    EXPECT_EQ(year("FY2017", ConversionRule::two_digit_year), -1);
    EXPECT_EQ(year("'17", ConversionRule::fiscal_year), -1);
    EXPECT_EQ(year("fy2017", ConversionRule::fiscal_year), 2017);
    EXPECT_EQ(year("2017", ConversionRule::two_digit_year), -1);
    EXPECT_EQ(year("FY17", ConversionRule::fiscal_year), -1);
}

TEST(CellReading, DaysInEachOrder) {
    const auto day = [](const char* text, ConversionRule rule) {
        const auto reading = read_by_rule(text, rule);
        return reading ? reading->text() : std::string("-");
    };
    const std::tuple<const char*, const char*, const char*, const char*> cases[] = {
        {"17.03.01", "2017-03-01", "2001-03-17", "-"},
        {"17-3-1", "2017-03-01", "-", "-"},
        {"170301", "2017-03-01", "2001-03-17", "-"},
        {"69/12/31", "2069-12-31", "-", "-"},
        {"70/12/31", "1970-12-31", "-", "-"},
        {"01/03/2017", "-", "2017-03-01", "2017-01-03"},
        {"1/3/2017", "-", "2017-03-01", "2017-01-03"},
        {"31.12.99", "-", "1999-12-31", "-"},
        {"12.31.99", "-", "-", "1999-12-31"},
        {"29.02.2017", "-", "-", "-"},
        {"29.02.2016", "-", "2016-02-29", "-"},
        {"17.03.01.", "2017-03-01", "2001-03-17", "-"},
        {"2017-03-01", "-", "-", "-"},
        {"17.03/01", "-", "-", "-"},
        {"17.03", "-", "-", "-"},
        {"17.03.", "-", "-", "-"},
        {"17. 03. 01", "2017-03-01", "2001-03-17", "-"},
        {"17.03.001", "-", "-", "-"},
        {"1.2.3", "-", "-", "-"},
        {"10.11.12", "2010-11-12", "2012-11-10", "2012-10-11"},
        {"a.b.c", "-", "-", "-"},
        {"017.03.01", "-", "-", "-"}};
    for (const auto& [text, year_first, day_first, month_first] : cases) {
        EXPECT_EQ(day(text, ConversionRule::year_first), year_first) << text;
        EXPECT_EQ(day(text, ConversionRule::day_first), day_first) << text;
        EXPECT_EQ(day(text, ConversionRule::month_first), month_first) << text;
    }
}

TEST(CellReading, GroupsOfThreeDigits) {
    const auto number = [](const char* text) {
        const auto reading = read_by_rule(text, ConversionRule::grouped_digits);
        return reading ? reading->number : -1;
    };
    EXPECT_EQ(number("1 234"), 1234);
    EXPECT_EQ(number("12_345_678"), 12345678);
    EXPECT_EQ(number("123'456"), 123456);
    EXPECT_EQ(number("123 456 789 012 345 678"), 123456789012345678);
    EXPECT_EQ(number(" 1 234 "), 1234);
    for (const char* text : {"1 23", "1 2345", "1234 567", "1 234'567", "1 234 56", "0 123", "1 2a4", "1  234", "'123",
                             "1234", "1 234 567 890 123 456 789"}) {
        EXPECT_EQ(number(text), -1) << text;
    }
}

TEST(CellReading, UnitsBehindNumbers) {
    const auto unit = [](const char* text) {
        const auto reading = read_by_rule(text, ConversionRule::unit_in_cell);
        if (!reading) return std::string("-");
        return reading->text() + (reading->kind == ProposedReading::Kind::won ? " won" : "");
    };
    EXPECT_EQ(unit("35명"), "35");
    EXPECT_EQ(unit("35 명"), "35");
    EXPECT_EQ(unit("1,234명"), "1234");
    EXPECT_EQ(unit("35.0명"), "35");
    EXPECT_EQ(unit("1,234백만원"), "1234000000 won");
    EXPECT_EQ(unit("3억원"), "300000000 won");
    for (const char* text : {"35.5명", "명", "35%", "35원명", "3억 5천만원", "12천", "2017년", "1e19명", "35%명"}) {
        EXPECT_EQ(unit(text), "-") << text;
    }
}

TEST(KoreanAmount, TellsWhatItIsMadeOf) {
    const auto made_of = [](const char* text) {
        const auto amount = parse_korean_amount(text);
        if (!amount) return std::string("-");
        return std::to_string(amount->value) + (amount->won ? " won" : "") + (amount->single ? " single" : "") +
               (amount->thousands_only ? " thousands" : "");
    };
    const std::pair<const char*, const char*> cases[] = {{"12천", "12000 single thousands"},
                                                         {"3백", "300 single thousands"},
                                                         {"2십", "20 single thousands"},
                                                         {"3천5백", "3500 thousands"},
                                                         {"3억", "300000000 single"},
                                                         {"3억원", "300000000 won single"},
                                                         {"3억 원 ", "300000000 won single"},
                                                         {"12천원", "12000 won single thousands"},
                                                         {"1,234백만원", "1234000000 won single"},
                                                         {"3억 5천만", "350000000"},
                                                         {"3천5백만", "35000000"},
                                                         {"1조 2억 3만 4원", "1000200030004 won"},
                                                         {"1조2천3백4십억", "1234000000000"},
                                                         {"-3억", "-300000000 single"},
                                                         {"− 3억", "-300000000 single"},
                                                         {"△1.5억", "-150000000 single"},
                                                         {"3억　5천만", "350000000"},
                                                         {"0.5만", "5000 single"},
                                                         {"1.2345만", "12345 single"},
                                                         {"9223372036854775807원", "-"},
                                                         {"922만", "9220000 single"},
                                                         {"9,223,372조", "9223372000000000000 single"},
                                                         {"9,223,373조", "-"},
                                                         {"1.23456만", "-"},
                                                         {"3억 2억", "-"},
                                                         {"3만 2억", "-"},
                                                         {"3백5천", "-"},
                                                         {"3천5천", "-"},
                                                         {"3십2백만", "-"},
                                                         {"5원", "-"},
                                                         {"원", "-"},
                                                         {"3억원5", "-"},
                                                         {"3억5원", "300000005 won"},
                                                         {"3 억", "300000000 single"},
                                                         {"3억 -5만", "-"},
                                                         {"- -3억", "-"},
                                                         {"백만", "-"},
                                                         {"만", "-"},
                                                         {"3천만 5백", "30000500"},
                                                         {"3억만", "-"}};
    for (const auto& [text, expected] : cases) EXPECT_EQ(made_of(text), expected) << text;
    EXPECT_EQ(made_of((std::string(53, ' ') + "3억").c_str()), "300000000 single");
    EXPECT_EQ(made_of((std::string(57, '0') + "3억").c_str()), "-");
}

}  // namespace

}  // namespace twinfirm::ingest
