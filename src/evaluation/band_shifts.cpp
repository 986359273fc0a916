// SPDX-License-Identifier: GPL-3.0-or-later
#include "band_shifts.h"

#include <algorithm>
#include <cmath>

#include "naive_changes.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/derived_variables.h"
#include "within_strata.h"

namespace twinfirm::evaluation {

namespace {

using design::BandYear;

constexpr std::pair<BandYear, const char*> band_years[] = {
    {BandYear::base, "base"}, {BandYear::lagged, "lagged"}, {BandYear::averaged, "averaged"}};

constexpr double smallest_told = 0.005;  // half a percentage point: less is noise in every band

bool is_own_base(const design::Specification& specification, const design::Outcome& outcome,
                 const design::Breakdown& breakdown) {
    const auto sources = sources_of(specification, outcome.variable);
    return outcome.metric != design::ChangeMetric::per_hundred &&
           std::find(sources.begin(), sources.end(), breakdown.variable) != sources.end();
}

Result<BandShiftRow> band_shift(const StudyCohorts& study, const design::Outcome& outcome, const Members& members,
                                const GroupEffects& estimator) {
    const effects::EventWindow window{0, study.specification.lags};
    BandShiftRow row;
    row.outcome = outcome.key;
    row.group = members.group;
    const auto change =
        naive_change(naive_changes(study.panel, outcome, members.adopters, window), outcome, study.specification);
    if (!change) return tl::unexpected(change.error());
    row.n = change->n;
    row.ratio_of_sums = change->ratio_of_sums;
    row.mean_of_ratios = change->mean_of_ratios;
    const auto did = estimator.plain(outcome, window);
    if (!did) return tl::unexpected(did.error());
    row.matched = {did->effect, did->percent.percent, did->percent.low, did->percent.high};
    return row;
}

/// Fewer firms than the minimum in any year's bands are shown in none, nor the smallest other group beside a single
/// one.
void suppress_small(std::int64_t minimum, std::vector<BandShiftRow>& rows) {
    std::vector<std::pair<std::int64_t, std::string>> smallest;
    for (const BandShiftRow& row : rows) {
        const std::int64_t firms = std::min({row.n, row.matched.effect.n_treated, row.matched.effect.n_control});
        const auto known = std::find_if(smallest.begin(), smallest.end(),
                                        [&](const auto& entry) { return entry.second == row.group.key; });
        if (known == smallest.end()) {
            smallest.emplace_back(firms, row.group.key);
        } else {
            known->first = std::min(known->first, firms);
        }
    }
    std::sort(smallest.begin(), smallest.end());
    auto hidden = static_cast<std::size_t>(
        std::count_if(smallest.begin(), smallest.end(), [&](const auto& entry) { return entry.first < minimum; }));
    if (hidden == 1 && smallest.size() > 1) ++hidden;
    for (BandShiftRow& row : rows) {
        for (std::size_t i = 0; i < hidden; ++i) {
            if (smallest[i].second != row.group.key) continue;
            Group group = row.group;
            group.suppressed = true;
            row = {row.outcome, std::move(group), row.band_year, 0, {}, {}, {}};
        }
    }
}

/// How far the naive growth of the lowest band falls when the band is not cut on the very year it grows from.
void warn(const design::Outcome& outcome, const design::Breakdown& breakdown, const std::vector<BandShiftRow>& rows,
          Evaluation& result) {
    const auto lowest = [&](const char* band_year) -> const BandShiftRow* {
        for (const BandShiftRow& row : rows) {
            if (row.band_year == band_year && row.group.key == "0" && !row.group.suppressed) return &row;
        }
        return nullptr;
    };
    const BandShiftRow* base = lowest("base");
    const BandShiftRow* lagged = lowest("lagged");
    const bool known = base != nullptr && lagged != nullptr && std::isfinite(base->mean_of_ratios.estimate) &&
                       std::isfinite(lagged->mean_of_ratios.estimate);
    if (!known) return;
    // An outcome made of the band's variable is drawn to the mean less surely than the variable itself.
    const bool noise = std::abs(base->mean_of_ratios.estimate - lagged->mean_of_ratios.estimate) < smallest_told;
    if (noise && outcome.variable != breakdown.variable) return;
    const auto percent = [](double share) { return fixed_text(100 * share, 1); };
    result.messages.push_back({"study_regression_to_mean",
                               Severity::warning,
                               {{"outcome@ko", outcome.label.ko},
                                {"outcome@en", outcome.label.en},
                                {"breakdown@ko", breakdown.label.ko},
                                {"breakdown@en", breakdown.label.en},
                                {"group@ko", base->group.label.ko},
                                {"group@en", base->group.label.en},
                                {"base", percent(base->mean_of_ratios.estimate)},
                                {"lagged", percent(lagged->mean_of_ratios.estimate)}},
                               base->n});
}

}  // namespace

Status add_band_shifts(const StudyCohorts& study, const StudyEffects& estimators, const design::Breakdown& breakdown,
                       const std::vector<Adopter>& adopters, const CancellationToken& token, Evaluation& result) {
    if (breakdown.edges.empty() || breakdown.band_year == BandYear::lagged) return {};
    std::vector<const design::Outcome*> own;
    for (const design::Outcome& outcome : study.specification.outcomes) {
        if (is_own_base(study.specification, outcome, breakdown)) own.push_back(&outcome);
    }
    if (own.empty() || !study.panel.has(breakdown.variable)) return {};
    std::vector<std::vector<BandShiftRow>> rows(own.size());
    for (const auto& [band_year, code] : band_years) {
        TWINFIRM_TRY(token.check());
        design::Breakdown banded = breakdown;
        banded.band_year = band_year;
        const auto grouping = group_adopters(banded, study.panel, study.specification, adopters);
        if (!grouping) return tl::unexpected(grouping.error());
        std::unique_ptr<WithinStudy> within;  // a partner of another band would not be drawn to the mean alike
        if (band_year != breakdown.band_year && within_rule(study, banded) == WithinRule::strata) {
            auto matched = match_within(study, banded, token);
            if (!matched) return tl::unexpected(matched.error());
            within = std::move(*matched);
        }
        const StudyEffects& source = within ? *within->effects : estimators;
        const auto members = group_members(study, banded, *grouping, adopters);
        if (!members) return tl::unexpected(members.error());
        for (const Members& group : *members) {
            if (group.adopters.empty()) continue;
            const auto estimator = source.of_group(group.units);
            if (!estimator) return tl::unexpected(estimator.error());
            for (std::size_t o = 0; o < own.size(); ++o) {
                auto row = band_shift(study, *own[o], group, **estimator);
                if (!row) return tl::unexpected(row.error());
                row->band_year = code;
                rows[o].push_back(std::move(*row));
            }
        }
    }
    for (std::size_t o = 0; o < own.size(); ++o) {
        suppress_small(design::minimum_shown(study.specification), rows[o]);
        warn(*own[o], breakdown, rows[o], result);
        auto& all = result.groups.band_shifts;
        all.insert(all.end(), std::make_move_iterator(rows[o].begin()), std::make_move_iterator(rows[o].end()));
    }
    return {};
}

}  // namespace twinfirm::evaluation
