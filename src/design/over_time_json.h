// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json_reader.h"
#include "twinfirm/design/over_time_settings.h"

namespace twinfirm::design {

[[nodiscard]] Json staggered_json(const StaggeredSettings& settings);
void read_staggered(JsonReader& reader, StaggeredSettings& settings);

[[nodiscard]] Json over_time_json(const OverTimeSettings& settings);
void read_over_time(JsonReader& reader, OverTimeSettings& settings);

}  // namespace twinfirm::design
