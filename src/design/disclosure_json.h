// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json_reader.h"
#include "twinfirm/design/disclosure_settings.h"

namespace twinfirm::design {

/// The key `disclosure` of a specification.
[[nodiscard]] Json disclosure_json(const DisclosureSettings& settings);
void read_disclosure(JsonReader& reader, DisclosureSettings& settings);

}  // namespace twinfirm::design
