// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/ingest/canonical_field.h"

namespace twinfirm::ingest {

/// data/fields.json as it was built in, read once.
struct FieldCatalogue {
    struct BooleanPair {
        std::vector<std::string> yes;
        std::vector<std::string> no;
    };
    std::vector<CanonicalField> fields;
    std::map<std::string, int, std::less<>> levels;
    std::map<std::string, AmbiguousLevel, std::less<>> ambiguous_levels;
    std::vector<BooleanPair> booleans;
    std::map<std::string, store::ValueStatus, std::less<>> missing_codes;
    std::array<bool, 256> begins_missing_code{};  ///< by first byte
    std::size_t longest_missing_code = 0;
    std::map<std::string, int, std::less<>> money_units;
    std::vector<std::string> other_units;
    std::map<std::string, std::string, std::less<>> region_names;  ///< comparable name -> short name
    std::map<std::string, std::string, std::less<>> administrative_regions;
    std::map<std::string, std::string, std::less<>> statistical_regions;
    std::vector<std::pair<std::string, std::string>> personal_endings;  ///< of headers, with their field
};

[[nodiscard]] const FieldCatalogue& field_catalogue();

}  // namespace twinfirm::ingest
