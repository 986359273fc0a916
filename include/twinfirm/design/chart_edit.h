// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/language.h"

namespace twinfirm::design {

/// The stretch of values that a panel's value axis shows.
struct AxisRange {
    std::string panel;  ///< its key; empty = every panel
    double low = 0;
    double high = 0;

    friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

/// Another name for a row (a group, an indicator) of a chart.
struct RowLabel {
    int row = 0;  ///< as generated, from 1
    LocalizedText label;

    friend bool operator==(const RowLabel&, const RowLabel&) = default;
};

/// Another name for a series in the legend.
struct SeriesLabel {
    std::string series;  ///< its key
    LocalizedText label;

    friend bool operator==(const SeriesLabel&, const SeriesLabel&) = default;
};

/// How an analyst wants one chart to look. None of it changes a number; notes, n and intervals cannot be taken away.
struct ChartEdit {
    std::string chart;              ///< its key: `forest_sales_size`
    LocalizedText title{};          ///< empty = as generated
    std::optional<int> decimals{};  ///< of the values written beside marks, 0 to 6
    std::string palette{};          ///< one of the checked ones: `standard`, `purple_green`, `grey`; empty = `standard`
    std::vector<AxisRange> ranges{};
    std::vector<int> order{};  ///< the generated numbers of the rows, from 1, in the order wanted; empty = as generated
    std::vector<RowLabel> rows{};
    std::vector<SeriesLabel> series{};

    friend bool operator==(const ChartEdit&, const ChartEdit&) = default;
};

}  // namespace twinfirm::design
