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

std::int64_t at_step(const std::vector<FlowStep>& flow, std::string_view step, std::int64_t ArmCount::*arm) {
    for (const FlowStep& entry : flow) {
        if (entry.step == step) return entry.firms.*arm;
    }
    return 0;
}

/// Firms at each step, cohort by cohort.
Status protect_steps(std::int64_t ArmCount::*arm, const CancellationToken& token, Evaluation& result) {
    LinkedTable table(Content::counts);
    const auto add = [&](std::int64_t& count) {
        return table.add_count(count, false, [&count] { count = hidden_count; });
    };
    for (FlowStep& step : result.flow) {
        const std::size_t total = add(step.firms.*arm);
        std::vector<std::size_t> parts;
        for (Cohort& cohort : result.cohorts) {
            for (FlowStep& own : cohort.flow) {
                if (own.step == step.step) parts.push_back(add(own.firms.*arm));
            }
        }
        table.sum(total, std::move(parts));
    }
    return table.protect(result.specification, token, result.disclosure);
}

/// Why firms were lost. How many a step lost follows from the flow, so that a single reason of a step is no secret; the
/// true numbers of hidden ones are kept in `hidden`, one list a cohort.
Status protect_reasons(std::int64_t ArmCount::*arm, const CancellationToken& token,
                       std::vector<std::vector<std::int64_t>>& hidden, Evaluation& result) {
    LinkedTable table(Content::counts);
    std::vector<std::int64_t> of_all;
    const auto add = [&](const std::vector<FlowStep>& flow, std::vector<ReasonCount>& reasons,
                         std::vector<std::int64_t>& list) {
        std::map<Reason, std::size_t> cells;
        std::map<std::string_view, std::vector<std::size_t>> by_step;
        for (ReasonCount& reason : reasons) {
            if (reason.reason == Reason::matched) continue;
            std::int64_t& count = reason.firms.*arm;
            const std::size_t cell = table.add_count(count, false, [&count, &list] {
                list.push_back(count);
                count = hidden_count;
            });
            cells[reason.reason] = cell;
            if (count > 0) by_step[lost_before(reason.reason)].push_back(cell);
        }
        for (std::size_t i = 0; i + 1 < flow.size(); ++i) {
            const auto lost = by_step.find(flow[i + 1].step);
            if (lost == by_step.end() || lost->second.size() < 2) continue;
            const std::int64_t loss = flow[i].firms.*arm - flow[i + 1].firms.*arm;
            if (loss < result.specification.minimum_cell) continue;
            table.sum(table.add_known(static_cast<double>(loss)), lost->second);
        }
        return cells;
    };
    const auto totals = add(result.flow, result.reasons, of_all);
    std::map<Reason, std::vector<std::size_t>> parts;
    hidden.resize(result.cohorts.size());
    for (std::size_t i = 0; i < result.cohorts.size(); ++i) {
        Cohort& cohort = result.cohorts[i];
        for (const auto& [reason, cell] : add(cohort.flow, cohort.reasons, hidden[i])) parts[reason].push_back(cell);
    }
    for (const auto& [reason, total] : totals) table.sum(total, parts[reason]);
    return table.protect(result.specification, token, result.disclosure);
}

/// The reason `matched` is the last step.
void repeat_matched(const std::vector<FlowStep>& flow, std::vector<ReasonCount>& reasons) {
    for (ReasonCount& reason : reasons) {
        if (reason.reason != Reason::matched) continue;
        for (const auto arm : {&ArmCount::treated, &ArmCount::control}) {
            if (at_step(flow, "matched", arm) == hidden_count) reason.firms.*arm = hidden_count;
        }
    }
}

bool is_whole_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Messages of the matching tell the reasons in other words.
void hide_in_messages(const std::vector<std::int64_t>& hidden, Messages& messages) {
    const auto is_hidden = [&](std::int64_t count) {
        return std::find(hidden.begin(), hidden.end(), count) != hidden.end();
    };
    for (Message& message : messages) {
        if (message.count > 0 && is_hidden(message.count)) message.count = hidden_count;
        for (auto& [name, value] : message.arguments) {
            if (is_whole_number(value) && value.size() < 10 && is_hidden(std::stoll(value))) value.assign(1, 'X');
        }
    }
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
    for (const auto arm : {&ArmCount::treated, &ArmCount::control}) {
        std::vector<std::vector<std::int64_t>> hidden;
        TWINFIRM_TRY(protect_reasons(arm, token, hidden, result));
        for (std::size_t i = 0; i < hidden.size(); ++i) hide_in_messages(hidden[i], result.cohorts[i].messages);
        TWINFIRM_TRY(protect_steps(arm, token, result));
    }
    for (const auto count : {&OverlapBin::treated_matched, &OverlapBin::treated_unmatched, &OverlapBin::control_matched,
                             &OverlapBin::control_unmatched}) {
        TWINFIRM_TRY(protect_overlap(count, token, result));
    }
    if (!result.specification.disclosure.enabled) return {};
    hide_followers(result.flow, result.size);
    repeat_matched(result.flow, result.reasons);
    for (Cohort& cohort : result.cohorts) repeat_matched(cohort.flow, cohort.reasons);
    for (Cohort& cohort : result.cohorts) hide_cohort_followers(result.specification, cohort);
    hide_single_counts(result.specification, result);
    return {};
}

}  // namespace twinfirm::evaluation
