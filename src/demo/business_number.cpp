// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/demo/business_number.h"

#include <array>

namespace twinfirm::demo {

std::string business_number(std::int64_t serial) {
    // The factor shares no divisor with the count, so that neighbours get unlike numbers and none comes twice.
    const std::int64_t number = 1000000 + serial % business_number_count * 6180341 % business_number_count;
    std::array<int, 9> digits{};
    std::int64_t rest = number;
    for (const int place : {8, 7, 6, 5, 2, 1, 0}) {
        digits[place] = static_cast<int>(rest % 10);
        rest /= 10;
    }
    constexpr std::array<int, 9> weights{1, 3, 7, 1, 3, 7, 1, 3, 5};
    int sum = digits[8] * 5 / 10;
    for (int place = 0; place < 9; ++place) sum += digits[place] * weights[place];
    std::string text;
    for (int place = 0; place < 9; ++place) {
        if (place == 3 || place == 5) text += '-';
        text += static_cast<char>('0' + digits[place]);
    }
    return text + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace twinfirm::demo
