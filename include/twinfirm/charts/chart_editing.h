// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/design/chart_edit.h"

namespace twinfirm::charts {

/// Makes the chart look as the analyst wants it. Values, intervals, n, notes and what is suppressed stay as they are:
/// - `decimals`: texts that are the value (and interval) of a mark are written anew from it;
/// - `ranges`: widened to hold every mark, interval and reference line, and 0 where there are bars, so that nothing is
///   cut off and no bar is drawn too long; not on logarithmic axes;
/// - `order`: rows change places with their marks and texts; the row of all stays last. Only charts whose rows are
///   names (groups, indicators, covariates) have an order; years and scores have their own;
/// - `palette`: one that the tests of the standard palette hold for too.
///
/// Messages (warnings) say what could not be done as asked, and then it is left out: `chart_edit_range` (widened),
/// `chart_edit_order`, `chart_edit_row`, `chart_edit_series`, `chart_edit_panel`, `chart_edit_palette`,
/// `chart_edit_decimals`, each with the chart. O(marks * texts of a panel).
Messages edit_chart(const design::ChartEdit& edit, Chart& chart);

/// Applies the edit of this chart's key, if there is one.
Messages edit_chart(const std::vector<design::ChartEdit>& edits, Chart& chart);

/// Whether the rows of such a chart can change places.
[[nodiscard]] bool has_rows(const Chart& chart);

}  // namespace twinfirm::charts
