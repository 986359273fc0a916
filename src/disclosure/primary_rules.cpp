// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/primary_rules.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::disclosure {

namespace {

bool few(double contributors, const PrimaryRules& rules) {
    return contributors > 0 && contributors < rules.minimum_frequency;  // false where it is not known
}

Sensitivity sensitivity(const Cell& cell, Content content, const PrimaryRules& rules, double& up) {
    const bool is_count = content == Content::counts && std::isnan(cell.contributors);
    Sensitivity reason = Sensitivity::none;
    if (few(is_count ? cell.value : cell.contributors, rules) || few(cell.treated, rules) || few(cell.control, rules)) {
        reason = Sensitivity::frequency;
    }
    if (content == Content::counts) return reason;
    const double size = std::abs(cell.value);
    const double largest = std::abs(cell.largest);
    const double second = std::isnan(cell.second) ? 0 : std::abs(cell.second);
    if (std::isnan(largest)) {
        up = rules.p_percent / 100 * size;
        return reason;
    }
    for (const Dominance& rule : rules.dominance) {
        const double top = rule.largest == 1 ? largest : largest + second;
        if (!(size > 0) || !(top > rule.percent / 100 * size)) continue;
        up = std::max(up, top * 100 / rule.percent - size);
        if (reason == Sensitivity::none) reason = Sensitivity::dominance;
    }
    const double by_p = rules.p_percent / 100 * largest - (size - largest - second);
    if (size > 0 && by_p > 0) {
        up = by_p;
        if (reason != Sensitivity::frequency) reason = Sensitivity::p_percent;
    }
    return reason;
}

}  // namespace

Status check_rules(const PrimaryRules& rules) {
    bool right = rules.minimum_frequency >= 1 && rules.p_percent > 0 && rules.p_percent <= 100 &&
                 rules.minimum_extremes >= 1 && std::isfinite(rules.minimum_frequency);
    for (const Dominance& rule : rules.dominance) {
        right = right && (rule.largest == 1 || rule.largest == 2) && rule.percent > 0 && rule.percent <= 100;
    }
    if (!right) return fail(ErrorKind::usage, "disclosure_rules");
    return {};
}

std::vector<Protection> required_protection(const AggregateTable& table, const PrimaryRules& rules) {
    std::vector<Protection> result(table.cells.size());
    const bool bounded = table.non_negative();
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        const Cell& cell = table.cells[i];
        double up = 0;
        Protection protection;
        protection.reason = sensitivity(cell, table.content, rules, up);
        if (protection.reason == Sensitivity::none) continue;
        if (table.content == Content::counts) {
            protection.whole_numbers = std::max(1.0, std::ceil(rules.minimum_frequency) - 1);
        } else {
            const double size = std::abs(cell.value);
            if (!(up > 0)) up = size > 0 ? rules.p_percent / 100 * size : 1;  // at least not exactly
            protection.up = up;
            protection.down = bounded ? std::min(up, size) : up;
        }
        result[i] = protection;
    }
    return result;
}

bool extremes_may_be_shown(double contributors, const PrimaryRules& rules) {
    return contributors >= rules.minimum_extremes;
}

}  // namespace twinfirm::disclosure
