// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace twinfirm::design {

/// Which firms can be compared with the adopters of year g.
enum class ControlPool {
    never,           ///< firms that adopt in no year of the data
    not_by_horizon,  ///< these, and firms that have not adopted by g + lags: a rule about the future of both arms
};

enum class StaggeredControl { never, not_yet };
enum class StaggeredEstimator { doubly_robust, regression, ipw };
enum class StaggeredBase { varying, universal };
enum class StaggeredPanelUse { balanced, pairs };

/// Staggered adoption (Callaway & Sant'Anna 2021) beside the matched comparison.
struct StaggeredSettings {
    bool enabled = false;
    StaggeredControl control = StaggeredControl::never;
    StaggeredEstimator estimator = StaggeredEstimator::doubly_robust;
    StaggeredBase base = StaggeredBase::varying;
    StaggeredPanelUse panel = StaggeredPanelUse::pairs;
    int anticipation = 0;
    bool score_covariates = false;        ///< the terms of the score, at their values of the earlier year compared
    std::vector<std::string> covariates;  ///< further terms
    std::string weights;                  ///< panel variable or attribute; empty = every firm weighs 1
    std::string clusters;                 ///< attribute; empty = the firm
    int balance = -1;                     ///< >= 0: only cohorts observed for so many years after adoption
    int draws = 1000;                     ///< of the multiplier bootstrap, for the uniform band

    friend bool operator==(const StaggeredSettings&, const StaggeredSettings&) = default;
};

/// What a study asks about its effects over time, besides estimating them.
struct OverTimeSettings {
    ControlPool control_pool = ControlPool::never;
    bool pre_growth = false;  ///< growth of the outcomes from g-2 to g-1 among the covariates of the matched design
    bool fixed_composition = false;  ///< event studies of the sets observed in every year shown
    bool tests = false;              ///< does the gap widen, pre-trends, what differing trends could do
    std::vector<double> magnitudes{0, 0.5, 1, 1.5, 2};  ///< of differing trends, relative to the largest step before
    int placebo_years = 0;                              ///< pseudo-adoption so many years earlier; 0 = none
    std::string placebo_outcome;  ///< panel variable or attribute that adoption cannot change; empty = none
    bool alternatives = false;    ///< the same outcomes under neighbouring designs
    bool attrition = false;       ///< weights and bounds for firms that were not observed afterwards, or not surveyed
    std::vector<std::string> outcomes;  ///< keys; empty = all. Pooled rates have no staggered estimate

    friend bool operator==(const OverTimeSettings&, const OverTimeSettings&) = default;
};

}  // namespace twinfirm::design
