// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/p_value_text.h"

#include <gtest/gtest.h>

namespace twinfirm {

TEST(PValueText, SmallOnesAreNotZero) {
    EXPECT_EQ(p_value_text(0.0314), "= 0.031");
    EXPECT_EQ(p_value_text(0.00099), "< 0.001");
    EXPECT_EQ(p_value_text(0), "< 0.001");
}

}  // namespace twinfirm
