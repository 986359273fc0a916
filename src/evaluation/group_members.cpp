// SPDX-License-Identifier: GPL-3.0-or-later
#include "group_members.h"

#include <algorithm>

#include "twinfirm/design/specification_lookup.h"

namespace twinfirm::evaluation {

namespace {

/// Whether non-adopters belong to a group: where its effect is compared with them alone, or is theirs.
bool divides_non_adopters(const StudyCohorts& study) {
    const design::EffectDesign form = design::effect_design(study.specification.matching);
    return form == design::EffectDesign::weights || form == design::EffectDesign::estimated ||
           effect_target(study.specification.matching) != effects::Target::adopters;
}

/// Puts the non-adopters of every cohort into the groups; false = none is in any.
Result<bool> add_non_adopters(const StudyCohorts& study, const design::Breakdown& breakdown,
                              std::vector<Members>& members) {
    design::Breakdown all = breakdown;
    all.top = -1;  // also of what is crossed
    bool any = false;
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const CohortFirms& firms = study.cohorts[c].firms;
        std::vector<Adopter> others;
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < firms.firms.size(); ++row) {
            if (firms.adopter[row] != 0) continue;
            others.push_back({firms.firms[row], firms.year});
            rows.push_back(row);
        }
        const auto grouping = group_adopters(all, study.panel, study.specification, others);
        if (!grouping) return tl::unexpected(grouping.error());
        std::vector<Members*> of_group;
        for (const Group& group : grouping->groups) {
            const auto same = [&](const Members& known) { return known.group.key == group.key; };
            const auto found = std::find_if(members.begin(), members.end(), same);
            of_group.push_back(found == members.end() ? nullptr : &*found);
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Members* group = grouping->of[i] < 0 ? nullptr : of_group[static_cast<std::size_t>(grouping->of[i])];
            if (group == nullptr) continue;
            group->units.member[c][rows[i]] = 1;
            any = true;
        }
    }
    return any;
}

}  // namespace

Result<std::vector<Members>> group_members(const StudyCohorts& study, const design::Breakdown& breakdown,
                                           const Grouping& grouping, const std::vector<Adopter>& adopters) {
    std::vector<const design::Breakdown*> divided_by;
    if (breakdown.cross.empty()) divided_by.push_back(&breakdown);
    for (const std::string& key : breakdown.cross) {
        if (const auto* part = design::find_breakdown(study.specification, key)) divided_by.push_back(part);
    }
    std::vector<Members> members;
    for (const Group& group : grouping.groups) {
        members.push_back({divided_by, group, {}, {}});
        for (const MatchedCohort& cohort : study.cohorts) {
            members.back().units.member.emplace_back(cohort.firms.firms.size(), std::uint8_t{0});
        }
    }
    std::vector<std::int32_t> group_of_firm(study.panel.firms(), -1);
    for (std::size_t i = 0; i < adopters.size(); ++i) {
        if (grouping.of[i] < 0) continue;
        members[static_cast<std::size_t>(grouping.of[i])].adopters.push_back(adopters[i]);
        group_of_firm[adopters[i].firm] = grouping.of[i];
    }
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const CohortFirms& firms = study.cohorts[c].firms;
        for (std::size_t row = 0; row < firms.firms.size(); ++row) {
            const std::int32_t group = group_of_firm[firms.firms[row]];
            if (firms.adopter[row] != 0 && group >= 0)
                members[static_cast<std::size_t>(group)].units.member[c][row] = 1;
        }
    }
    if (!divides_non_adopters(study)) return members;
    const auto any = add_non_adopters(study, breakdown, members);
    if (!any) return tl::unexpected(any.error());
    for (Members& group : members) group.units.adopters_only = !*any;
    return members;
}

}  // namespace twinfirm::evaluation
