// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json_reader.h"
#include "twinfirm/design/report_settings.h"

namespace twinfirm::design {

[[nodiscard]] Json report_json(const ReportSettings& settings);
void read_report(JsonReader& reader, ReportSettings& settings);

}  // namespace twinfirm::design
