// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/design/specification.h"

namespace twinfirm::design {

/// What is wrong with the settings of staggered adoption and of effects over time.
void check_over_time(const Specification& specification, Validation& validation);

}  // namespace twinfirm::design
