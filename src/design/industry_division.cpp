// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/industry_division.h"

#include <algorithm>
#include <string_view>

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

}  // namespace

std::vector<IndustryDivision> manufacturing_divisions() {
    std::vector<IndustryDivision> divisions;
    std::string_view rest = embedded::ksic_divisions;
    rest.remove_prefix(rest.find('\n') + 1);  // the header line
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::vector<std::string> fields = leading_fields(rest.substr(0, end), 3);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!fields[0].empty()) divisions.push_back({fields[0], {fields[1], fields[2]}});
    }
    return divisions;
}

}  // namespace twinfirm::design
