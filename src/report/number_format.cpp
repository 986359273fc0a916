// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/number_format.h"

#include <charconv>
#include <cmath>

#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/outcome_scale.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::report {

namespace {

double shifted(double value, int powers_of_ten) {
    if (!std::isfinite(value) || value == 0) return value;
    std::string text = shortest_text(value);
    const std::size_t mark = text.find('e');
    int exponent = 0;
    if (mark != std::string::npos) {
        // from_chars takes no leading plus sign.
        const std::size_t digits = mark + (text[mark + 1] == '+' ? 2 : 1);
        std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
        text.resize(mark);
    }
    text += 'e' + integer_text(exponent + powers_of_ten);
    double result = value;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), result);
    return status == std::errc() ? result : value * std::pow(10.0, powers_of_ten);
}

std::string with_separators(std::string_view digits) {
    const std::size_t point = digits.find('.');
    const std::size_t whole = point == std::string_view::npos ? digits.size() : point;
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

}  // namespace

double in_percent(double fraction) {
    return shifted(fraction, 2);
}

double in_unit(double value, double scale) {
    if (scale == 1) return value;
    const double power = std::round(std::log10(scale));
    if (std::pow(10.0, power) == scale) return shifted(value, -static_cast<int>(power));
    return value / scale;
}

std::string NumberFormat::number(double value, int decimals) const {
    if (!std::isfinite(value)) return std::string(not_available_mark);
    const std::string digits = fixed_text(value, decimals);
    if (digits.front() != '-') return with_separators(digits);
    return (language_ == Language::korean ? "△" : "−") + with_separators(std::string_view(digits).substr(1));
}

std::string NumberFormat::adaptive(double value) const {
    const double size = std::abs(value);
    if (size >= 1000) return number(value, 0);
    if (size >= 100) return number(value, 1);
    return number(value, size >= 1 ? 2 : 3);
}

std::string NumberFormat::count(std::int64_t value) const {
    if (value == evaluation::hidden_count) return std::string(suppressed_mark);
    return (value < 0 ? (language_ == Language::korean ? "△" : "−") : "") +
           with_separators(integer_text(value < 0 ? -value : value));
}

std::string NumberFormat::percent(double fraction, int decimals) const {
    return quantity(in_percent(fraction), decimals, "%");
}

std::string NumberFormat::points(double fraction, int decimals) const {
    return quantity(in_percent(fraction), decimals, "%p");
}

std::string NumberFormat::quantity(double value, int decimals, std::string_view unit_name) const {
    const std::string digits = number(value, decimals);
    if (!std::isfinite(value) || unit_name.empty()) return digits;
    const bool attached = language_ == Language::korean || unit_name == "%";
    return digits + (attached ? "" : " ") + unit(unit_name);
}

std::string NumberFormat::p_value(double value) const {
    if (!std::isfinite(value)) return std::string(not_available_mark);
    return value < 0.001 ? "<0.001" : number(value, 3);
}

std::string NumberFormat::interval(double low, double high, int decimals) const {
    if (!std::isfinite(low) || !std::isfinite(high)) return std::string(not_available_mark);
    return "[" + number(low, decimals) + ", " + number(high, decimals) + "]";
}

std::string NumberFormat::sample_size(std::int64_t n) const {
    return "(n=" + count(n) + ")";
}

std::string NumberFormat::unit(std::string_view unit) const {
    return charts::unit_label(unit, language_);
}

}  // namespace twinfirm::report
