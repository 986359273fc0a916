// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace twinfirm {

std::string shortest_text(double value) {
    if (std::isnan(value)) return {};
    std::array<char, 40> buffer{};
    const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end};
}

std::string integer_text(std::int64_t value) {
    return std::to_string(value);
}

std::string fixed_text(double value, int decimals) {
    if (std::isnan(value)) return {};
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    // Rounds the shortest decimal text, not the binary value: 2.675 is stored as 2.67499..., but a reader sees 2.675.
    std::array<char, 400> buffer{};
    const auto [end, status] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::fixed);
    std::string digits(buffer.data(), end);
    std::size_t point = digits.find('.');
    if (point == std::string::npos) {
        point = digits.size();
        digits += '.';
    }
    const std::size_t wanted = point + 1 + static_cast<std::size_t>(decimals);
    bool up = false;
    if (digits.size() > wanted) {
        up = digits[wanted] >= '5';
        digits.resize(wanted);
    }
    digits.resize(wanted, '0');
    for (std::size_t i = digits.size(); up && i-- > 0;) {
        if (digits[i] == '.') continue;
        up = digits[i] == '9';
        digits[i] = up ? '0' : static_cast<char>(digits[i] + 1);
    }
    if (up) digits.insert(digits.begin(), '1');
    if (decimals == 0) digits.pop_back();
    const bool zero = digits.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !zero ? "-" + digits : digits;
}

}  // namespace twinfirm
