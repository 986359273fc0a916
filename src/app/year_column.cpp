// SPDX-License-Identifier: GPL-3.0-or-later
#include "year_column.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "twinfirm/base/number_text.h"

namespace twinfirm::app {

namespace {

constexpr double largest_year = 9999;

std::optional<int> year_of_number(double value) {
    if (value != std::round(value) || !(std::abs(value) <= largest_year)) return std::nullopt;
    return static_cast<int>(value);
}

std::optional<int> year_of_text(std::string_view text) {
    constexpr std::string_view year = "년";
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.ends_with(year)) text.remove_suffix(year.size());
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return year_of_number(value);
}

bool means_never(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::array<std::string_view, 8> words{"never", "none", "inf", "na", "nan", "미도입", "없음", "-"};
    return std::find(words.begin(), words.end(), text) != words.end();
}

tl::unexpected<Error> not_a_year(const stats::Column& column, std::string value, std::size_t row) {
    return fail(ErrorKind::input, "did_year_not_read",
                {{"name", column.name()}, {"value", std::move(value)}, {"row", std::to_string(row + 1)}});
}

Result<std::vector<int>> read(const stats::Column& column, int missing, bool adoption) {
    std::vector<int> years;
    years.reserve(column.size());
    if (column.kind() == stats::ColumnKind::number) {
        for (std::size_t row = 0; row < column.size(); ++row) {
            const double value = column.values()[row];
            const bool none = std::isnan(value) || (adoption && std::isinf(value));
            const auto year = none ? missing : year_of_number(value);
            if (!year) return not_a_year(column, shortest_text(value), row);
            years.push_back(*year);
        }
        return years;
    }
    std::vector<std::optional<int>> of_level;
    for (const std::string& level : column.levels())
        of_level.push_back(adoption && means_never(level) ? std::optional<int>(missing) : year_of_text(level));
    for (std::size_t row = 0; row < column.size(); ++row) {
        const std::int32_t code = column.codes()[row];
        const auto year = code < 0 ? missing : of_level[static_cast<std::size_t>(code)];
        if (!year) return not_a_year(column, column.levels()[static_cast<std::size_t>(code)], row);
        years.push_back(*year);
    }
    return years;
}

}  // namespace

Result<std::vector<int>> years_of(const stats::Column& column, int missing) {
    return read(column, missing, false);
}

Result<std::vector<int>> adoption_years_of(const stats::Column& column) {
    return read(column, 0, true);
}

}  // namespace twinfirm::app
