// SPDX-License-Identifier: GPL-3.0-or-later
// The errors of weighted studies against the jackknife over firms, which fits the weights again each time.

#include <gtest/gtest.h>

#include <cmath>

#include "evaluation/synthetic_study.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::evaluation {

namespace {

using design::MatchMethod;
using design::Specification;

/// The data without one firm.
StudyData without(const StudyData& all, std::size_t firm) {
    std::vector<std::string> ids;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < all.panel.firms(); ++i) {
        if (i == firm) continue;
        ids.push_back(all.panel.ids()[i]);
        kept.push_back(i);
    }
    StudyData rest{stats::Panel(ids, all.panel.first_year(), all.panel.last_year()), {}, {}, {}};
    for (const std::string& name : all.panel.variables()) {
        std::vector<double> values;
        for (const std::size_t i : kept) {
            for (int year = all.panel.first_year(); year <= all.panel.last_year(); ++year) {
                values.push_back(all.panel.value(name, i, year));
            }
        }
        rest.panel.add_variable(name, std::move(values));
    }
    for (const stats::Column& column : all.panel.attributes().columns()) {
        rest.panel.attributes().add(column.select(kept));
    }
    rest.panel.adoption_year.clear();
    rest.panel.level.clear();
    for (const std::size_t i : kept) {
        rest.panel.adoption_year.push_back(all.panel.adoption_year[i]);
        rest.panel.level.push_back(all.panel.level[i]);
    }
    return rest;
}

TEST(StudyErrors, ErrorsOfWeightsAreThoseOfTheJackknife) {
    const StudyData all = synthetic_study(400, 0.2, 9);
    Specification specification = synthetic_specification();
    specification.matching.caliper.reset();
    specification.matching.exact.clear();
    specification.covariates = {"log(emp)", "log(sales)"};
    specification.leads = 1;
    specification.breakdowns.clear();
    specification.process_kpis.clear();
    specification.lags = 0;
    const design::Outcome employees{"employees",
                                    {"고용", "Employment"},
                                    "emp",
                                    "",
                                    "명",
                                    1,
                                    design::Direction::higher_is_better,
                                    design::ChangeMetric::level};
    specification.outcomes.push_back(employees);
    struct Case {
        MatchMethod method;
        design::Weighting weighting;
        design::Estimand estimand;
    };
    for (const Case& item : {Case{MatchMethod::weighting, design::Weighting::ipw, design::Estimand::att},
                             Case{MatchMethod::weighting, design::Weighting::overlap, design::Estimand::att},
                             Case{MatchMethod::weighting, design::Weighting::entropy, design::Estimand::att},
                             Case{MatchMethod::none, design::Weighting::ipw, design::Estimand::att}}) {
        specification.matching.method = item.method;
        specification.matching.weighting = item.weighting;
        specification.matching.estimand = item.estimand;
        const auto whole = evaluate(specification, all, 1);
        ASSERT_TRUE(whole) << whole.error().code;
        std::vector<std::vector<double>> left_out(whole->effects.size());
        std::vector<std::vector<double>> percent(whole->effects.size());
        for (std::size_t firm = 0; firm < all.panel.firms(); ++firm) {
            const auto rest = evaluate(specification, without(all, firm), 1);
            ASSERT_TRUE(rest) << rest.error().code;
            for (std::size_t i = 0; i < rest->effects.size(); ++i) {
                left_out[i].push_back(rest->effects[i].effect.estimate);
                percent[i].push_back(rest->effects[i].percent);
            }
        }
        const auto jackknife = [](const std::vector<double>& values) {
            const auto n = static_cast<double>(values.size());
            double mean = 0;
            for (const double value : values) mean += value / n;
            double squares = 0;
            for (const double value : values) squares += (value - mean) * (value - mean);
            return std::sqrt(squares * (n - 1) / n);
        };
        for (std::size_t i = 0; i < left_out.size(); ++i) {
            const EffectRow& row = whole->effects[i];
            EXPECT_NEAR(row.effect.std_error / jackknife(left_out[i]), 1, 0.06)
                << row.outcome << " " << row.estimator << " " << design::method_code(item.method);
            if (row.outcome == "sales" || std::isnan(row.percent)) continue;
            const double half = (row.percent_high - row.percent_low) / 2 / 1.96;
            EXPECT_NEAR(half / jackknife(percent[i]), 1, 0.1) << row.outcome << " " << row.estimator;
        }
    }
}

}  // namespace

}  // namespace twinfirm::evaluation
