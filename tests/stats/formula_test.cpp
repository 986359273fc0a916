// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/formula.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(std::string_view formula) {
    const auto parsed = parse_formula(formula);
    std::vector<std::string> result;
    if (!parsed) return {"column " + std::to_string(parsed.error().column)};
    for (const Term& term : parsed->terms) result.push_back(term.text);
    return result;
}

TEST(Formula, ReadsEveryKindOfTerm) {
    const auto formula = parse_formula("treat ~ age + I(age^2) + log(sales) + factor(year) + 업종");
    ASSERT_TRUE(formula);
    EXPECT_EQ(formula->response, "treat");
    ASSERT_EQ(formula->terms.size(), 5);
    EXPECT_EQ(formula->terms[1].factors[0], (Factor{Factor::Kind::power, "age", 2}));
    EXPECT_EQ(formula->terms[2].factors[0], (Factor{Factor::Kind::log, "sales", 1}));
    EXPECT_EQ(formula->terms[3].factors[0], (Factor{Factor::Kind::factor, "year", 1}));
    EXPECT_EQ(formula->terms[4].text, "업종");
}

TEST(Formula, ExpandsCrossesByDegreeAsR) {
    EXPECT_THAT(texts("~ a*b + c"), ElementsAre("a", "b", "c", "a:b"));
    EXPECT_THAT(texts("~ a*b*c"), ElementsAre("a", "b", "c", "a:b", "a:c", "b:c", "a:b:c"));
    EXPECT_THAT(texts("~ a:b + b:a + a + a"), ElementsAre("a", "a:b"));
    EXPECT_THAT(texts("~ a:a"), ElementsAre("a"));
    EXPECT_THAT(texts("~ I(a^2)*log(b)"), ElementsAre("I(a^2)", "log(b)", "I(a^2):log(b)"));
}

TEST(Formula, BackquotesHoldAnyName) {
    const auto formula = parse_formula("`도입 여부` ~ `log1p(re74)` + log(`2019 매출`) + `a\\`b`");
    ASSERT_TRUE(formula);
    EXPECT_EQ(formula->response, "도입 여부");
    EXPECT_EQ(formula->terms[0].factors[0].column, "log1p(re74)");
    EXPECT_EQ(formula->terms[1].factors[0].column, "2019 매출");
    EXPECT_EQ(formula->terms[1].text, "log(`2019 매출`)");
    EXPECT_EQ(formula->terms[2].factors[0].column, "a`b");
}

TEST(Formula, NamesAreWrittenSoThatTheyAreReadBack) {
    for (const std::string name : {"age", "매출액", "매출 액", "2019", "a`b\\c", "x.y_1", "수출-액"}) {
        const auto formula = parse_formula("~ " + formula_name(name));
        ASSERT_TRUE(formula) << name;
        EXPECT_EQ(formula->terms.at(0).factors.at(0).column, name);
    }
    EXPECT_EQ(formula_name("매출액"), "매출액");
}

TEST(Formula, OneIsTheIntercept) {
    EXPECT_THAT(texts("y ~ 1"), ElementsAre());
    EXPECT_THAT(texts("y ~ 1 + a"), ElementsAre("a"));
}

TEST(Formula, NamesTheCharacterOfTheFault) {
    EXPECT_THAT(texts(""), ElementsAre("column 1"));
    EXPECT_THAT(texts("y"), ElementsAre("column 2"));
    EXPECT_THAT(texts("y ~ "), ElementsAre("column 5"));
    EXPECT_THAT(texts("처치 ~ 나이 + + b"), ElementsAre("column 11"));
    EXPECT_THAT(texts("y ~ a - b"), ElementsAre("column 7"));
    EXPECT_THAT(texts("y ~ exp(a)"), ElementsAre("column 5"));
    EXPECT_THAT(texts("y ~ I(a)"), ElementsAre("column 8"));
    EXPECT_THAT(texts("y ~ I(a^0)"), ElementsAre("column 9"));
    EXPECT_THAT(texts("y ~ log(a"), ElementsAre("column 10"));
    EXPECT_THAT(texts("y ~ `a"), ElementsAre("column 5"));
    EXPECT_THAT(texts("y ~ a*b*c*d*e*f*g"), ElementsAre("column 18"));
    const auto error = parse_formula("y ~ ").error();
    EXPECT_EQ(error.code, "formula_syntax");
    EXPECT_EQ(error.kind, ErrorKind::usage);
    EXPECT_EQ(error.arguments.at("column"), "5");
}

}  // namespace
}  // namespace twinfirm::stats
