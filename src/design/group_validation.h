// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {

/// What is wrong with the derived variables, the price index, the settings of before/after and of groups, and crossed
/// breakdowns.
[[nodiscard]] std::vector<Error> group_errors(const Specification& specification);

/// Columns that describe the project or its results: they come into being with the adoption, for adopters alone.
[[nodiscard]] bool is_of_the_project(const Specification& specification, std::string_view column);

}  // namespace twinfirm::design
