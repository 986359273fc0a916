// SPDX-License-Identifier: GPL-3.0-or-later
#include "staggered_study.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include "study_matching.h"
#include "timed_effects.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/effects/matched_path.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/effects/staggered_did.h"
#include "twinfirm/evaluation/cohort_frame.h"

namespace twinfirm::evaluation {

namespace {

effects::StaggeredOptions options_of(const design::Specification& specification, unsigned threads) {
    const design::StaggeredSettings& settings = specification.staggered;
    effects::StaggeredOptions options;
    options.control =
        settings.control == design::StaggeredControl::never ? effects::DidControl::never : effects::DidControl::not_yet;
    switch (settings.estimator) {
        case design::StaggeredEstimator::doubly_robust:
            options.estimator = effects::DidEstimator::doubly_robust;
            break;
        case design::StaggeredEstimator::regression:
            options.estimator = effects::DidEstimator::regression;
            break;
        case design::StaggeredEstimator::ipw:
            options.estimator = effects::DidEstimator::ipw;
            break;
    }
    options.base =
        settings.base == design::StaggeredBase::varying ? effects::BasePeriod::varying : effects::BasePeriod::universal;
    options.use =
        settings.panel == design::StaggeredPanelUse::pairs ? effects::PanelUse::pairs : effects::PanelUse::balanced;
    options.anticipation = settings.anticipation;
    options.confidence = specification.confidence_level;
    options.threads = threads;
    return options;
}

/// A column over firms and years, year by year.
Result<stats::Column> long_column(const std::string& name, const design::Specification& specification,
                                  const stats::Panel& panel) {
    std::vector<std::size_t> firms(panel.firms());
    std::iota(firms.begin(), firms.end(), std::size_t{0});
    std::vector<double> values;
    std::vector<std::int32_t> codes;
    std::vector<std::string> levels;
    stats::ColumnKind kind = stats::ColumnKind::number;
    for (int year = panel.first_year(); year <= panel.last_year(); ++year) {
        const auto column = base_year_column(name, panel, specification, year + 1, firms);
        if (!column) return column;
        kind = column->kind();
        if (kind == stats::ColumnKind::number) {
            values.insert(values.end(), column->values().begin(), column->values().end());
        } else {
            levels = column->levels();
            codes.insert(codes.end(), column->codes().begin(), column->codes().end());
        }
    }
    if (kind == stats::ColumnKind::number) return stats::Column::numbers(name, std::move(values));
    return stats::Column::categories(name, std::move(levels), std::move(codes));
}

/// Firms x years of adoption, weights, clusters and covariates: what all outcomes share.
class SharedPanel {
  public:
    static Result<SharedPanel> make(const design::Specification& specification, const stats::Panel& panel) {
        SharedPanel shared;
        shared.panel_.firms = panel.firms();
        for (int year = panel.first_year(); year <= panel.last_year(); ++year) shared.panel_.times.push_back(year);
        shared.panel_.first_treated = panel.adoption_year;
        const std::size_t cells = panel.firms() * panel.years();
        shared.usable_.assign(cells, 1);
        TWINFIRM_TRY(shared.add_covariates(specification, panel));
        TWINFIRM_TRY(shared.add_weights(specification, panel));
        TWINFIRM_TRY(shared.add_clusters(specification, panel));
        return shared;
    }

    /// All but an outcome.
    [[nodiscard]] effects::StaggeredPanel& panel() { return panel_; }
    [[nodiscard]] bool has_covariates() const { return panel_.covariates.x.size() > 0; }

    void put(const design::Outcome& outcome, const stats::Panel& panel, effects::StaggeredPanel& into) const {
        const std::span<const double> values = panel.values(outcome.variable);
        const bool log = outcome.metric == design::ChangeMetric::percent;
        into.outcome.assign(values.size(), effects::not_available);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (usable_[i] == 0) continue;
            if (!log) {
                into.outcome[i] = values[i];
            } else if (values[i] > 0) {
                into.outcome[i] = std::log(values[i]);
            }
        }
    }

  private:
    Status add_covariates(const design::Specification& specification, const stats::Panel& panel) {
        design::Specification of_terms = specification;
        if (!specification.staggered.score_covariates) of_terms.covariates.clear();
        of_terms.covariates.insert(of_terms.covariates.end(), specification.staggered.covariates.begin(),
                                   specification.staggered.covariates.end());
        const auto terms = score_terms(of_terms);
        if (!terms) return tl::unexpected(terms.error());
        if (terms->empty()) return {};
        std::set<std::string> names;
        for (const stats::Term& term : *terms) {
            for (const stats::Factor& factor : term.factors) names.insert(factor.column);
        }
        stats::Frame frame(panel.firms() * panel.years());
        for (const std::string& name : names) {
            auto column = long_column(name, specification, panel);
            if (!column) return tl::unexpected(column.error());
            frame.add(std::move(*column));
        }
        auto design = stats::build_design_matrix(frame, *terms);
        if (!design) return tl::unexpected(design.error());
        panel_.covariates = std::move(*design);
        panel_.covariate_row.assign(frame.rows(), -1);
        std::fill(usable_.begin(), usable_.end(), std::uint8_t{0});
        for (std::size_t i = 0; i < panel_.covariates.rows.size(); ++i) {
            const std::size_t row = panel_.covariates.rows[i];  // year by year
            const std::size_t place = panel_.at(row % panel.firms(), row / panel.firms());
            panel_.covariate_row[place] = static_cast<std::int32_t>(i);
            usable_[place] = 1;
        }
        return {};
    }

