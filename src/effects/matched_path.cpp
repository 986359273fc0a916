// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/matched_path.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

/// Sum over clusters of the outer product of the sums of the influences; `key` names each observation's cluster.
Eigen::MatrixXd cluster_products(const Eigen::MatrixXd& influence, const std::vector<std::int64_t>& key) {
    std::vector<std::size_t> order(key.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return std::pair(key[a], a) < std::pair(key[b], b); });
    Eigen::MatrixXd products = Eigen::MatrixXd::Zero(influence.rows(), influence.rows());
    for (std::size_t i = 0; i < order.size();) {
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(influence.rows());
        std::size_t next = i;
        for (; next < order.size() && key[order[next]] == key[order[i]]; ++next) {
            sum += influence.col(static_cast<Eigen::Index>(order[next]));
        }
        products.noalias() += sum * sum.transpose();
        i = next;
    }
    return products;
}

/// One column an observation, one row a year.
Eigen::MatrixXd clustered_products(const Eigen::MatrixXd& influence, const MatchedOutcomes& outcomes, SeKind kind) {
    const auto keys_of = [](const std::vector<std::int32_t>& ids) {
        return std::vector<std::int64_t>(ids.begin(), ids.end());
    };
    if (kind == SeKind::cr0 || kind == SeKind::cr1 || kind == SeKind::paired) {
        return cluster_products(influence, keys_of(outcomes.set));
    }
    const Eigen::MatrixXd firm = cluster_products(influence, keys_of(outcomes.firm));
    if (kind == SeKind::firm) return firm;
    std::vector<std::int64_t> both(outcomes.set.size());
    for (std::size_t i = 0; i < both.size(); ++i) {
        both[i] = (static_cast<std::int64_t>(outcomes.set[i]) << 32) + outcomes.firm[i];
    }
    return cluster_products(influence, keys_of(outcomes.set)) + firm - cluster_products(influence, both);
}

/// The matrix with its negative eigenvalues set to 0.
Eigen::MatrixXd without_negative(const Eigen::MatrixXd& matrix) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(matrix);
    if (eigen.eigenvalues().minCoeff() >= 0) return matrix;
    return eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0).asDiagonal() * eigen.eigenvectors().transpose();
}

/// Marks the sets missing that lack any of these years; returns their number.
std::int64_t fix_composition(std::vector<MatchedChanges>& years, std::size_t sets) {
    std::vector<std::uint8_t> incomplete(sets, 0);
    for (const MatchedChanges& year : years) {
        for (std::size_t i = 0; i < year.outcomes.value.size(); ++i) {
            if (std::isnan(year.outcomes.value[i])) incomplete[static_cast<std::size_t>(year.outcomes.set[i])] = 1;
        }
    }
    for (MatchedChanges& year : years) {
        for (std::size_t i = 0; i < year.outcomes.value.size(); ++i) {
            if (incomplete[static_cast<std::size_t>(year.outcomes.set[i])] != 0) {
                year.outcomes.value[i] = not_available;
            }
        }
    }
    return std::count(incomplete.begin(), incomplete.end(), 1);
}

}  // namespace

