// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/group_settings.h"
#include "twinfirm/stats/frame.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::evaluation {

/// The legal size class of firms in a base year, as a category with the levels `micro` (소상공인), `small` (소기업),
/// `medium` (중기업), `middle_market` (중견기업), by mean sales over the base year and the two before it (those known)
/// against the limits of the firm's division in force in the base year, of earlier years by the oldest: a small firm
/// with fewer than 10 employees is micro; above the limit of SMEs it is a middle market firm (assets, independence and
/// membership of a group are not in the panel and not looked at). Missing without sales, employees of a small firm, or
/// a division with limits. Error (usage): `variable_unknown` unless the panel has `sales` and `emp`. `divisions`: one
/// column of two-digit codes a firm.
[[nodiscard]] Result<stats::Column> legal_class_column(const std::string& name, const stats::Panel& panel,
                                                       const stats::Column& divisions,
                                                       std::span<const design::SizeThreshold> thresholds, int base_year,
                                                       std::span<const std::size_t> firms);

}  // namespace twinfirm::evaluation
