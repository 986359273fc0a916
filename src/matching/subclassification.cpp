// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/subclassification.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "matched_sets.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/moments.h"
#include "unit_setup.h"

namespace twinfirm::matching {
namespace {

/// The units of one arm, in order of their scores, cut into bands: band b is [start[b], start[b + 1]).
class Bands {
  public:
    Bands(const std::vector<ScoredUnit>& units, const std::vector<double>& edges) : units_(units) {
        start_.push_back(0);
        for (const double edge : edges) {
            const auto first = std::partition_point(units.begin(), units.end(),
                                                    [&](const ScoredUnit& unit) { return unit.score < edge; });
            start_.push_back(static_cast<std::size_t>(first - units.begin()));
        }
        start_.push_back(units.size());
    }

    [[nodiscard]] std::size_t count() const { return start_.size() - 1; }
    [[nodiscard]] std::size_t size(std::size_t band) const { return start_[band + 1] - start_[band]; }

    /// Every band gets at least `least` units, of which the arm must have enough. A unit from further away passes
    /// through the bands between, each of which hands one on, so that bands stay in order of the score.
    void fill(std::size_t least) {
        for (std::size_t band = 0; band < count(); ++band) {
            while (size(band) < least) borrow(band, least);
        }
    }

    void write(std::vector<std::int32_t>& set) const {
        for (std::size_t band = 0; band < count(); ++band) {
            for (std::size_t i = start_[band]; i < start_[band + 1]; ++i) {
                set[units_[i].row] = static_cast<std::int32_t>(band);
            }
        }
    }

  private:
    /// Units to spare on one side, each band's by one over how far away it is.
    [[nodiscard]] double spare(std::size_t band, std::size_t least, bool below) const {
        double sum = 0;
        for (std::size_t other = 0; other < count(); ++other) {
            if ((other < band) != below || size(other) <= least) continue;
            const double apart = below ? static_cast<double>(band - other) : static_cast<double>(other - band);
            sum += static_cast<double>(size(other) - least) / apart;
        }
        return sum;
    }

    void borrow(std::size_t band, std::size_t least) {
        if (spare(band, least, true) >= spare(band, least, false)) {
            std::size_t lender = band;
            while (size(lender) <= least) --lender;
            for (std::size_t b = lender + 1; b <= band; ++b) --start_[b];
        } else {
            std::size_t lender = band;
            while (size(lender) <= least) ++lender;
            for (std::size_t b = band + 1; b <= lender; ++b) ++start_[b];
        }
    }

    const std::vector<ScoredUnit>& units_;
    std::vector<std::size_t> start_;
};

std::vector<double> band_edges(const UnitSetup& setup, std::span<const double> score,
                               const design::MatchingSettings& settings) {
    std::vector<double> scores;
    for (std::size_t i = 0; i < score.size(); ++i) {
        const bool counts = settings.estimand == design::Estimand::ate ||
                            (setup.sample.treated[i] != 0) == (settings.estimand == design::Estimand::att);
        if (setup.usable[i] != 0 && counts) scores.push_back(score[i]);
    }
    std::vector<double> shares;
    for (int k = 1; k < settings.subclasses; ++k) shares.push_back(static_cast<double>(k) / settings.subclasses);
    return stats::quantiles(std::move(scores), shares);
}

}  // namespace

Result<MatchedSample> subclassification(const MatchProblem& problem, const design::MatchingSettings& settings) {
    TWINFIRM_TRY(refuse("subclass", {{settings.caliper.has_value(), "caliper"},
                                     {settings.smallest_caliper, "smallest_caliper"},
                                     {settings.ratio > 1, "ratio"},
                                     {settings.replace, "replace"},
                                     {settings.max_controls > 0 || settings.min_controls > 0, "max_controls"},
                                     {!problem.stratum.empty(), "exact"},
                                     {problem.points != nullptr, "mahalanobis"},
                                     {!problem.limits.empty(), "covariate_calipers"},
                                     {!problem.anti_exact.empty(), "anti_exact"}}));
    constexpr int most = 10000;
    if (settings.subclasses < 2 || settings.subclasses > most || settings.min_n < 1 || settings.min_n > most) {
        return fail(ErrorKind::usage, "subclasses_value",
                    {{"value", integer_text(settings.subclasses)}, {"least", integer_text(settings.min_n)}});
    }
    UnitSetup setup;
    TWINFIRM_TRY(prepare_units(problem, settings, setup));
    const std::vector<double> edges = band_edges(setup, problem.score, settings);
    const auto least = static_cast<std::size_t>(settings.min_n);
    std::vector<std::int32_t> set(setup.usable.size(), -1);
    for (const std::uint8_t arm : {std::uint8_t{0}, std::uint8_t{1}}) {
        const std::vector<ScoredUnit> units = sorted_arm(problem, setup, arm);
        Bands bands(units, edges);
        if (units.size() < bands.count() * least) {
            return fail(ErrorKind::statistics, "subclass_too_few_units",
                        {{"units", integer_text(static_cast<std::int64_t>(units.size()))},
                         {"needed", integer_text(static_cast<std::int64_t>(bands.count() * least))}});
        }
        bands.fill(least);
        bands.write(set);
    }
    return finish_sets(problem, settings, setup, set);
}

}  // namespace twinfirm::matching
