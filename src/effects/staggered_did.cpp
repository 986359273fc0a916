// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/staggered_did.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <span>

#include "twinfirm/base/parallel.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

/// What one ATT(g,t) compares: places of two years and the firms of both arms.
struct Cell {
    std::size_t group = 0;  ///< place among the groups
    std::size_t time = 0;   ///< place among the panel's years
    std::size_t base = 0;
    bool reference = false;
};

struct CellResult {
    TwoPeriodEffect effect;
    std::vector<std::uint32_t> firms;
    std::optional<Error> error;
    Messages messages;
    std::int64_t trimmed = 0;
};

class Estimation {
  public:
    Estimation(const StaggeredPanel& panel, const StaggeredOptions& options) : panel_(panel), options_(options) {}

    Result<StaggeredDid> run(const CancellationToken& token) {
        TWINFIRM_TRY(choose_firms());
        TWINFIRM_TRY(choose_groups());
        list_cells();
        put_years_apart();
        const std::size_t cells = cells_.size();
        results_.resize(cells);
        // A group's cells share firms and covariates: one piece of work.
        parallel_chunks(result_.groups.size(), 1, options_.threads, [&](std::size_t begin, std::size_t end) {
            for (std::size_t group = begin; group < end; ++group) estimate_group(group, token);
        });
        TWINFIRM_TRY(token.check());
        TWINFIRM_TRY(gather());
        return std::move(result_);
    }

  private:
    [[nodiscard]] int last_year() const { return panel_.times[last_]; }

    [[nodiscard]] bool never(std::size_t firm) const {
        const int group = panel_.first_treated[firm];
        return group == 0 || group > last_year() + options_.anticipation;
    }

    [[nodiscard]] bool complete(std::size_t firm) const {
        for (std::size_t time = 0; time <= last_; ++time)
            if (!panel_.observed(firm, time)) return false;
        return true;
    }

    [[nodiscard]] bool anything(std::size_t firm) const {
        for (std::size_t time = 0; time <= last_; ++time)
            if (panel_.observed(firm, time)) return true;
        return false;
    }

    Status choose_firms() {
        if (panel_.times.size() < 2) return fail(ErrorKind::statistics, "did_one_year");
        last_ = panel_.times.size() - 1;
        const int first = panel_.times.front() + options_.anticipation;
        std::int64_t from_start = 0;
        std::vector<std::uint32_t> candidates;
        bool has_never = false;
        int last_group = 0;
        for (std::size_t firm = 0; firm < panel_.firms; ++firm) {
            const int group = panel_.first_treated[firm];
            if (group != 0 && group <= first) {
                ++from_start;
                continue;
            }
            candidates.push_back(static_cast<std::uint32_t>(firm));
            has_never = has_never || never(firm);
            last_group = std::max(last_group, group);
        }
        if (from_start > 0) warn("did_treated_from_start", {}, from_start);
        if (!has_never) {
            if (options_.control == DidControl::never) return fail(ErrorKind::statistics, "did_no_never_treated");
            // Years in which the last group has not adopted yet (nor reacts).
            while (last_ > 0 && panel_.times[last_] >= last_group - options_.anticipation) --last_;
            if (last_ == 0) return fail(ErrorKind::statistics, "did_no_never_treated");
            warn("did_last_group_as_control", {{"group", std::to_string(last_group)}}, 0);
        }
        std::int64_t with_gaps = 0;
        for (const std::uint32_t firm : candidates) {
            if (options_.use == PanelUse::balanced ? complete(firm) : anything(firm)) {
                firms_.push_back(firm);
            } else {
                ++with_gaps;
            }
        }
        if (with_gaps > 0) warn("did_unbalanced", {}, with_gaps);
        result_.firms = firms_.size();
        result_.times.assign(panel_.times.begin(), panel_.times.begin() + static_cast<std::ptrdiff_t>(last_) + 1);
        result_.anticipation = options_.anticipation;
        result_.confidence = options_.confidence;
        return {};
    }

