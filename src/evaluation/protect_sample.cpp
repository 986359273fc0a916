// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "linked_table.h"
#include "protection_parts.h"

namespace twinfirm::evaluation {

namespace {

using disclosure::Content;
using matching::Reason;

/// The step before which a firm with this reason is lost.
std::string_view lost_before(Reason reason) {
    switch (reason) {
        case Reason::missing_covariate:
            return "complete";
        case Reason::outside_support:
            return "in_support";
        default:
            return "matched";
    }
}

/// The steps and reasons of one arm of one flow.
struct FlowCells {
    std::map<std::string, std::size_t> steps;
    std::map<Reason, std::size_t> reasons;
};

FlowCells add_flow(std::vector<FlowStep>& flow, std::vector<ReasonCount>& reasons, std::int64_t ArmCount::*arm,
                   LinkedTable& table) {
    FlowCells cells;
    const auto add = [&](std::int64_t& count) {
        return table.add_count(count, false, [&count] { count = hidden_count; });
    };
    for (FlowStep& step : flow) cells.steps[step.step] = add(step.firms.*arm);
    for (ReasonCount& reason : reasons) cells.reasons[reason.reason] = add(reason.firms.*arm);
    // A step is the next one and those who are lost between them.
    for (std::size_t i = 0; i + 1 < flow.size(); ++i) {
        const std::string& next = flow[i + 1].step;
        std::vector<std::size_t> parts = {cells.steps[next]};
        for (const ReasonCount& reason : reasons) {
            if (reason.reason != Reason::matched && lost_before(reason.reason) == next) {
                parts.push_back(cells.reasons[reason.reason]);
            }
        }
        table.sum(cells.steps[flow[i].step], std::move(parts));
    }
    const auto matched = cells.reasons.find(Reason::matched);
    const auto last = cells.steps.find("matched");
    if (matched != cells.reasons.end() && last != cells.steps.end()) table.sum(last->second, {matched->second});
    return cells;
}

Status protect_flow(std::int64_t ArmCount::*arm, const CancellationToken& token, Evaluation& result) {
    LinkedTable table(Content::counts);
    const FlowCells all = add_flow(result.flow, result.reasons, arm, table);
    std::vector<FlowCells> cohorts;
    for (Cohort& cohort : result.cohorts) cohorts.push_back(add_flow(cohort.flow, cohort.reasons, arm, table));
    const auto over_cohorts = [&](const auto& totals, const auto cells_of) {
        for (const auto& [key, total] : totals) {
            std::vector<std::size_t> parts;
            for (const FlowCells& cohort : cohorts) {
                const auto& cells = cohort.*cells_of;
                if (const auto found = cells.find(key); found != cells.end()) parts.push_back(found->second);
            }
            table.sum(total, std::move(parts));
        }
    };
    over_cohorts(all.steps, &FlowCells::steps);
    over_cohorts(all.reasons, &FlowCells::reasons);
    return table.protect(result.specification, token, result.disclosure);
}

bool is_hidden(const std::vector<FlowStep>& flow, std::string_view step) {
    return std::any_of(flow.begin(), flow.end(), [&](const FlowStep& entry) {
        return entry.step == step && (entry.firms.treated == hidden_count || entry.firms.control == hidden_count);
    });
}

/// Everything else that repeats the number of matched firms or of all of them.
void hide_followers(const std::vector<FlowStep>& flow, SampleSize& size) {
    if (!is_hidden(flow, "matched")) return;
    size.pairs = size.sets = hidden_count;
    size.ess_treated = size.ess_control = effects::not_available;
}

void hide_cohort_followers(const design::Specification& specification, Cohort& cohort) {
    hide_followers(cohort.flow, cohort.size);
    MatchCheck& check = cohort.check;
    if (is_hidden(cohort.flow, "matched")) {
        check.pairs_checked = check.nearest_checked = check.sets_checked = hidden_count;
    }
    if (std::any_of(cohort.flow.begin(), cohort.flow.end(),
                    [&](const FlowStep& step) { return is_hidden(cohort.flow, step.step); })) {
        check.units_checked = hidden_count;
    }
    for (const FlowStep& step : cohort.flow) {
        if (step.step != "matched") continue;
        // The largest of few distances is one firm's.
        if (std::min(step.firms.treated, step.firms.control) < specification.disclosure.minimum_extremes) {
            cohort.largest_distance = effects::not_available;
        }
        if (step.firms.treated == hidden_count) cohort.mean_distance = effects::not_available;
    }
}

Status protect_overlap(std::int64_t OverlapBin::*count, const CancellationToken& token, Evaluation& result) {
    LinkedTable table(Content::counts);
    std::int64_t& all = result.overlap_total.*count;
    const std::size_t total = table.add_count(all, false, [&all] { all = hidden_count; });
    std::vector<std::size_t> bins;
    for (OverlapBin& bin : result.overlap) {
        std::int64_t& firms = bin.*count;
        bins.push_back(table.add_count(firms, false, [&firms] { firms = hidden_count; }));
    }
    table.sum(total, std::move(bins));
    return table.protect(result.specification, token, result.disclosure);
}

/// A share of firms times their number is a number of firms.
class Shares {
  public:
    Shares(const CancellationToken& token, Evaluation& result) : token_(token), result_(result) {}