Result<MatchedPath> matched_path(const stats::Panel& panel, std::span<const MatchedSet> sets, const DidOutcome& outcome,
                                 EventWindow window, SeKind kind, double confidence, bool fixed_composition) {
    std::vector<MatchedChanges> years;
    std::vector<int> event_times;
    for (int e = window.first; e <= window.last; ++e) {
        if (e == -1) continue;
        auto changes = matched_changes(panel, sets, outcome, {e, e});
        if (!changes) return tl::unexpected(changes.error());
        years.push_back(std::move(*changes));
        event_times.push_back(e);
    }
    MatchedPath path;
    if (fixed_composition) path.left_out = fix_composition(years, sets.size());
    std::vector<DidInfluence> estimates;
    std::vector<std::size_t> first_rows;
    for (std::size_t i = 0; i < years.size(); ++i) {
        auto estimate = matched_did_influence(years[i], kind, confidence);
        if (!estimate) return tl::unexpected(estimate.error());
        if (estimate->rows.empty()) continue;
        if (event_times[i] >= 0) {
            if (first_rows.empty()) first_rows = estimate->rows;
            path.same_sets = path.same_sets && first_rows == estimate->rows;
        }
        path.points.push_back({event_times[i], estimate->did});
        estimates.push_back(std::move(*estimate));
    }
    if (estimates.empty()) return path;
    const auto count = static_cast<Eigen::Index>(estimates.size());
    const MatchedOutcomes& outcomes = years.front().outcomes;
    Eigen::MatrixXd influence = Eigen::MatrixXd::Zero(count, static_cast<Eigen::Index>(outcomes.value.size()));
    for (Eigen::Index e = 0; e < count; ++e) {
        const DidInfluence& estimate = estimates[static_cast<std::size_t>(e)];
        for (std::size_t i = 0; i < estimate.rows.size(); ++i) {
            influence(e, static_cast<Eigen::Index>(estimate.rows[i])) = estimate.influence[i];
        }
    }
    Eigen::MatrixXd covariance = without_negative(clustered_products(influence, outcomes, kind));
    Eigen::VectorXd scale(count);
    for (Eigen::Index e = 0; e < count; ++e) {
        const double error = path.points[static_cast<std::size_t>(e)].did.effect.std_error;
        scale[e] = covariance(e, e) > 0 ? error / std::sqrt(covariance(e, e)) : not_available;
    }
    covariance = scale.asDiagonal() * covariance * scale.asDiagonal();
    path.covariance.assign(covariance.data(), covariance.data() + covariance.size());
    return path;
}

StaggeredDid as_event_study(const MatchedPath& path, double confidence) {
    StaggeredDid did;
    did.confidence = confidence;
    did.groups = {0};
    did.group_share = {1};
    bool base_done = false;
    std::vector<std::size_t> place;  // of each effect among the points
    constexpr auto none = static_cast<std::size_t>(-1);
    const auto add_base = [&] {
        GroupTimeEffect base;
        base.time = -1;
        base.reference = true;
        base.att = 0;
        did.effects.push_back(base);
        place.push_back(none);
        base_done = true;
    };
    for (std::size_t i = 0; i < path.points.size(); ++i) {
        const MatchedPath::Point& point = path.points[i];
        if (!base_done && point.event_time > -1) add_base();
        GroupTimeEffect effect;
        effect.time = point.event_time;
        effect.att = point.did.effect.estimate;
        effect.std_error = point.did.effect.std_error;
        effect.ci_low = point.did.effect.ci_low;
        effect.ci_high = point.did.effect.ci_high;
        effect.n_treated = point.did.effect.n_treated;
        effect.n_control = point.did.effect.n_control;
        did.effects.push_back(effect);
        place.push_back(i);
    }
    if (!base_done) add_base();
    for (const GroupTimeEffect& effect : did.effects) did.times.push_back(effect.time);
    const std::size_t columns = did.parameters();
    const std::size_t points = path.points.size();
    did.covariance.assign(columns * columns, 0);
    for (std::size_t i = 0; i < did.effects.size(); ++i) {
        for (std::size_t j = 0; j < did.effects.size(); ++j) {
            if (place[i] == none || place[j] == none) continue;
            did.covariance[i * columns + j] = path.covariance[place[i] * points + place[j]];
        }
    }
    return did;
}

MultiplierDraws normal_draws(std::span<const double> covariance, std::size_t draws, std::uint64_t seed) {
    const auto count = static_cast<Eigen::Index>(std::llround(std::sqrt(static_cast<double>(covariance.size()))));
    MultiplierDraws result{draws, static_cast<std::size_t>(count), {}};
    const Eigen::Map<const Eigen::MatrixXd> matrix(covariance.data(), count, count);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(matrix);
    const Eigen::MatrixXd root = eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
    result.values.reserve(draws * result.parameters);
    Random random(seed);
    Eigen::VectorXd normal(count);
    for (std::size_t d = 0; d < draws; ++d) {
        for (Eigen::Index k = 0; k < count; ++k) normal[k] = random.normal();
        const Eigen::VectorXd draw = root * normal;
        result.values.insert(result.values.end(), draw.data(), draw.data() + count);
    }
    return result;
}

}  // namespace twinfirm::effects
