// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/label_format.h"

#include <gtest/gtest.h>

#include <limits>

namespace twinfirm::charts {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

TEST(LabelFormat, MarksNegativesAfterTheLanguage) {
    EXPECT_EQ(number_label(-15.94, 1, Language::korean), "△15.9");
    EXPECT_EQ(number_label(-15.94, 1, Language::english), "−15.9");
    EXPECT_EQ(number_label(-0.04, 1, Language::korean), "0.0");
    EXPECT_EQ(number_label(6.25, 1, Language::korean, true), "+6.3");
    EXPECT_EQ(number_label(0, 1, Language::korean, true), "0.0");
    EXPECT_EQ(number_label(nothing, 1, Language::korean), "-");
}

TEST(LabelFormat, GroupsThousands) {
    EXPECT_EQ(number_label(1234567.85, 1, Language::korean), "1,234,567.9");
    EXPECT_EQ(number_label(-999.6, 0, Language::korean), "△1,000");
    EXPECT_EQ(count_label(999), "999");
    EXPECT_EQ(count_label(163273), "163,273");
    EXPECT_EQ(n_label(3947), "(n=3,947)");
}

TEST(LabelFormat, PutsTheUnitWhereTheLanguageHasIt) {
    EXPECT_EQ(value_label(119.7, "억원", 1, Language::korean), "119.7억원");
    EXPECT_EQ(value_label(119.7, "KRW 100m", 1, Language::english), "119.7 KRW 100m");
    EXPECT_EQ(value_label(42.9, "%p", 1, Language::english), "42.9%p");
    EXPECT_EQ(value_label(nothing, "%", 1, Language::korean), "-");
}

TEST(LabelFormat, WritesIntervalsAndPValues) {
    EXPECT_EQ(interval_label(-0.8, 9.6, 1, Language::korean), "△0.8~9.6");
    EXPECT_EQ(interval_label(3.1, 8.4, 1, Language::english), "3.1 to 8.4");
    EXPECT_EQ(interval_label(nothing, 8.4, 1, Language::english), "");
    EXPECT_EQ(p_label(0.0004), "< 0.001");
    EXPECT_EQ(p_label(0.0125), "0.013");
}

TEST(LabelFormat, BreaksLongNamesNearTheMiddle) {
    EXPECT_EQ(broken_label("Food products"), "Food products");
    EXPECT_EQ(broken_label("Fabricated metal products, except machinery and furniture"),
              "Fabricated metal products,\nexcept machinery and furniture");
    EXPECT_EQ(broken_label("금속 가공제품 제조업; 기계 및 가구 제외"), "금속 가공제품 제조업;\n기계 및 가구 제외");
    EXPECT_EQ(broken_label(std::string(60, 'x')), std::string(60, 'x'));
}

}  // namespace
}  // namespace twinfirm::charts
