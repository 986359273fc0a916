// SPDX-License-Identifier: GPL-3.0-or-later
#include "over_time_json.h"

namespace twinfirm::design {

namespace {

constexpr Choice<ControlPool> pools[] = {{ControlPool::never, "never"},
                                         {ControlPool::not_by_horizon, "not-by-horizon"}};
constexpr Choice<StaggeredControl> controls[] = {{StaggeredControl::never, "never"},
                                                 {StaggeredControl::not_yet, "not-yet"}};
constexpr Choice<StaggeredEstimator> estimators[] = {{StaggeredEstimator::doubly_robust, "dr"},
                                                     {StaggeredEstimator::regression, "reg"},
                                                     {StaggeredEstimator::ipw, "ipw"}};
constexpr Choice<StaggeredBase> bases[] = {{StaggeredBase::varying, "varying"},
                                           {StaggeredBase::universal, "universal"}};
constexpr Choice<StaggeredPanelUse> uses[] = {{StaggeredPanelUse::balanced, "balanced"},
                                              {StaggeredPanelUse::pairs, "pairs"}};

}  // namespace

Json staggered_json(const StaggeredSettings& settings) {
    return Json{{"enabled", settings.enabled},
                {"control", name_of(settings.control, controls)},
                {"estimator", name_of(settings.estimator, estimators)},
                {"base", name_of(settings.base, bases)},
                {"panel", name_of(settings.panel, uses)},
                {"anticipation", settings.anticipation},
                {"score_covariates", settings.score_covariates},
                {"covariates", settings.covariates},
                {"weights", settings.weights},
                {"clusters", settings.clusters},
                {"balance", settings.balance},
                {"draws", settings.draws}};
}

void read_staggered(JsonReader& reader, StaggeredSettings& settings) {
    reader.read("enabled", settings.enabled);
    reader.read("control", settings.control, controls);
    reader.read("estimator", settings.estimator, estimators);
    reader.read("base", settings.base, bases);
    reader.read("panel", settings.panel, uses);
    reader.read("anticipation", settings.anticipation);
    reader.read("score_covariates", settings.score_covariates);
    reader.read("covariates", settings.covariates);
    reader.read("weights", settings.weights);
    reader.read("clusters", settings.clusters);
    reader.read("balance", settings.balance);
    reader.read("draws", settings.draws);
}

Json over_time_json(const OverTimeSettings& settings) {
    Json magnitudes = Json::array();
    for (const double mbar : settings.magnitudes) magnitudes.push_back(number_json(mbar));
    return Json{{"control_pool", name_of(settings.control_pool, pools)},
                {"pre_growth", settings.pre_growth},
                {"fixed_composition", settings.fixed_composition},
                {"tests", settings.tests},
                {"magnitudes", magnitudes},
                {"placebo_years", settings.placebo_years},
                {"placebo_outcome", settings.placebo_outcome},
                {"alternatives", settings.alternatives},
                {"attrition", settings.attrition},
                {"outcomes", settings.outcomes}};
}

void read_over_time(JsonReader& reader, OverTimeSettings& settings) {
    reader.read("control_pool", settings.control_pool, pools);
    reader.read("pre_growth", settings.pre_growth);
    reader.read("fixed_composition", settings.fixed_composition);
    reader.read("tests", settings.tests);
    reader.read("magnitudes", settings.magnitudes);
    reader.read("placebo_years", settings.placebo_years);
    reader.read("placebo_outcome", settings.placebo_outcome);
    reader.read("alternatives", settings.alternatives);
    reader.read("attrition", settings.attrition);
    reader.read("outcomes", settings.outcomes);
}

}  // namespace twinfirm::design