    Status add_weights(const design::Specification& specification, const stats::Panel& panel) {
        const std::string& name = specification.staggered.weights;
        if (name.empty()) return {};
        const auto column = long_column(name, specification, panel);
        if (!column) return tl::unexpected(column.error());
        if (column->kind() != stats::ColumnKind::number) {
            return fail(ErrorKind::usage, "variable_not_numeric", {{"name", name}});
        }
        panel_.weight.assign(usable_.size(), 0);
        for (std::size_t row = 0; row < column->size(); ++row) {
            const std::size_t place = panel_.at(row % panel.firms(), row / panel.firms());
            const double weight = column->values()[row];
            if (weight >= 0 && std::isfinite(weight)) {
                panel_.weight[place] = weight;
            } else {
                usable_[place] = 0;
            }
        }
        return {};
    }

    Status add_clusters(const design::Specification& specification, const stats::Panel& panel) {
        const std::string& name = specification.staggered.clusters;
        if (name.empty()) return {};
        const stats::Column* column = panel.attributes().find(name == "region" ? "sido" : name);
        if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
        std::vector<double> distinct;
        if (column->kind() == stats::ColumnKind::number) {
            for (const double value : column->values()) {
                if (!std::isnan(value)) distinct.push_back(value);
            }
            std::sort(distinct.begin(), distinct.end());
            distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        }
        auto own = static_cast<std::int32_t>(distinct.size() + column->levels().size());
        for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
            if (column->missing(firm)) {
                panel_.cluster.push_back(own++);  // a firm whose cluster is not known is one of its own
            } else if (column->kind() == stats::ColumnKind::category) {
                panel_.cluster.push_back(column->codes()[firm]);
            } else {
                const auto place = std::lower_bound(distinct.begin(), distinct.end(), column->values()[firm]);
                panel_.cluster.push_back(static_cast<std::int32_t>(place - distinct.begin()));
            }
        }
        return {};
    }

    effects::StaggeredPanel panel_;
    std::vector<std::uint8_t> usable_;  // firms x years with weight and covariates
};

class OutcomeEstimation {
  public:
    OutcomeEstimation(const design::Specification& specification, const effects::StaggeredOptions& options,
                      const CancellationToken& token)
        : specification_(specification), options_(options), token_(token) {}

    Status run(const effects::StaggeredPanel& panel, StaggeredOutcome& result) const {
        auto did = effects::estimate_staggered_did(panel, options_, token_);
        if (!did) return tl::unexpected(did.error());
        result.firms = static_cast<std::int64_t>(did->firms);
        result.clusters = static_cast<std::int64_t>(did->clusters);
        result.messages.insert(result.messages.end(), did->messages.begin(), did->messages.end());
        const auto draws = multipliers(*did);
        if (!draws) return tl::unexpected(draws.error());
        add_effects(*did, *draws, result);
        std::optional<int> balance;
        if (specification_.staggered.balance >= 0) balance = specification_.staggered.balance;
        for (const effects::DidAggregation kind : {effects::DidAggregation::simple, effects::DidAggregation::dynamic,
                                                   effects::DidAggregation::group, effects::DidAggregation::calendar}) {
            const auto aggregate = effects::aggregate_did(*did, kind, balance);
            if (!aggregate) return tl::unexpected(aggregate.error());
            result.aggregates.push_back(shown(*did, *aggregate, *draws));
            if (kind == effects::DidAggregation::dynamic && specification_.over_time.tests) {
                result.tests = path_tests(*did, *aggregate, specification_.over_time.magnitudes);
            }
        }
        return {};
    }

    /// The mean effect after a pseudo-adoption.
    Status placebo(const effects::StaggeredPanel& panel, PlaceboRow& row) const {
        effects::StaggeredOptions options = options_;
        options.use = effects::PanelUse::pairs;  // the years of real adoption are gaps
        const auto did = effects::estimate_staggered_did(effects::placebo_panel(panel, row.years), options, token_);
        if (!did) return tl::unexpected(did.error());
        const auto simple = effects::aggregate_did(*did, effects::DidAggregation::simple);
        if (!simple) return tl::unexpected(simple.error());
        row.effect = timed_effect(*did, simple->overall, nullptr, 0);
        return {};
    }

