// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/label_format.h"

#include <cmath>

#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::charts {
namespace {

/// Commas between the thousands of a plain decimal text without a sign.
std::string grouped(std::string digits) {
    std::size_t end = digits.find('.');
    if (end == std::string::npos) end = digits.size();
    for (std::size_t at = end; at > 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

}  // namespace

std::string number_label(double value, int decimals, Language language, bool with_plus) {
    if (std::isnan(value)) return "-";
    std::string digits = fixed_text(value, decimals);
    const bool negative = digits.starts_with('-');
    if (negative) digits.erase(0, 1);
    const bool zero = digits.find_first_not_of("0.") == std::string::npos;
    std::string sign;
    if (negative) {
        sign = language == Language::korean ? "△" : "−";
    } else if (with_plus && !zero) {
        sign = "+";
    }
    return sign + grouped(std::move(digits));
}

std::string value_label(double value, std::string_view unit, int decimals, Language language, bool with_plus) {
    std::string text = number_label(value, decimals, language, with_plus);
    if (std::isnan(value) || unit.empty()) return text;
    if (language == Language::english && !unit.starts_with('%')) text += ' ';
    text += unit;
    return text;
}

std::string count_label(std::int64_t count) {
    if (count == evaluation::hidden_count) return "X";
    const std::string digits = integer_text(count);
    return count < 0 ? "-" + grouped(digits.substr(1)) : grouped(digits);
}

std::string n_label(std::int64_t count) {
    return "(n=" + count_label(count) + ")";
}

std::string interval_label(double low, double high, int decimals, Language language) {
    if (std::isnan(low) || std::isnan(high)) return {};
    return number_label(low, decimals, language) + (language == Language::korean ? "~" : " to ") +
           number_label(high, decimals, language);
}

std::string broken_label(const std::string& name) {
    // Letters beyond ASCII are about twice as wide, Hangul above all; three bytes each in UTF-8.
    const auto width = [](std::string_view text) {
        std::size_t columns = 0;
        for (const char byte : text) {
            const auto code = static_cast<unsigned char>(byte);
            columns += code < 0x80 ? 1U : code >= 0xC0 ? 2U : 0U;
        }
        return columns;
    };
    constexpr std::size_t longest = 34;
    const std::size_t whole = width(name);
    if (whole <= longest) return name;
    std::size_t best = std::string::npos;
    std::size_t least = whole;
    for (std::size_t at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
        const std::size_t left = width(std::string_view(name).substr(0, at));
        const std::size_t longer = left > whole - left ? left : whole - left;
        if (longer < least) {
            least = longer;
            best = at;
        }
    }
    std::string broken = name;
    if (best != std::string::npos) broken[best] = '\n';
    return broken;
}

std::string p_label(double p_value) {
    if (std::isnan(p_value)) return "-";
    return p_value < 0.001 ? "< 0.001" : fixed_text(p_value, 3);
}

}  // namespace twinfirm::charts
