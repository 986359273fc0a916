// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "json_reader.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::design {

/// The keys `derived`, `prices`, `before_after` and `groups` of a specification.
void write_group_settings(const Specification& specification, Json& json);
void read_group_settings(JsonReader& reader, Specification& specification);

/// `base`, `lagged`, `averaged`.
[[nodiscard]] std::string band_year_code(BandYear band_year);
/// `band_year`, `within` and `cross` of a breakdown.
void read_band_rules(JsonReader& reader, Breakdown& breakdown);

}  // namespace twinfirm::design
