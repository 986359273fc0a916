// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/app/did_file.h"

namespace twinfirm::app {

/// Writes att_gt.csv, aggregates.csv and pretrend.json.
[[nodiscard]] Status write_did_output(const DidRequest& request, const DidResult& result,
                                      const std::filesystem::path& folder);

}  // namespace twinfirm::app
