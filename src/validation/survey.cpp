// SPDX-License-Identifier: GPL-3.0-or-later
// Design-based estimates against R's survey: means, totals, shares, domains, ratios, intervals, quantiles and tests.
#include <cmath>
#include <limits>

#include "run.h"
#include "twinfirm/survey/mean_test.h"
#include "twinfirm/survey/proportion_interval.h"
#include "twinfirm/survey/rao_scott.h"
#include "twinfirm/survey/survey_quantile.h"

namespace twinfirm::validation {

namespace {

using nlohmann::json;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A sample with what R computed from it.
class SurveyCase {
  public:
    SurveyCase(CaseReport& report, const ReferenceFolder& folder, const std::string& path)
        : report_(report),
          theirs_(folder.json(path)),
          stratified_(theirs_.at("case").get<std::string>() != "apisrs_srs_fpc"),
          table_(folder.table(stratified_ ? "data/apistrat.csv" : "data/apisrs.csv")),
          design_(make_design()) {}

    void compare() {
        report_.equal("degrees_of_freedom", design_.degrees_of_freedom(), theirs_.at("degf"));
        means();
        categories();
        domains();
        share_intervals();
        ratio_and_quantiles();
        tests();
    }

  private:
    [[nodiscard]] survey::Grouping groups(const std::string& name) const {
        return survey::grouping_of(stats::Column::from_texts(name, table_.texts(name)));
    }

    [[nodiscard]] survey::SampleDesign make_design() const {
        survey::DesignColumns columns;
        if (stratified_) {
            columns.weights = table_.numbers("pw");
            columns.strata = groups("stype");
        }
        if (theirs_.at("case").get<std::string>() != "apistrat_strata_nofpc")
            columns.population = table_.numbers("fpc");
        return value_of(survey::SampleDesign::make(std::move(columns)));
    }

    [[nodiscard]] std::vector<double> indicator(const std::string& name, const std::string& level) const {
        std::vector<double> values;
        for (const std::string& text : table_.texts(name)) values.push_back(text == level ? 1 : 0);
        return values;
    }

    void near(const std::string& quantity, double ours, double reference, double digits) {
        report_.near(quantity, ours, reference, size_of(reference), digits);
    }

    /// The error of a quantity that the strata determine is 0 but for rounding.
    void error(const std::string& quantity, double ours, double reference, double size) {
        report_.near(quantity, ours, reference, reference == 0 ? size_of(size) : reference, 11);
    }

    void row(const std::string& name, const survey::Linearised& linearised, const json& reference, double df) {
        survey::SurveyEstimate estimate = survey::estimate_of(design_, linearised);
        near(name, estimate.value, reference.at("est"), 12);
        error(name + "_std_error", estimate.std_error, reference.at("se"), estimate.value);
        estimate.df = df;
        const survey::Interval interval = survey::linear_interval(estimate, 0.95);
        near(name + "_interval", interval.low, reference.at("lo"), 10);
        near(name + "_interval", interval.high, reference.at("hi"), 10);
    }

    void means() {
        const double df = theirs_.at("degf");
        std::size_t place = 0;
        for (const char* name : {"api00", "enroll"}) {
            const std::vector<double> values = table_.numbers(name);
            row("mean", survey::mean_of(design_, values), theirs_.at("mean").at(place), infinity);
            row("mean", survey::mean_of(design_, values), theirs_.at("mean_df").at(place), df);
            row("total", survey::total_of(design_, values), theirs_.at("total").at(place), infinity);
            row("total", survey::total_of(design_, values), theirs_.at("total_df").at(place), df);
            const auto mean = survey::estimate_of(design_, survey::mean_of(design_, values));
            near("population", mean.population, theirs_.at("sum_weights"), 12);
            near("design_effect", mean.deff, theirs_.at("mean_deff").at(place), 11);
            near("relative_error", mean.cv(), theirs_.at("mean_cv").at(place), 11);
            ++place;
        }
    }

    void categories() {
        std::size_t place = 0;
        for (const char* level : {"E", "H", "M"}) {
            row("share", survey::mean_of(design_, indicator("stype", level)), theirs_.at("cat_mean").at(place),
                infinity);
            row("count", survey::total_of(design_, indicator("stype", level)), theirs_.at("cat_total").at(place),
                infinity);
            ++place;
        }
    }

