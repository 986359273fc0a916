// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace twinfirm::app {

/// Disclosure control of what the commands over one file write (`match`, `did`, `survey`): estimates on fewer than
/// three units of either arm are hidden (X), and where one alone would follow from the total and the others, another
/// with it. Without it a reason is asked for (`disclosure_without_reason`), which stands in the output.
struct OutputProtection {
    bool enabled = true;
    std::string reason;  ///< why not
};

}  // namespace twinfirm::app
