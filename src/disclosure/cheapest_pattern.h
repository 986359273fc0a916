// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/disclosure/aggregate_table.h"
#include "twinfirm/disclosure/primary_rules.h"
#include "twinfirm/disclosure/suppression_audit.h"

namespace twinfirm::disclosure {

/// Tries sets of complementary cells in rising order of their costs until one passes the audit: the best there is. None
/// if none cheaper than `loss` passes, if more than 64 cells may be hidden, or if the search grows too long (a fixed
/// number of sets, so that the answer is the same on every machine).
[[nodiscard]] Result<std::optional<std::vector<bool>>> cheapest_pattern(const AggregateTable& table,
                                                                        const PrimaryRules& rules,
                                                                        const std::vector<bool>& sensitive, double loss,
                                                                        const CancellationToken& token);

}  // namespace twinfirm::disclosure
