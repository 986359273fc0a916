// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/report/document.h"

namespace twinfirm::report {

/// A list of one level; empty texts are left out.
[[nodiscard]] BulletList bullet_list(const std::vector<std::string>& texts, int level);

/// Title and notes stand below the drawing and not in it, which needs no room for them. `share` of its usual height is
/// enough where several of its kind follow one another. Number and source are left to fill in.
[[nodiscard]] Figure figure_of(charts::Chart chart, double share = 1);

}  // namespace twinfirm::report