    /// Rows with the same covariate are the levels of a factor. `share` of a row, NaN = none.
    template <class Row, class Share, class Hide>
    Status protect(std::vector<Row>& rows, std::int64_t firms, Share share, Hide hide) {
        if (firms <= 0) return {};
        std::map<std::string, std::vector<Row*>> factors;
        for (Row& row : rows) {
            if (std::isfinite(share(row))) factors[row.covariate].push_back(&row);
        }
        for (auto& [covariate, levels] : factors) {
            LinkedTable table(Content::counts);
            std::vector<std::size_t> parts;
            for (Row* row : levels) {
                const std::int64_t count = std::llround(share(*row) * static_cast<double>(firms));
                disclosure::Cell cell;
                cell.value = static_cast<double>(count);
                cell.treated = cell.value;
                cell.control = static_cast<double>(firms - count);
                parts.push_back(table.add(std::move(cell), [row, hide] { hide(*row); }));
            }
            if (levels.size() > 1) table.sum(table.add_known(static_cast<double>(firms)), std::move(parts));
            TWINFIRM_TRY(table.protect(result_.specification, token_, result_.disclosure));
        }
        return {};
    }

  private:
    const CancellationToken& token_;
    Evaluation& result_;
};

ArmCount firms_at(const Evaluation& result, std::string_view step) {
    for (const FlowStep& entry : result.flow) {
        if (entry.step == step) return entry.firms;
    }
    return {};
}

/// `complete` and `matched` are the firms before and after matching.
Status protect_shares(ArmCount complete, ArmCount matched, const CancellationToken& token, Evaluation& result) {
    Shares shares(token, result);
    using balance::BalanceRow;
    using balance::BalanceStatistics;
    const auto protect = [&](BalanceStatistics BalanceRow::*when, double BalanceStatistics::*mean,
                             std::int64_t firms) -> Status {
        const auto share = [=](const BalanceRow& row) {
            return row.type == "binary" ? row.*when.*mean : effects::not_available;
        };
        const auto hide = [](BalanceRow& row) { row.hidden = true; };
        TWINFIRM_TRY(shares.protect(result.balance, firms, share, hide));
        return shares.protect(result.balance_interactions, firms, share, hide);
    };
    TWINFIRM_TRY(protect(&BalanceRow::before, &BalanceStatistics::mean_treated, complete.treated));
    TWINFIRM_TRY(protect(&BalanceRow::before, &BalanceStatistics::mean_control, complete.control));
    TWINFIRM_TRY(protect(&BalanceRow::after, &BalanceStatistics::mean_treated, matched.treated));
    TWINFIRM_TRY(protect(&BalanceRow::after, &BalanceStatistics::mean_control, matched.control));
    for (auto* rows : {&result.balance, &result.balance_interactions}) {
        for (BalanceRow& row : *rows) {
            if (row.hidden) row.before = row.after = {};
        }
    }
    const auto is_share = [&](const RepresentationRow& row) {
        if (!row.level.empty()) return true;
        return std::any_of(result.balance.begin(), result.balance.end(), [&](const BalanceRow& known) {
            return known.covariate == row.covariate && known.type == "binary";
        });
    };
    const auto hide = [](RepresentationRow& row) { row.hidden = true; };
    for (const auto& [mean, firms] : {std::pair{&RepresentationRow::mean_adopters, complete.treated},
                                      std::pair{&RepresentationRow::mean_matched, matched.treated}}) {
        const auto share = [&, mean = mean](const RepresentationRow& row) {
            return is_share(row) ? row.*mean : effects::not_available;
        };
        TWINFIRM_TRY(shares.protect(result.groups.representation, firms, share, hide));
    }
    for (RepresentationRow& row : result.groups.representation) {
        if (row.hidden) row.mean_adopters = row.mean_matched = row.smd = effects::not_available;
    }
    return {};
}

void hide_few(std::int64_t minimum, std::int64_t& count) {
    if (count > 0 && count < minimum) count = hidden_count;
}

/// Counts that stand alone.
void hide_single_counts(const design::Specification& specification, Evaluation& result) {
    const std::int64_t minimum = specification.minimum_cell;
    const auto few = [&](std::int64_t count) { return count > 0 && count < minimum; };
    hide_few(minimum, result.data.adopters_outside_window);
    hide_few(minimum, result.data.survey_respondents);
    hide_few(minimum, result.groups.adopters_unmatched);
    for (MarginRow& row : result.groups.margins) {
        const std::int64_t firms = row.effect.effect.n_treated;
        if (few(row.zero_bases) || few(firms - row.zero_bases)) row.zero_bases = hidden_count;
        if (row.measure != "extensive") continue;
        const auto tells = [&](double share, std::int64_t of) {
            const std::int64_t count = std::llround(share * static_cast<double>(of));
            return few(count) || few(of - count);
        };
        if (tells(row.treated_base, firms) || tells(row.treated_after, firms) ||
            tells(row.control_base, row.effect.effect.n_control) ||
            tells(row.control_after, row.effect.effect.n_control)) {
            row.treated_base = row.treated_after = row.control_base = row.control_after = effects::not_available;
        }
    }
    ControlPoolSummary& pool = result.over_time.pool;
    for (std::int64_t* count : {&pool.never, &pool.later, &pool.repeated, &pool.repeated_in_window}) {
        hide_few(minimum, *count);
    }
    for (ResponseRow& row : result.over_time.responses) {
        if (row.answered >= specification.disclosure.minimum_extremes) continue;
        row.bound_low = row.bound_high = effects::not_available;  // made of percentiles
    }
}

}  // namespace

Status protect_sample(const CancellationToken& token, Evaluation& result) {
    const ArmCount complete = firms_at(result, "complete");
    const ArmCount matched = firms_at(result, "matched");
    TWINFIRM_TRY(protect_shares(complete, matched, token, result));
    TWINFIRM_TRY(protect_flow(&ArmCount::treated, token, result));
    TWINFIRM_TRY(protect_flow(&ArmCount::control, token, result));
    for (const auto count : {&OverlapBin::treated_matched, &OverlapBin::treated_unmatched, &OverlapBin::control_matched,
                             &OverlapBin::control_unmatched}) {
        TWINFIRM_TRY(protect_overlap(count, token, result));
    }
    if (!result.specification.disclosure.enabled) return {};
    hide_followers(result.flow, result.size);
    for (Cohort& cohort : result.cohorts) hide_cohort_followers(result.specification, cohort);
    hide_single_counts(result.specification, result);
    return {};
}

}  // namespace twinfirm::evaluation
