// SPDX-License-Identifier: GPL-3.0-or-later
// Every number of reference/survey: R 4.2.2, survey 4.1-1 on the samples apisrs and apistrat.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "stats/reference_table.h"
#include "twinfirm/survey/mean_test.h"
#include "twinfirm/survey/proportion_interval.h"
#include "twinfirm/survey/rao_scott.h"
#include "twinfirm/survey/survey_quantile.h"

namespace twinfirm::survey {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

class SurveyReference : public testing::TestWithParam<const char*> {
  protected:
    SurveyReference()
        : table_(stratified() ? "data/apistrat.csv" : "data/apisrs.csv"),
          reference_(stats::reference_json(std::string("survey/") + GetParam() + ".json")),
          design_(make_design()) {}

    [[nodiscard]] static bool stratified() { return std::string(GetParam()) != "apisrs_srs_fpc"; }
    [[nodiscard]] Grouping groups(const std::string& name) const {
        return grouping_of(stats::Column::from_texts(name, table_.texts(name)));
    }
    [[nodiscard]] std::vector<double> indicator(const std::string& name, const std::string& level) const {
        std::vector<double> values;
        for (const std::string& text : table_.texts(name)) values.push_back(text == level ? 1 : 0);
        return values;
    }
    [[nodiscard]] std::vector<char> domain(const std::string& level) const {
        const std::vector<double> values = indicator("stype", level);
        return {values.begin(), values.end()};
    }
    [[nodiscard]] SurveyEstimate shown(const Linearised& linearised) const { return estimate_of(design_, linearised); }

    void compare(double ours, double theirs, double tolerance, const std::string& what) {
        const double scale = theirs == 0 ? 1 : std::abs(theirs);
        EXPECT_NEAR(ours / scale, theirs / scale, tolerance) << what;
        ++compared_;
    }
    /// Estimate, error, and the interval by the normal or the t distribution.
    void compare_rows(const char* key, const Linearised& linearised, std::size_t place, double df) {
        const nlohmann::json& row = reference_.at(key).at(place);
        SurveyEstimate estimate = shown(linearised);
        compare(estimate.value, row.at("est"), 1e-12, key);
        if (row.at("se").get<double>() == 0) {
            EXPECT_NEAR(estimate.std_error / estimate.value, 0, 1e-12) << key;
        } else {
            compare(estimate.std_error, row.at("se"), 1e-12, key);
        }
        estimate.df = df;
        compare(linear_interval(estimate, 0.95).low, row.at("lo"), 1e-10, key);
        compare(linear_interval(estimate, 0.95).high, row.at("hi"), 1e-10, key);
    }
    void TearDown() override { std::cout << compared_ << " numbers compared\n"; }

    stats::ReferenceTable table_;
    nlohmann::json reference_;
    SampleDesign design_;
    int compared_ = 0;

