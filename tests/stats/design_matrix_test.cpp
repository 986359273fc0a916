// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/design_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Result<DesignMatrix> design_of(const Frame& frame, std::string_view formula) {
    return build_design_matrix(frame, parse_formula(formula).value().terms);
}

std::vector<double> column(const DesignMatrix& design, const std::string& term) {
    for (std::size_t i = 0; i < design.terms.size(); ++i) {
        if (design.terms[i] != term) continue;
        const auto values = design.x.col(static_cast<Eigen::Index>(i));
        return {values.begin(), values.end()};
    }
    return {};
}

Frame firms() {
    Frame frame;
    frame.add(Column::numbers("age", {1, 2, 3, 4}));
    frame.add(Column::categories("size", {"소기업", "중기업", "중견"}, {0, 1, 2, 1}));
    frame.add(Column::numbers("year", {2015, 2014, 2015, 2016}));
    frame.add(Column::from_texts("region", {"b", "a", "a", "b"}));
    return frame;
}

TEST(DesignMatrix, TreatmentCodingWithTheFirstLevelAsReference) {
    const auto design = design_of(firms(), "~ age + size + log(age) + I(age^3)");
    ASSERT_TRUE(design);
    EXPECT_THAT(design->terms, ElementsAre("(Intercept)", "age", "size중기업", "size중견", "log(age)", "I(age^3)"));
    EXPECT_THAT(column(*design, "(Intercept)"), ElementsAre(1, 1, 1, 1));
    EXPECT_THAT(column(*design, "size중기업"), ElementsAre(0, 1, 0, 1));
    EXPECT_THAT(column(*design, "I(age^3)"), ElementsAre(1, 8, 27, 64));
    EXPECT_THAT(column(*design, "log(age)"), ElementsAre(0, std::log(2.0), std::log(3.0), std::log(4.0)));
    EXPECT_EQ(design->columns[2].term, "size");
    EXPECT_EQ(design->columns[2].level, "중기업");
    EXPECT_EQ(design->columns[2].reference, "소기업");
    EXPECT_TRUE(design->columns[2].binary);
    EXPECT_FALSE(design->columns[1].binary);
    EXPECT_THAT(design->rows, ElementsAre(0, 1, 2, 3));
}

TEST(DesignMatrix, FactorOfANumberHasLevelsByRisingNumber) {
    const auto design = design_of(firms(), "~ factor(year)");
    EXPECT_THAT(design->terms, ElementsAre("(Intercept)", "factor(year)2015", "factor(year)2016"));
    EXPECT_THAT(column(*design, "factor(year)2015"), ElementsAre(1, 0, 1, 0));
}

TEST(DesignMatrix, InteractionsWithMainEffectsUseContrasts) {
    Frame frame;
    frame.add(Column::from_texts("s", {"a", "b", "a", "b", "c", "c"}));
    frame.add(Column::from_texts("r", {"x", "x", "y", "y", "x", "y"}));
    frame.add(Column::numbers("n", {1, 2, 3, 4, 5, 6}));
    const auto design = design_of(frame, "~ s*r + n:s");
    EXPECT_THAT(design->terms, ElementsAre("(Intercept)", "sb", "sc", "ry", "sb:ry", "sc:ry", "n:sa", "n:sb", "n:sc"));
    EXPECT_THAT(column(*design, "sc:ry"), ElementsAre(0, 0, 0, 0, 0, 1));
    EXPECT_THAT(column(*design, "n:sb"), ElementsAre(0, 2, 0, 4, 0, 0));
    const auto with_number = design_of(frame, "~ n*s");
    EXPECT_THAT(with_number->terms, ElementsAre("(Intercept)", "n", "sb", "sc", "n:sb", "n:sc"));
}

TEST(DesignMatrix, IncompleteRowsAreListedAndCounted) {
    Frame frame;
    frame.add(Column::numbers("sales", {10, 0, -5, nan, 20, std::numeric_limits<double>::infinity(), 30}));
    frame.add(Column::from_texts("region", {"a", "b", "b", "a", "", "a", "b"}));
    const auto design = design_of(frame, "~ log(sales) + region");
    ASSERT_TRUE(design);
    EXPECT_THAT(design->rows, ElementsAre(0, 6));
    EXPECT_THAT(design->incomplete, ElementsAre(1, 2, 3, 4, 5));
    ASSERT_EQ(design->messages.size(), 3);
    EXPECT_EQ(design->messages[0].code, "covariate_log_not_positive");
    EXPECT_EQ(design->messages[0].count, 2);
    EXPECT_EQ(design->messages[0].arguments.at("covariate"), "log(sales)");
    EXPECT_EQ(design->messages[1].code, "covariate_missing");
    EXPECT_EQ(design->messages[1].count, 2);
    EXPECT_EQ(design->messages[2].arguments.at("covariate"), "region");
    EXPECT_EQ(design->messages[2].count, 1);
}

TEST(DesignMatrix, ConstantColumnsAndUnusedLevelsAreLeftOutWithNotice) {
    Frame frame;
    frame.add(Column::numbers("exporter", {1, 1, 1}));
    frame.add(Column::categories("size", {"a", "b", "c"}, {1, 2, 1}));
    frame.add(Column::from_texts("region", {"x", "x", "x"}));
    frame.add(Column::numbers("age", {1, 2, 3}));
    const auto design = design_of(frame, "~ exporter + size + region + age + age:region");
    ASSERT_TRUE(design);
    EXPECT_THAT(design->terms, ElementsAre("(Intercept)", "sizec", "age"));
    EXPECT_EQ(design->columns[1].reference, "b");
    EXPECT_EQ(design->x.cols(), 3);
    std::vector<std::string> notices;
    for (const Message& message : design->messages)
        notices.push_back(message.code + " " + message.arguments.at("covariate"));
    EXPECT_THAT(notices, ElementsAre("covariate_level_unused size", "covariate_constant exporter",
                                     "covariate_constant region", "covariate_constant age:region"));
    EXPECT_EQ(design->messages[1].arguments.at("value"), "1");
    EXPECT_EQ(design->messages[2].arguments.at("value"), "x");
}

TEST(DesignMatrix, RefusesWhatCannotBeACovariate) {
    EXPECT_EQ(design_of(firms(), "~ sales").error().code, "covariate_unknown");
    EXPECT_EQ(design_of(firms(), "~ log(size)").error().code, "covariate_not_numeric");
    EXPECT_EQ(design_of(firms(), "~ I(size^2)").error().code, "covariate_not_numeric");
    Frame frame;
    std::vector<std::string> ids;
    for (int i = 0; i < 100; ++i) ids.push_back("F" + std::to_string(i / 2));
    frame.add(Column::from_texts("id", ids));
    frame.add(Column::numbers("empty", std::vector<double>(100, nan)));
    const auto refused = design_of(frame, "~ id");
    EXPECT_EQ(refused.error().code, "covariate_too_many_levels");
    EXPECT_EQ(refused.error().arguments.at("levels"), "50");
    EXPECT_EQ(refused.error().arguments.at("limit"), "20");
    EXPECT_EQ(design_of(frame, "~ empty").error().code, "no_complete_rows");
}

TEST(DesignMatrix, NoTermsGiveTheInterceptAlone) {
    const auto design = design_of(firms(), "y ~ 1");
    ASSERT_TRUE(design);
    EXPECT_THAT(design->terms, ElementsAre("(Intercept)"));
    EXPECT_THAT(design->incomplete, IsEmpty());
    EXPECT_EQ(design->x.rows(), 4);
}

}  // namespace
}  // namespace twinfirm::stats
