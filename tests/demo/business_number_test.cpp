// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/demo/business_number.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace twinfirm::demo {
namespace {

// The rule written anew, on the text as printed.
bool passes_check(const std::string& text) {
    std::string digits = text;
    std::erase(digits, '-');
    constexpr int weights[] = {1, 3, 7, 1, 3, 7, 1, 3, 5};
    int sum = (digits[8] - '0') * 5 / 10;
    for (int i = 0; i < 9; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * weights[i];
    return (sum + digits[9] - '0') % 10 == 0;
}

TEST(BusinessNumber, TheRuleOfTheTestHoldsForKnownNumbers) {
    for (const char* known : {"124-81-00998", "120-81-47521", "220-81-62517", "101-81-09147", "130-81-74011"}) {
        EXPECT_TRUE(passes_check(known)) << known;
    }
    EXPECT_FALSE(passes_check("123-45-67890"));
}

TEST(BusinessNumber, IsValidUniqueAndNobodys) {
    std::set<std::string> seen;
    for (std::int64_t serial = 0; serial < 20000; ++serial) {
        const std::string number = business_number(serial);
        ASSERT_EQ(number.size(), 12U);
        EXPECT_TRUE(passes_check(number)) << number;
        EXPECT_EQ(number.substr(3, 4), "-00-") << number;
        EXPECT_NE(number[0], '0') << number;
        EXPECT_TRUE(seen.insert(number).second) << number;
    }
    EXPECT_EQ(business_number(business_number_count - 1).size(), 12U);
}

}  // namespace
}  // namespace twinfirm::demo
