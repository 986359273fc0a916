// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/batch.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "twinfirm/design/specification_lookup.h"

namespace twinfirm::evaluation {

namespace {

std::string cross_key(std::string_view batch, const std::string& other) {
    return std::string(batch) + "_x_" + other;
}

bool is_batch_cross(const design::Breakdown& breakdown, std::string_view key) {
    return breakdown.cross.size() == 2 && breakdown.cross[0] == key &&
           breakdown.key == cross_key(key, breakdown.cross[1]);
}

/// The names of the groups, by breakdown and key.
using Names = std::map<std::pair<std::string, std::string>, LocalizedText>;

template <class Row>
void add_names(const std::vector<Row>& rows, Names& names) {
    for (const Row& row : rows) names.try_emplace({row.group.breakdown, row.group.key}, row.group.label);
}

/// The rows of the group, as those of all adopters, and of its crosses, as those of the other breakdown.
template <class Row>
std::vector<Row> rows_of_group(const std::vector<Row>& rows, const design::Specification& specification,
                               const Group& group, const Names& names) {
    std::vector<Row> part;
    for (const Row& row : rows) {
        if (row.group.breakdown == group.breakdown && row.group.key == group.key) {
            part.push_back(row);
            part.back().group = Group{{}, {}, {}, row.group.suppressed};
        }
        const design::Breakdown* breakdown = design::find_breakdown(specification, row.group.breakdown);
        const std::string prefix = group.key + ":";
        if (breakdown == nullptr || !is_batch_cross(*breakdown, group.breakdown) ||
            row.group.key.compare(0, prefix.size(), prefix) != 0) {
            continue;
        }
        const std::string key = row.group.key.substr(prefix.size());
        const auto name = names.find({breakdown->cross[1], key});
        part.push_back(row);
        part.back().group = Group{breakdown->cross[1], key,
                                  name == names.end() ? LocalizedText{key, key} : name->second, row.group.suppressed};
    }
    return part;
}

}  // namespace

Result<design::Specification> batch_specification(const design::Specification& study, const std::string& key) {
    design::Specification specification = study;
    auto& breakdowns = specification.breakdowns;
    auto own = std::find_if(breakdowns.begin(), breakdowns.end(),
                            [&](const design::Breakdown& breakdown) { return breakdown.key == key; });
    if (own == breakdowns.end()) {
        design::Breakdown made;
        made.key = key;
        made.label = {key, key};
        if (key == "region") made.label = {"지역별", "Region"};
        made.variable = key;
        own = breakdowns.insert(own, std::move(made));
    }
    if (!own->cross.empty()) return fail(ErrorKind::usage, "batch_crossed", {{"key", key}});
    own->top = 0;  // everybody gets a report
    const LocalizedText label = own->label;
    std::vector<design::Breakdown> crosses;
    for (const design::Breakdown& other : breakdowns) {
        if (other.key == key || !other.cross.empty()) continue;
        design::Breakdown cross;
        cross.key = cross_key(key, other.key);
        cross.label = {label.ko + " × " + other.label.ko, label.en + " × " + other.label.en};
        cross.cross = {key, other.key};
        crosses.push_back(std::move(cross));
    }
    breakdowns.insert(breakdowns.end(), std::make_move_iterator(crosses.begin()),
                      std::make_move_iterator(crosses.end()));
    return specification;
}

std::vector<BatchGroup> batch_groups(const Evaluation& evaluation, std::string_view key) {
    std::vector<BatchGroup> groups;
    const auto entry = [&](const Group& group) -> BatchGroup& {
        const auto found = std::find_if(groups.begin(), groups.end(),
                                        [&](const BatchGroup& known) { return known.group.key == group.key; });
        return found != groups.end() ? *found : groups.emplace_back(BatchGroup{group, false});
    };
    for (const BeforeAfterRow& row : evaluation.before_after) {
        if (row.group.breakdown == key) entry(row.group);
    }
    for (const EffectRow& row : evaluation.effects) {
        if (row.group.breakdown != key) continue;
        BatchGroup& group = entry(row.group);
        group.shows_effects = group.shows_effects || (!row.group.suppressed && std::isfinite(row.effect.estimate));
    }
    for (BatchGroup& group : groups) group.group.suppressed = false;
    return groups;
}

Evaluation without_batch_crosses(const Evaluation& evaluation, std::string_view key) {
    Evaluation result = evaluation;
    const auto added = [&](const std::string& name) {
        const design::Breakdown* breakdown = design::find_breakdown(evaluation.specification, name);
        return breakdown != nullptr && is_batch_cross(*breakdown, key);
    };
    std::erase_if(result.specification.breakdowns,
                  [&](const design::Breakdown& breakdown) { return is_batch_cross(breakdown, key); });
    std::erase_if(result.before_after, [&](const auto& row) { return added(row.group.breakdown); });
    std::erase_if(result.effects, [&](const auto& row) { return added(row.group.breakdown); });
    std::erase_if(result.heterogeneity, [&](const auto& row) { return added(row.breakdown); });
    std::erase_if(result.groups.ranking, [&](const auto& row) { return added(row.group.breakdown); });
    std::erase_if(result.groups.band_shifts, [&](const auto& row) { return added(row.group.breakdown); });
    return result;
}

Evaluation part_of_group(const Evaluation& evaluation, const Group& group) {
    Evaluation part;
    part.specification = evaluation.specification;
    std::erase_if(part.specification.breakdowns, [&](const design::Breakdown& breakdown) {
        return breakdown.key == group.breakdown || !breakdown.cross.empty();
    });
    LocalizedText& title = part.specification.title;
    if (!title.ko.empty()) title.ko += " - " + group.label.ko;
    if (!title.en.empty()) title.en += " - " + group.label.en;
    part.specification_hash = evaluation.specification_hash;
    part.engine_version = evaluation.engine_version;
    part.estimand = evaluation.estimand;
    part.adjustment = evaluation.adjustment;
    part.standard_error = evaluation.standard_error;
    part.data = evaluation.data;
    Names names;
    add_names(evaluation.before_after, names);
    add_names(evaluation.effects, names);
    part.before_after = rows_of_group(evaluation.before_after, evaluation.specification, group, names);
    part.effects = rows_of_group(evaluation.effects, evaluation.specification, group, names);
    part.disclosure = evaluation.disclosure;
    return part;
}

}  // namespace twinfirm::evaluation