    /// The weight of a firm in the group shares: that of its first year.
    [[nodiscard]] double share_weight(std::size_t firm) const {
        if (panel_.weight.empty()) return 1;
        for (std::size_t time = 0; time <= last_; ++time)
            if (panel_.observed(firm, time)) return panel_.weight[panel_.at(firm, time)];
        return 0;
    }

    Status choose_groups() {
        std::map<int, std::pair<std::int64_t, double>> members;
        double total = 0;
        for (const std::uint32_t firm : firms_) {
            total += share_weight(firm);
            const int group = panel_.first_treated[firm];
            if (group == 0 || group > last_year()) continue;
            ++members[group].first;
            members[group].second += share_weight(firm);
        }
        if (members.empty()) return fail(ErrorKind::statistics, "did_no_groups");
        const auto covariates = static_cast<std::int64_t>(panel_.covariates.terms.size());
        for (const auto& [group, member] : members) {
            if (member.first < 2) {
                return fail(ErrorKind::statistics, "did_group_too_small",
                            {{"group", std::to_string(group)}, {"firms", std::to_string(member.first)}});
            }
            if (member.first < std::max<std::int64_t>(covariates, 1) + 5) {
                warn("did_small_group", {{"group", std::to_string(group)}}, member.first);
            }
            result_.groups.push_back(group);
            result_.group_share.push_back(member.second / total);
        }
        mean_weight_ = total / static_cast<double>(firms_.size());
        return {};
    }

    void list_cells() {
        const bool universal = options_.base == BasePeriod::universal;
        for (std::size_t g = 0; g < result_.groups.size(); ++g) {
            const int group = result_.groups[g];
            std::size_t before = 0;
            while (before + 1 <= last_ && panel_.times[before + 1] + options_.anticipation < group) ++before;
            for (std::size_t time = universal ? 0 : 1; time <= last_; ++time) {
                const bool post = panel_.times[time] >= group;
                const std::size_t base = universal || post ? before : time - 1;
                cells_.push_back({g, time, base, base == time});
            }
        }
    }

    /// Year by year, so that a cell reads two rows and not a corner of every firm's.
    void put_years_apart() {
        of_year_.resize(panel_.outcome.size());
        for (std::size_t firm = 0; firm < panel_.firms; ++firm) {
            for (std::size_t time = 0; time < panel_.times.size(); ++time) {
                of_year_[time * panel_.firms + firm] = panel_.outcome[panel_.at(firm, time)];
            }
        }
    }

    [[nodiscard]] std::span<const double> year(std::size_t time) const {
        return std::span(of_year_).subspan(time * panel_.firms, panel_.firms);
    }

    [[nodiscard]] bool is_control(std::size_t firm, const Cell& cell) const {
        if (never(firm)) return true;
        if (options_.control == DidControl::never) return false;
        const int group = panel_.first_treated[firm];
        const int latest = panel_.times[std::max(cell.time, cell.base)];
        return group > latest + options_.anticipation && group != result_.groups[cell.group];
    }

    /// Estimates the cells of one group; cells in a row with the same firms and covariates share their score.
    void estimate_group(std::size_t group, const CancellationToken& token) {
        std::vector<std::uint32_t> candidates;
        for (const std::uint32_t firm : firms_) {
            const bool ever_control = never(firm) || options_.control == DidControl::not_yet;
            if (ever_control || panel_.first_treated[firm] == result_.groups[group]) candidates.push_back(firm);
        }
        std::optional<TwoPeriodDid> did;
        std::optional<Error> did_error;
        std::vector<std::uint32_t> firms_before;
        std::size_t covariates_before = std::numeric_limits<std::size_t>::max();
        for (std::size_t c = 0; c < cells_.size(); ++c) {
            const Cell& cell = cells_[c];
            if (cell.group != group || cell.reference) continue;
            if (!token.check()) return;
            CellResult& result = results_[c];
            const std::span<const double> now = year(cell.time);
            const std::span<const double> then = year(cell.base);
            result.firms.reserve(candidates.size());
            for (const std::uint32_t firm : candidates) {
                if (std::isnan(now[firm]) || std::isnan(then[firm])) continue;
                const bool adopter = panel_.first_treated[firm] == result_.groups[group];
                if (adopter || is_control(firm, cell)) result.firms.push_back(firm);
            }
            const std::size_t earlier = std::min(cell.time, cell.base);
            if (earlier != covariates_before || result.firms != firms_before) {
                did.reset();
                did_error.reset();
                auto prepared = prepare(result.firms, group, earlier);
                if (prepared) {
                    did = std::move(*prepared);
                } else {
                    did_error = prepared.error();
                }
                covariates_before = earlier;
                firms_before = result.firms;
            }
            if (!did) {
                result.error = did_error;
                continue;
            }
            std::vector<double> change;
            change.reserve(result.firms.size());
            for (const std::uint32_t firm : result.firms) change.push_back(now[firm] - then[firm]);
            auto effect = did->effect(change);
            result.messages = did->messages();
            result.trimmed = did->trimmed();
            if (effect) {
                result.effect = std::move(*effect);
            } else {
                result.error = effect.error();
            }
        }
    }

