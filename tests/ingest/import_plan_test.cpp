// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/import_plan.h"

#include <gtest/gtest.h>

#include "ingest_test_files.h"

namespace twinfirm::ingest {
namespace {

ImportPlan some_plan() {
    ImportPlan plan;
    plan.encoding = TextEncoding::cp949;
    plan.delimiter = '\t';
    plan.quote = '\0';
    plan.preamble_lines = 3;
    plan.reject_totals = false;
    plan.answers = {{"header", "yes"}};
    plan.columns.push_back({"매출액\n(백만원)",
                            "매출액 (백만원)",
                            "sales",
                            ValueType::money,
                            "백만원",
                            {"-", "999"},
                            true,
                            false,
                            BadCell::missing,
                            {}});
    plan.columns.push_back(
        {"도입", "도입", "adopt", ValueType::boolean, "", {}, false, true, BadCell::reject_row, {{"O", 1}, {"X", 0}}});
    return plan;
}

TEST(ImportPlan, ReadsBackWhatItWrote) {
    const ImportPlan plan = some_plan();
    EXPECT_EQ(parse_import_plan(to_json_text(plan)).value(), plan);
    const FileOnDisk file("", "plan.json");
    ASSERT_TRUE(save_import_plan(plan, file.path()));
    EXPECT_EQ(load_import_plan(file.path()).value(), plan);
}

TEST(ImportPlan, NamesWhatIsWrong) {
    EXPECT_EQ(parse_import_plan("{").error().code, "plan_malformed");
    EXPECT_EQ(parse_import_plan("{}").error().code, "plan_malformed");
    std::string text = to_json_text(some_plan());
    text.replace(text.find("\"money\""), 7, "\"gold\"");
    const auto plan = parse_import_plan(text);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "plan_bad_value");
    EXPECT_EQ(plan.error().arguments.at("value"), "gold");
}

TEST(ValueType, NamesRoundTrip) {
    for (const char* name : {"text", "integer", "number", "money", "percent", "year", "date", "boolean", "level"}) {
        EXPECT_EQ(value_type_name(parse_value_type(name).value()), name);
    }
    EXPECT_EQ(parse_value_type("float"), std::nullopt);
}

}  // namespace
}  // namespace twinfirm::ingest