  private:
    /// Random signs where clusters are few enough for their kind to matter. With normal multipliers the draws are
    /// normal with the influences' covariance, exactly: for a whole register they are made from that at once.
    [[nodiscard]] Result<effects::MultiplierDraws> multipliers(const effects::StaggeredDid& did) const {
        constexpr std::size_t many = 20000;
        const auto draws = static_cast<std::size_t>(specification_.staggered.draws);
        if (did.clusters > many) return effects::normal_draws(did.covariance, draws, specification_.seed);
        return effects::draw_multipliers(did, draws, specification_.seed, options_.threads, token_);
    }

    void add_effects(const effects::StaggeredDid& did, const effects::MultiplierDraws& draws,
                     StaggeredOutcome& result) const {
        const std::vector<effects::DidEstimate> estimates = effects::group_time_estimates(did);
        const effects::UniformBand band = effects::uniform_band(draws, estimates, specification_.confidence_level);
        for (std::size_t i = 0; i < estimates.size(); ++i) {
            const effects::GroupTimeEffect& cell = did.effects[i];
            GroupTime entry{cell.group, cell.time, cell.reference, timed_effect(did, estimates[i], &band, i)};
            entry.effect.n_control = cell.n_control;
            result.effects.push_back(entry);
        }
    }

    [[nodiscard]] TimedAggregate shown(const effects::StaggeredDid& did, const effects::AggregatedDid& aggregate,
                                       const effects::MultiplierDraws& draws) const {
        TimedAggregate entry;
        entry.kind = effects::aggregation_code(aggregate.kind);
        entry.left_out = aggregate.left_out;
        const effects::UniformBand band = effects::uniform_band(draws, aggregate.by, specification_.confidence_level);
        entry.critical = band.critical;
        entry.overall = timed_effect(did, aggregate.overall, nullptr, 0);
        for (std::size_t i = 0; i < aggregate.by.size(); ++i) {
            entry.by.push_back(timed_effect(did, aggregate.by[i], &band, i));
        }
        return entry;
    }

    const design::Specification& specification_;
    const effects::StaggeredOptions& options_;
    const CancellationToken& token_;
};

/// An error of the data is a remark on the outcome; one of the specification, or the user's wish to stop, is not.
Status keep(const Status& status, Messages& messages) {
    if (status || status.error().kind != ErrorKind::statistics) return status;
    messages.push_back({status.error().code, Severity::warning, status.error().arguments, 0});
    return {};
}

/// What one outcome adds.
struct OutcomePart {
    const design::Outcome* outcome;
    StaggeredOutcome entry;
    std::optional<PlaceboRow> placebo;
    Status done;
};

Status estimate(const OutcomeEstimation& estimation, const effects::StaggeredPanel& panel, int placebo_years,
                OutcomePart& part) {
    part.entry.messages = panel.messages;
    TWINFIRM_TRY(keep(estimation.run(panel, part.entry), part.entry.messages));
    if (placebo_years == 0 || part.entry.aggregates.empty()) return {};
    part.placebo = PlaceboRow{"pseudo_adoption", "staggered", part.outcome->key, placebo_years, {}, {}};
    return keep(estimation.placebo(panel, *part.placebo), part.placebo->messages);
}

}  // namespace

Status add_staggered(const design::Specification& specification, const stats::Panel& panel, unsigned threads,
                     const CancellationToken& token, OverTime& result) {
    if (!specification.staggered.enabled) return {};
    auto shared = SharedPanel::make(specification, panel);
    if (!shared) return tl::unexpected(shared.error());
    std::vector<OutcomePart> parts;
    for (const design::Outcome& outcome : specification.outcomes) {
        if (!design::is_followed(specification.over_time, outcome)) continue;
        if (outcome.metric != design::ChangeMetric::per_hundred && !panel.has(outcome.variable)) {
            return fail(ErrorKind::usage, "variable_unknown", {{"name", outcome.variable}});
        }
        parts.push_back({&outcome, {}, {}, {}});
        parts.back().entry.outcome = outcome.key;
    }
    // A design matrix of all firms and years is too large to have one a thread: its outcomes follow each other.
    const bool side_by_side = !shared->has_covariates() && parts.size() > 1;
    const effects::StaggeredOptions options = options_of(specification, side_by_side ? 1 : threads);
    const OutcomeEstimation estimation(specification, options, token);
    parallel_chunks(parts.size(), 1, side_by_side ? threads : 1, [&](std::size_t i, std::size_t) {
        OutcomePart& part = parts[i];
        if (part.outcome->metric == design::ChangeMetric::per_hundred) {
            part.entry.messages.push_back({"staggered_rate_left_out", Severity::info, {}, 0});
            return;
        }
        part.done = token.check();
        if (!part.done) return;
        std::optional<effects::StaggeredPanel> own;
        effects::StaggeredPanel& with = side_by_side ? own.emplace(shared->panel()) : shared->panel();
        shared->put(*part.outcome, panel, with);
        part.done = estimate(estimation, with, specification.over_time.placebo_years, part);
    });
    for (OutcomePart& part : parts) {
        TWINFIRM_TRY(std::move(part.done));
        if (part.placebo) result.placebos.push_back(std::move(*part.placebo));
        result.staggered.push_back(std::move(part.entry));
    }
    return {};
}

}  // namespace twinfirm::evaluation
