// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include "twinfirm/charts/chart.h"

namespace twinfirm::charts {

/// How a series is told apart from the others.
struct SeriesLook {
    Role role;
    Shape shape;
    Fill fill;
};

/// A series without marks.
[[nodiscard]] inline Series series_of(std::string key, std::string label, const SeriesLook& look) {
    Series series;
    series.key = std::move(key);
    series.label = std::move(label);
    series.role = look.role;
    series.shape = look.shape;
    series.fill = look.fill;
    return series;
}

}  // namespace twinfirm::charts