  private:
    [[nodiscard]] SampleDesign make_design() const {
        DesignColumns columns;
        if (stratified()) {
            columns.weights = table_.numbers("pw");
            columns.strata = groups("stype");
        }
        if (std::string(GetParam()) != "apistrat_strata_nofpc") columns.population = table_.numbers("fpc");
        return SampleDesign::make(std::move(columns)).value();
    }
};

TEST_P(SurveyReference, MeansAndTotals) {
    compare(design_.degrees_of_freedom(), reference_.at("degf"), 1e-15, "degf");
    const double df = reference_.at("degf");
    std::size_t place = 0;
    for (const char* name : {"api00", "enroll"}) {
        const std::vector<double> values = table_.numbers(name);
        compare_rows("mean", mean_of(design_, values), place, infinity);
        compare_rows("mean_df", mean_of(design_, values), place, df);
        compare_rows("total", total_of(design_, values), place, infinity);
        compare_rows("total_df", total_of(design_, values), place, df);
        const SurveyEstimate mean = shown(mean_of(design_, values));
        compare(mean.population, reference_.at("sum_weights"), 1e-14, "sum_weights");
        compare(mean.deff, reference_.at("mean_deff").at(place), 1e-12, "deff");
        const double with_replacement = mean.deff * (1 - static_cast<double>(mean.n) / mean.population);
        compare(with_replacement, reference_.at("mean_deff_replace").at(place), 1e-12, "deff replace");
        compare(mean.cv(), reference_.at("mean_cv").at(place), 1e-12, "cv");
        ++place;
    }
}

TEST_P(SurveyReference, Categories) {
    std::size_t place = 0;
    for (const char* level : {"E", "H", "M"}) {
        compare_rows("cat_mean", mean_of(design_, indicator("stype", level)), place, infinity);
        compare_rows("cat_total", total_of(design_, indicator("stype", level)), place, infinity);
        ++place;
    }
}

TEST_P(SurveyReference, Domains) {
    const std::vector<double> api00 = table_.numbers("api00");
    const std::vector<double> sw = indicator("sch.wide", "Yes");
    std::size_t place = 0;
    for (const char* level : {"E", "H", "M"}) {
        const std::vector<char> inside = domain(level);
        const auto row = [&](const char* key, const char* value, const Linearised& linearised) {
            const nlohmann::json& by = reference_.at(key);
            SurveyEstimate estimate = shown(linearised);
            compare(estimate.value, by.at(value).at(place), 1e-12, key);
            compare(estimate.std_error, by.at("se").at(place), 1e-12, key);
            if (by.contains("cv")) compare(estimate.cv(), by.at("cv").at(place), 1e-12, key);
            estimate.df = infinity;
            compare(linear_interval(estimate, 0.95).low, by.at("ci_l").at(place), 1e-10, key);
            compare(linear_interval(estimate, 0.95).high, by.at("ci_u").at(place), 1e-10, key);
        };
        row("by_mean", "api00", mean_of(design_, api00, inside));
        row("by_total", "api00", total_of(design_, api00, inside));
        row("by_prop", "sw", mean_of(design_, sw, inside));
        ++place;
    }
}

TEST_P(SurveyReference, IntervalsOfAShare) {
    const SurveyEstimate share = shown(mean_of(design_, indicator("sch.wide", "Yes")));
    // R reaches "logit" by an iteration that stops at 1e-8 and "likelihood" by a spline through profile points.
    const std::vector<std::tuple<const char*, ProportionInterval, double>> methods{
        {"mean", ProportionInterval::linear, 1e-12},  {"xlogit", ProportionInterval::logit, 1e-12},
        {"asin", ProportionInterval::arcsine, 1e-12}, {"beta", ProportionInterval::beta, 1e-11},
        {"logit", ProportionInterval::logit, 2e-8},   {"likelihood", ProportionInterval::likelihood, 1e-5}};
    for (const auto& [name, method, tolerance] : methods) {
        const nlohmann::json& row = reference_.at("prop_ci").at(name);
        const Interval interval = proportion_interval(share, method, 0.95);
        compare(share.value, row.at("est"), 1e-8, name);
        compare(interval.low, row.at("lo"), tolerance, name);
        compare(interval.high, row.at("hi"), tolerance, name);
    }
}

TEST_P(SurveyReference, RatioQuantilesAndTests) {
    const SurveyEstimate ratio = shown(ratio_of(design_, table_.numbers("api00"), table_.numbers("enroll")));
    compare(ratio.value, reference_.at("ratio").at("est"), 1e-12, "ratio");
    compare(ratio.std_error, reference_.at("ratio").at("se"), 1e-12, "ratio");

    const std::vector<double> api00 = table_.numbers("api00");
    std::size_t place = 0;
    for (const double p : {0.25, 0.5, 0.75}) {
        const SurveyQuantile quantile = quantile_of(design_, api00, p);
        compare(quantile.estimate.value, reference_.at("quantile").at("est").at(place), 1e-15, "quantile");
        compare(quantile.estimate.std_error, reference_.at("quantile").at("se").at(place), 1e-12, "quantile");
        ++place;
    }
    const std::vector<double> sw = indicator("sch.wide", "Yes");
    const auto t = test_means(design_, api00, {std::vector<char>(sw.begin(), sw.end())});
    ASSERT_TRUE(t);
    compare(t->difference.value, reference_.at("ttest").at("est"), 1e-12, "ttest");
    compare(t->t, reference_.at("ttest").at("t"), 1e-11, "ttest");
    compare(t->difference.df, reference_.at("ttest").at("df"), 1e-15, "ttest");
    compare(t->p_value, reference_.at("ttest").at("p"), 1e-10, "ttest");

    const auto chi = test_independence(design_, groups("sch.wide"), groups("stype"));
    ASSERT_TRUE(chi);
    const nlohmann::json& expected = reference_.at("chisq_rao_scott");
    compare(chi->f, expected.at("F"), 1e-11, "chisq");
    compare(chi->numerator_df, expected.at("ndf"), 1e-11, "chisq");
    compare(chi->denominator_df, expected.at("ddf"), 1e-11, "chisq");
    compare(chi->p_value, expected.at("p"), 1e-10, "chisq");
}

INSTANTIATE_TEST_SUITE_P(Samples, SurveyReference,
                         testing::Values("apisrs_srs_fpc", "apistrat_strata_fpc", "apistrat_strata_nofpc"),
                         [](const auto& information) { return std::string(information.param); });

}  // namespace
}  // namespace twinfirm::survey