    [[nodiscard]] Result<TwoPeriodDid> prepare(const std::vector<std::uint32_t>& firms, std::size_t group,
                                               std::size_t time) const {
        std::vector<std::uint8_t> treated;
        std::vector<double> weights;
        stats::DesignMatrix design;
        const Eigen::Index columns = panel_.covariates.x.cols();
        design.terms = panel_.covariates.terms;
        design.columns = panel_.covariates.columns;
        design.x.resize(static_cast<Eigen::Index>(firms.size()), columns);
        treated.reserve(firms.size());
        design.rows.reserve(firms.size());
        for (std::size_t i = 0; i < firms.size(); ++i) {
            const std::size_t at = panel_.at(firms[i], time);
            treated.push_back(panel_.first_treated[firms[i]] == result_.groups[group] ? 1 : 0);
            if (!panel_.weight.empty()) weights.push_back(panel_.weight[at]);
            if (columns > 0)
                design.x.row(static_cast<Eigen::Index>(i)) = panel_.covariates.x.row(panel_.covariate_row[at]);
            design.rows.push_back(i);
        }
        return TwoPeriodDid::prepare(std::move(design), std::move(treated), std::move(weights), options_.estimator);
    }

    Status gather() {
        const std::size_t columns = cells_.size() + result_.groups.size();
        number_clusters();
        result_.influence.assign(result_.clusters * columns, 0);
        std::optional<Error> first_error;
        bool any = false;
        std::int64_t trimmed = 0;
        for (std::size_t c = 0; c < cells_.size(); ++c) {
            const Cell& cell = cells_[c];
            CellResult& estimated = results_[c];
            GroupTimeEffect effect;
            effect.group = result_.groups[cell.group];
            effect.time = panel_.times[cell.time];
            effect.reference = cell.reference;
            if (cell.reference) effect.att = 0;
            if (estimated.error) {
                if (!first_error) first_error = estimated.error;
                warn("did_not_estimable",
                     {{"group", std::to_string(effect.group)}, {"time", std::to_string(effect.time)}}, 0);
                add_once({estimated.error->code, Severity::warning, estimated.error->arguments, 0});
            } else if (!cell.reference) {
                any = true;
                effect.att = estimated.effect.att;
                effect.n_treated = estimated.effect.treated;
                effect.n_control = estimated.effect.control;
                double* column = result_.influence.data() + c * result_.clusters;
                for (std::size_t i = 0; i < estimated.firms.size(); ++i)
                    column[cluster_of_[estimated.firms[i]]] += estimated.effect.influence[i];
                trimmed = std::max(trimmed, estimated.trimmed);
                for (const Message& message : estimated.messages) add_once(message);
            }
            estimated = {};
            result_.effects.push_back(effect);
        }
        if (!any) {
            if (first_error) return tl::unexpected(*first_error);
            return fail(ErrorKind::statistics, "did_no_groups");
        }
        if (trimmed > 0) warn("did_trimmed", {}, trimmed);
        // The constant part -P(G = g) of each firm's influence on the shares drops out of every aggregate.
        for (const std::uint32_t firm : firms_) {
            const auto place =
                std::lower_bound(result_.groups.begin(), result_.groups.end(), panel_.first_treated[firm]);
            if (place == result_.groups.end() || *place != panel_.first_treated[firm]) continue;
            const std::size_t column = cells_.size() + static_cast<std::size_t>(place - result_.groups.begin());
            result_.influence[column * result_.clusters + cluster_of_[firm]] +=
                share_weight(firm) / mean_weight_ / static_cast<double>(firms_.size());
        }
        const Eigen::Map<const Eigen::MatrixXd> influence(
            result_.influence.data(), static_cast<Eigen::Index>(result_.clusters), static_cast<Eigen::Index>(columns));
        result_.covariance.resize(columns * columns);
        Eigen::Map<Eigen::MatrixXd>(result_.covariance.data(), influence.cols(), influence.cols()).noalias() =
            influence.transpose() * influence;
        set_intervals();
        if (result_.clusters < 20) warn("few_clusters", {}, static_cast<std::int64_t>(result_.clusters));
        return {};
    }

