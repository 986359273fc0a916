// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/term_label.h"

#include <gtest/gtest.h>

namespace twinfirm::design {

TEST(TermLabel, VariablesGetTheLabelsThatReadersKnow) {
    const Specification specification = preset("recommended").value();
    EXPECT_EQ(term_label(specification, "log(sales)", Language::korean), "매출액(로그)");
    EXPECT_EQ(term_label(specification, "sales_growth", Language::korean), "매출액 증가율");
    EXPECT_EQ(term_label(specification, "firm_age", Language::english), "Firm age");
    EXPECT_EQ(term_label(specification, "size", Language::korean), "기업규모");
    EXPECT_EQ(term_label(specification, "firm_age:exporter", Language::korean), "업력:수출 여부");
}

TEST(TermLabel, AnUnknownNameStaysAsItIs) {
    EXPECT_EQ(term_label({}, "I(x_1^2)", Language::korean), "I(x_1^2)");
    EXPECT_EQ(term_labels({}, {"a", "b"}, Language::english), "a, b");
}

}  // namespace twinfirm::design
