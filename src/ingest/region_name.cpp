// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/region_name.h"

#include "field_catalogue.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

std::optional<std::string> region_of_name(std::string_view text) {
    const auto& names = field_catalogue().region_names;
    // Nearly all cells are names as the catalogue has them.
    if (const auto plain = names.find(text); plain != names.end()) return plain->second;
    const std::string shown = display_name(text);
    const auto whole = names.find(comparable_name(shown));
    if (whole != names.end()) return whole->second;
    const auto first = names.find(comparable_name(std::string_view(shown).substr(0, shown.find(' '))));
    return first == names.end() ? std::nullopt : std::optional(first->second);
}

std::optional<std::string> region_of_code(std::string_view code, RegionCodes system) {
    const FieldCatalogue& catalogue = field_catalogue();
    const auto& codes =
        system == RegionCodes::administrative ? catalogue.administrative_regions : catalogue.statistical_regions;
    const auto found = codes.find(code);
    return found == codes.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace twinfirm::ingest
