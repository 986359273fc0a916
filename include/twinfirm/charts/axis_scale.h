// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "twinfirm/charts/chart.h"

namespace twinfirm::charts {

/// Sets range and ticks of a linear axis so that [low, high] lies inside: steps of 1, 2, 2.5 or 5 times a power of ten,
/// about `wanted_ticks` of them, labels with as many decimals as the step needs. An empty or one-point range is
/// widened.
void fit_linear_axis(Axis& axis, double low, double high, int wanted_ticks, Language language);

/// Smallest range holding every value, low and high of the panel's marks (NaN left out) and `always`.
struct Extent {
    double low = 0;
    double high = 0;
};
[[nodiscard]] Extent value_extent(std::span<const Series> series, Extent always);

/// Fits the panel's value axis to its marks and `always`, with a little air beside them, but none below zero where
/// nothing lies there.
void fit_value_axis(Panel& panel, Extent always, int wanted_ticks, Language language);

}  // namespace twinfirm::charts
