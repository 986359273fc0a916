// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_parts.h"

#include <utility>

namespace twinfirm::report {

BulletList bullet_list(const std::vector<std::string>& texts, int level) {
    BulletList list;
    for (const std::string& text : texts) {
        if (!text.empty()) list.items.push_back({level, text});
    }
    return list;
}

Figure figure_of(charts::Chart chart, double share) {
    constexpr double title_mm = 6;
    constexpr double line_mm = 4.2;
    Figure figure;
    figure.name = chart.key;
    chart.height_mm -= title_mm + line_mm * static_cast<double>(1 + chart.notes.size());
    chart.height_mm *= share;
    figure.caption = std::exchange(chart.title, {});
    figure.notes = std::exchange(chart.notes, {});
    chart.source.clear();
    figure.chart = std::move(chart);
    return figure;
}

}  // namespace twinfirm::report
