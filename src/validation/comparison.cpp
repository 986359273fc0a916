// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/validation/comparison.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::validation {

namespace {

constexpr double most_digits = 16;

/// By how much a line fails or passes; lines that do not pass come before those that do.
double spare(const Comparison& row) {
    if (row.rule == Rule::near) return row.digits - row.required;
    return row.pass ? most_digits : -2 * most_digits;
}

}  // namespace

double agreeing_digits(double ours, double reference, double scale) {
    if (ours == reference || (std::isnan(ours) && std::isnan(reference))) return most_digits;
    const double digits = -std::log10(std::abs(ours - reference) / scale);
    return std::isnan(digits) ? -most_digits : std::clamp(digits, -most_digits, most_digits);
}

double size_of(double x) {
    return x == 0 ? 1 : std::abs(x);
}

double at_least_one(double x) {
    return std::abs(x) > 1 ? std::abs(x) : 1;
}

void CaseReport::add(Comparison row) {
    row.family = family_;
    row.name = name_;
    const auto known = std::find_if(rows_.begin(), rows_.end(),
                                    [&](const Comparison& other) { return other.quantity == row.quantity; });
    if (known == rows_.end()) {
        rows_.push_back(std::move(row));
        return;
    }
    const std::int64_t numbers = known->numbers + 1;
    if (spare(row) < spare(*known)) *known = std::move(row);
    known->numbers = numbers;
}

void CaseReport::near(std::string_view quantity, double ours, double reference, double scale, double required,
                      std::string_view exception) {
    Comparison row;
    row.quantity = quantity;
    row.ours = ours;
    row.reference = reference;
    row.digits = agreeing_digits(ours, reference, scale);
    row.required = required;
    row.pass = row.digits >= required;
    row.exception = exception;
    add(std::move(row));
}

void CaseReport::equal(std::string_view quantity, double ours, double reference, std::string_view exception) {
    Comparison row;
    row.quantity = quantity;
    row.rule = Rule::equal;
    row.ours = ours;
    row.reference = reference;
    row.digits = agreeing_digits(ours, reference, size_of(reference));
    row.pass = ours == reference;
    row.exception = exception;
    add(std::move(row));
}

void CaseReport::at_most(std::string_view quantity, double ours, double reference, std::string_view exception) {
    constexpr double slack = 1e-9;
    Comparison row;
    row.quantity = quantity;
    row.rule = Rule::at_most;
    row.ours = ours;
    row.reference = reference;
    row.digits = agreeing_digits(ours, reference, size_of(reference));
    row.pass = ours <= reference + slack;
    row.exception = exception;
    add(std::move(row));
}

}  // namespace twinfirm::validation
