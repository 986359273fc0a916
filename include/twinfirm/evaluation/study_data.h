// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::evaluation {

/// What a study is computed from, in memory.
struct StudyData {
    stats::Panel panel;
    /// Survey answers by canonical field (prod_before ...): one value a firm of the panel, NaN = no answer.
    std::map<std::string, std::vector<double>, std::less<>> survey;
    std::vector<DataSummary::Table> tables;
    Messages messages;  ///< what was noticed while the data were put together
};

}  // namespace twinfirm::evaluation
