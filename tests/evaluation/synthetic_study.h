// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

/// A small panel with a known effect: sales of adopters rise by `effect` log points from the year of adoption on.
/// Adoption (2015 or 2016) is likelier for firms with many employees, and sales of such firms grow faster: the naive
/// comparison is wrong, the matched one is right.
inline StudyData synthetic_study(std::size_t firms, double effect, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < firms; ++i) ids.push_back("F" + std::to_string(100000 + i));
    StudyData data{stats::Panel(ids, 2012, 2018), {}, {}, {}};
    stats::Panel& panel = data.panel;
    const std::size_t years = panel.years();
    std::vector<double> sales(firms * years);
    std::vector<double> employees(firms * years);
    std::vector<double> injured(firms * years);
    std::vector<std::string> ksic(firms);
    std::vector<double> founded(firms);
    std::vector<double> before(firms, std::nan(""));
    std::vector<double> after(firms, std::nan(""));
    panel.adoption_year.assign(firms, 0);
    panel.level.assign(firms, 0);
    for (std::size_t i = 0; i < firms; ++i) {
        const double size = 3 + random.normal();
        const double chance = 1 / (1 + std::exp(2.2 - 0.9 * (size - 3)));
        const bool adopts = random.uniform() < chance;
        const int year = random.uniform() < 0.5 ? 2015 : 2016;
        if (adopts) {
            panel.adoption_year[i] = year;
            panel.level[i] = 1 + static_cast<int>(random.below(4));
            before[i] = 100 + 10 * random.normal();
            after[i] = before[i] * 1.3;
        }
        ksic[i] = random.below(2) == 0 ? "25112" : "C10129";
        founded[i] = 1985 + static_cast<double>(random.below(25));
        for (std::size_t y = 0; y < years; ++y) {
            const int now = 2012 + static_cast<int>(y);
            const double growth = 0.02 * (size - 3) * static_cast<double>(y);
            const double gain = adopts && now >= year ? effect : 0;
            sales[i * years + y] = std::round(1e8 * std::exp(size + growth + gain + 0.1 * random.normal()));
            employees[i * years + y] = std::max(1.0, std::round(std::exp(size + 0.05 * random.normal())));
            injured[i * years + y] = static_cast<double>(random.poisson(0.01 * employees[i * years + y]));
        }
    }
    panel.add_variable("sales", std::move(sales));
    panel.add_variable("emp", std::move(employees));
    panel.add_variable("injured", std::move(injured));
    panel.attributes().add(stats::Column::from_texts("ksic", ksic));
    panel.attributes().add(stats::Column::numbers("founded", std::move(founded)));
    data.survey["prod_before"] = std::move(before);
    data.survey["prod_after"] = std::move(after);
    data.tables = {{"firms", static_cast<std::int64_t>(firms), "0"}};
    return data;
}

/// A specification that fits the synthetic panel.
inline design::Specification synthetic_specification() {
    design::Specification specification;
    specification.title = {"시험", "Test"};
    specification.covariates = {"log(emp)", "log(sales)", "firm_age", "industry"};
    specification.matching.caliper = 0.2;
    specification.matching.exact = {"industry"};
    design::Outcome sales;
    sales.key = "sales";
    sales.label = {"매출액", "Sales"};
    sales.variable = "sales";
    sales.unit = "억원";
    sales.unit_scale = 1e8;
    design::Outcome accidents;
    accidents.key = "accidents";
    accidents.label = {"산업재해율", "Accident rate"};
    accidents.variable = "injured";
    accidents.denominator = "emp";
    accidents.unit = "%";
    accidents.direction = design::Direction::lower_is_better;
    accidents.metric = design::ChangeMetric::per_hundred;
    specification.outcomes = {sales, accidents};
    specification.process_kpis = {{"productivity",
                                   {"생산성", "Productivity"},
                                   "prod_before",
                                   "prod_after",
                                   "",
                                   design::Direction::higher_is_better}};
    design::Breakdown size;
    size.key = "size";
    size.label = {"기업규모별", "By firm size"};
    size.variable = "emp";
    size.edges = {0, 10, 50};
    size.labels = {{"10인 미만", "under 10"}, {"10~49인", "10-49"}, {"50인 이상", "50 and more"}};
    design::Breakdown industry;
    industry.key = "industry";
    industry.label = {"업종별", "By industry"};
    industry.variable = "industry";
    industry.top = 5;
    specification.breakdowns = {size, industry};
    specification.leads = 2;
    specification.lags = 2;
    return specification;
}

}  // namespace twinfirm::evaluation
