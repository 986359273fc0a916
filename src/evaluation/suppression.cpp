// SPDX-License-Identifier: GPL-3.0-or-later
#include "suppression.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace twinfirm::evaluation {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::int64_t firms(const EffectRow& row) {
    return std::min(row.effect.n_treated, row.effect.n_control);
}
std::int64_t firms(const BeforeAfterRow& row) {
    return row.change.n;
}
std::string estimator(const EffectRow& row) {
    return row.estimator;
}
std::string estimator(const BeforeAfterRow&) {
    return {};
}

void clear(EffectRow& row) {
    row.effect = {};
    row.p_holm = row.p_bh = row.minimum_detectable = missing;
    row.percent = row.percent_low = row.percent_high = missing;
    row.treated_base = row.treated_after = row.control_base = row.control_after = missing;
    row.margins = {};
    row.traps.clear();
}
void clear(BeforeAfterRow& row) {
    row.change = {};
    row.traps.clear();
}

template <class Row>
void suppress_rows(std::int64_t minimum, const std::string& breakdown, std::vector<Row>& rows) {
    std::map<std::tuple<std::string, std::string, std::optional<int>>, std::vector<Row*>> tables;
    for (Row& row : rows) {
        if (row.group.breakdown == breakdown) tables[{row.outcome, estimator(row), row.event_time}].push_back(&row);
    }
    for (auto& [key, table] : tables) {
        std::stable_sort(table.begin(), table.end(), [](const Row* a, const Row* b) { return firms(*a) < firms(*b); });
        std::size_t hidden = 0;
        std::size_t telling = 0;  // of an empty group there is nothing to tell
        for (; hidden < table.size() && firms(*table[hidden]) < minimum; ++hidden) telling += firms(*table[hidden]) > 0;
        if (telling == 1 && hidden < table.size()) ++hidden;
        for (std::size_t i = 0; i < hidden; ++i) table[i]->group.suppressed = true;
    }
}

}  // namespace

void suppress_small_cells(std::int64_t minimum, const std::string& breakdown, Evaluation& result) {
    suppress_rows(minimum, breakdown, result.effects);
    suppress_rows(minimum, breakdown, result.before_after);
}

void clear_suppressed(Evaluation& result) {
    for (EffectRow& row : result.effects) {
        if (row.group.suppressed) clear(row);
    }
    for (BeforeAfterRow& row : result.before_after) {
        if (row.group.suppressed) clear(row);
    }
}

}  // namespace twinfirm::evaluation
