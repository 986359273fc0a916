// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/industry_division.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "twinfirm/design/group_settings.h"

namespace twinfirm::embedded {
extern const std::string_view ksic_divisions;
}

namespace twinfirm::design {

namespace {

// The first fields of a line of the built-in table; a quoted field there holds commas but no quotes.
std::vector<std::string> leading_fields(std::string_view line, std::size_t count) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            if (fields.size() == count) break;
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    fields.resize(count);
    return fields;
}

/// The leading fields of every line but the header.
std::vector<std::vector<std::string>> table_rows(std::size_t count) {
    std::vector<std::vector<std::string>> rows;
    std::string_view rest = embedded::ksic_divisions;
    rest.remove_prefix(rest.find('\n') + 1);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::vector<std::string> fields = leading_fields(rest.substr(0, end), count);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!fields[0].empty()) rows.push_back(std::move(fields));
    }
    return rows;
}

/// 0 where the table says nothing.
double limit(const std::string& field) {
    double value = 0;
    std::from_chars(field.data(), field.data() + field.size(), value);
    return value;
}

}  // namespace

std::vector<IndustryDivision> manufacturing_divisions() {
    std::vector<IndustryDivision> divisions;
    for (const std::vector<std::string>& fields : table_rows(3)) {
        divisions.push_back({fields[0], {fields[1], fields[2]}});
    }
    return divisions;
}

std::vector<SizeThreshold> built_in_size_thresholds() {
    constexpr int since_2015 = 2015;
    constexpr int since_2025 = 2026;  // in force from 2025-09-01: the first whole year
    std::vector<SizeThreshold> thresholds;
    for (const std::vector<std::string>& fields : table_rows(7)) {
        thresholds.push_back({fields[0], since_2015, limit(fields[3]), limit(fields[4])});
        thresholds.push_back({fields[0], since_2025, limit(fields[5]), limit(fields[6])});
    }
    return thresholds;
}

}  // namespace twinfirm::design
