// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/axis_scale.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/charts/label_format.h"

namespace twinfirm::charts {

void fit_linear_axis(Axis& axis, double low, double high, int wanted_ticks, Language language) {
    if (!(high > low)) {
        const double margin = low == 0 ? 1 : std::abs(low) * 0.1;
        low -= margin;
        high += margin;
    }
    const double raw = (high - low) / std::max(1, wanted_ticks);
    const double power = std::floor(std::log10(raw));
    const double unit = std::pow(10.0, power);
    double multiple = 10;
    for (const double candidate : {1.0, 2.0, 2.5, 5.0}) {
        if (raw <= candidate * unit * 1.0000001) {
            multiple = candidate;
            break;
        }
    }
    const double step = multiple * unit;
    int decimals = 0;
    for (double scaled = step; decimals < 12 && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled; scaled *= 10) {
        ++decimals;
    }
    const auto first = static_cast<long long>(std::floor(low / step + 1e-9));
    const auto last = static_cast<long long>(std::ceil(high / step - 1e-9));
    axis.low = static_cast<double>(first) * step;
    axis.high = static_cast<double>(last) * step;
    axis.ticks.clear();
    for (long long i = first; i <= last; ++i) {
        const double at = static_cast<double>(i) * step;
        axis.ticks.push_back({at, number_label(at, decimals, language)});
    }
}

Extent value_extent(std::span<const Series> series, Extent always) {
    Extent extent = always;
    for (const Series& one : series) {
        for (const Mark& mark : one.marks) {
            for (const double value : {mark.value, mark.low, mark.high}) {
                if (!std::isfinite(value)) continue;
                extent.low = std::min(extent.low, value);
                extent.high = std::max(extent.high, value);
            }
        }
    }
    return extent;
}

void fit_value_axis(Panel& panel, Extent always, int wanted_ticks, Language language) {
    const Extent extent = value_extent(panel.series, always);
    const double margin = 0.03 * (extent.high - extent.low);
    fit_linear_axis(panel.value_axis, extent.low - (extent.low < 0 ? margin : 0), extent.high + margin, wanted_ticks,
                    language);
}

}  // namespace twinfirm::charts
