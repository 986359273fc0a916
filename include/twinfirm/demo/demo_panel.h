// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/demo/generator.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::demo {

/// The made-up register and panel in memory, as a study would read them from the files: variables `sales`, `export`
/// (won) and `emp`, attributes `founded`, `ksic`, `sido`, `rnd` (1 = performs R&D); firms in the order of the register.
struct DemoPanel {
    stats::Panel panel;
    /// True effect on ln sales, firms x years of the panel; NaN before adoption and of non-adopters.
    std::vector<double> effect;
};

/// For simulations, where files would cost more than the analysis. `dirty`, `events` and `status_survey` do nothing
/// here. The same options give the same values as the files. Error (usage): `demo_option_range`.
/// Cost: O(firms * years).
[[nodiscard]] Result<DemoPanel> demo_panel(const DemoOptions& options);

}  // namespace twinfirm::demo
