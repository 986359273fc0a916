// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "charts/sample_evaluation.h"
#include "twinfirm/charts/before_after_chart.h"
#include "twinfirm/charts/event_study_chart.h"
#include "twinfirm/charts/flow_chart.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/charts/love_plot.h"
#include "twinfirm/charts/overlap_chart.h"

namespace twinfirm::charts {

/// Every kind of chart, of the made-up evaluation.
inline std::vector<Chart> sample_charts(Language language) {
    const evaluation::Evaluation evaluation = SampleEvaluation::make();
    return {overlap_chart(evaluation, language).value(),
            love_plot(evaluation, language).value(),
            before_after_chart(evaluation, language).value(),
            process_change_chart(evaluation, language).value(),
            flow_chart(evaluation, language).value(),
            event_study_chart(evaluation, "sales", language).value(),
            event_study_chart(evaluation, "profit_rate", language).value(),
            forest_chart(evaluation, "sales", "size", language).value(),
            forest_chart(evaluation, "accident_rate", "level", language).value(),
            forest_chart(evaluation, "quality", "size", language).value()};
}

}  // namespace twinfirm::charts