    /// Clusters of the firms in use, from 0 in the order of the panel's.
    void number_clusters() {
        cluster_of_.assign(panel_.firms, 0);
        if (panel_.cluster.empty()) {
            for (std::size_t i = 0; i < firms_.size(); ++i) cluster_of_[firms_[i]] = static_cast<std::uint32_t>(i);
            result_.clusters = firms_.size();
            return;
        }
        std::vector<std::int32_t> used;
        for (const std::uint32_t firm : firms_) used.push_back(panel_.cluster[firm]);
        std::sort(used.begin(), used.end());
        used.erase(std::unique(used.begin(), used.end()), used.end());
        for (const std::uint32_t firm : firms_) {
            const auto place = std::lower_bound(used.begin(), used.end(), panel_.cluster[firm]) - used.begin();
            cluster_of_[firm] = static_cast<std::uint32_t>(place);
        }
        result_.clusters = used.size();
    }

    void set_intervals() {
        const double z = stats::normal_quantile((1 + options_.confidence) / 2);
        const std::size_t columns = result_.parameters();
        for (std::size_t c = 0; c < result_.effects.size(); ++c) {
            GroupTimeEffect& effect = result_.effects[c];
            const double variance = result_.covariance[c * columns + c];
            if (effect.reference || std::isnan(effect.att) || !(variance > 0)) continue;
            effect.std_error = std::sqrt(variance);
            effect.ci_low = effect.att - z * effect.std_error;
            effect.ci_high = effect.att + z * effect.std_error;
        }
    }

    void warn(const char* code, MessageArguments arguments, std::int64_t count) {
        result_.messages.push_back({code, Severity::warning, std::move(arguments), count});
    }

    void add_once(const Message& message) {
        const auto& all = result_.messages;
        if (std::find(all.begin(), all.end(), message) == all.end()) result_.messages.push_back(message);
    }

    const StaggeredPanel& panel_;
    const StaggeredOptions& options_;
    StaggeredDid result_;
    std::size_t last_ = 0;  ///< place of the last year used
    std::vector<std::uint32_t> firms_;
    std::vector<std::uint32_t> cluster_of_;
    double mean_weight_ = 1;
    std::vector<double> of_year_;  // outcomes, times x firms
    std::vector<Cell> cells_;
    std::vector<CellResult> results_;
};

}  // namespace

Result<StaggeredDid> estimate_staggered_did(const StaggeredPanel& panel, const StaggeredOptions& options,
                                            const CancellationToken& token) {
    return Estimation(panel, options).run(token);
}

StaggeredPanel placebo_panel(const StaggeredPanel& panel, int years) {
    StaggeredPanel placebo = panel;
    for (std::size_t firm = 0; firm < panel.firms; ++firm) {
        const int group = panel.first_treated[firm];
        if (group == 0) continue;
        placebo.first_treated[firm] = group - years;
        for (std::size_t time = 0; time < panel.times.size(); ++time)
            if (panel.times[time] >= group) placebo.outcome[panel.at(firm, time)] = not_available;
    }
    return placebo;
}

}  // namespace twinfirm::effects