    void domains() {
        const std::vector<double> api00 = table_.numbers("api00");
        const std::vector<double> wide = indicator("sch.wide", "Yes");
        std::size_t place = 0;
        for (const char* level : {"E", "H", "M"}) {
            const std::vector<double> flags = indicator("stype", level);
            const std::vector<char> inside(flags.begin(), flags.end());
            const auto domain = [&](const char* key, const char* value, const survey::Linearised& linearised) {
                const json& by = theirs_.at(key);
                survey::SurveyEstimate estimate = survey::estimate_of(design_, linearised);
                near("domain", estimate.value, by.at(value).at(place), 12);
                near("domain_std_error", estimate.std_error, by.at("se").at(place), 11);
                estimate.df = infinity;
                const survey::Interval interval = survey::linear_interval(estimate, 0.95);
                near("domain_interval", interval.low, by.at("ci_l").at(place), 10);
                near("domain_interval", interval.high, by.at("ci_u").at(place), 10);
            };
            domain("by_mean", "api00", survey::mean_of(design_, api00, inside));
            domain("by_total", "api00", survey::total_of(design_, api00, inside));
            domain("by_prop", "sw", survey::mean_of(design_, wide, inside));
            ++place;
        }
    }

    void share_intervals() {
        const auto share = survey::estimate_of(design_, survey::mean_of(design_, indicator("sch.wide", "Yes")));
        using survey::ProportionInterval;
        const auto one = [&](const char* name, ProportionInterval method, double digits, const char* exception) {
            const json& reference = theirs_.at("prop_ci").at(name);
            const survey::Interval interval = survey::proportion_interval(share, method, 0.95);
            const std::string quantity = std::string("share_interval_") + name;
            report_.near(quantity, interval.low, reference.at("lo"), size_of(reference.at("lo")), digits, exception);
            report_.near(quantity, interval.high, reference.at("hi"), size_of(reference.at("hi")), digits, exception);
        };
        one("mean", ProportionInterval::linear, 11, "");
        one("xlogit", ProportionInterval::logit, 11, "");
        one("asin", ProportionInterval::arcsine, 11, "");
        one("beta", ProportionInterval::beta, 10, "");
        one("logit", ProportionInterval::logit, 7, "validation_survey_iteration");
        one("likelihood", ProportionInterval::likelihood, 5, "validation_survey_iteration");
    }

    void ratio_and_quantiles() {
        const std::vector<double> api00 = table_.numbers("api00");
        const auto ratio = survey::estimate_of(design_, survey::ratio_of(design_, api00, table_.numbers("enroll")));
        near("ratio", ratio.value, theirs_.at("ratio").at("est"), 12);
        near("ratio_std_error", ratio.std_error, theirs_.at("ratio").at("se"), 11);
        std::size_t place = 0;
        for (const double p : {0.25, 0.5, 0.75}) {
            const survey::SurveyQuantile quantile = survey::quantile_of(design_, api00, p);
            near("quantile", quantile.estimate.value, theirs_.at("quantile").at("est").at(place), 12);
            near("quantile_std_error", quantile.estimate.std_error, theirs_.at("quantile").at("se").at(place), 11);
            ++place;
        }
    }

    void tests() {
        const std::vector<double> wide = indicator("sch.wide", "Yes");
        const auto t =
            value_of(survey::test_means(design_, table_.numbers("api00"), std::vector<char>(wide.begin(), wide.end())));
        near("t_difference", t.difference.value, theirs_.at("ttest").at("est"), 12);
        near("t", t.t, theirs_.at("ttest").at("t"), 11);
        near("t_p", t.p_value, theirs_.at("ttest").at("p"), 9);
        const auto chi = value_of(survey::test_independence(design_, groups("sch.wide"), groups("stype")));
        const json& reference = theirs_.at("chisq_rao_scott");
        near("rao_scott_f", chi.f, reference.at("F"), 10);
        near("rao_scott_df", chi.numerator_df, reference.at("ndf"), 10);
        near("rao_scott_df", chi.denominator_df, reference.at("ddf"), 10);
        near("rao_scott_p", chi.p_value, reference.at("p"), 9);
    }

    CaseReport& report_;
    json theirs_;
    bool stratified_;
    const ReferenceTable& table_;
    survey::SampleDesign design_;
};

}  // namespace

void compare_survey(Run& run) {
    for (const std::string& path : run.folder().files("survey", ".json")) {
        const std::size_t begin = path.rfind('/') + 1;
        const std::string name = path.substr(begin, path.size() - begin - 5);
        run.compare("survey", name, [&](CaseReport& report) { SurveyCase(report, run.folder(), path).compare(); });
    }
}

}  // namespace twinfirm::validation
