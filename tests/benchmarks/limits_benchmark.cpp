// SPDX-License-Identifier: GPL-3.0-or-later
// The times that the statistics are to keep on registers of 100,000, 163,273 and a million firms, some 5 % of them
// adopters: medians of five runs, each with its limit. Processor time is that of all threads: what counts on a machine
// that has other work.
#include <fmt/core.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "twinfirm/balance/balance_table.h"
#include "twinfirm/base/random.h"
#include "twinfirm/effects/abadie_imbens.h"
#include "twinfirm/evaluation/single_design.h"
#include "twinfirm/matching/covariate_metric.h"
#include "twinfirm/matching/match.h"
#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/stats/logistic.h"

namespace {

using namespace twinfirm;
using design::MatchMethod;
using design::MatchOrder;

constexpr std::size_t register_firms = 163273;
constexpr std::size_t million = 1000000;

/// Kilobytes of a line of /proc/self/status; 0 where there is none.
double status_megabytes(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        double kilobytes = 0;
        if (word == name + ":" && status >> kilobytes) return kilobytes / 1024;
    }
    return 0;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Runs five times; prints the medians and the peak of the first run's memory, the data included.
void measure(const std::string& title, double limit, const std::function<void()>& work, double memory_limit = 0) {
    constexpr int runs = 5;
    std::vector<double> wall;
    std::vector<double> processor;
    double memory = 0;
    for (int run = 0; run < runs; ++run) {
        malloc_trim(0);                               // what earlier work left behind
        std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t ticks = std::clock();
        work();
        processor.push_back(static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
        wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        if (run == 0) memory = status_megabytes("VmHWM");
    }
    const std::string limits =
        memory_limit > 0 ? fmt::format("{:.0f} MB of {:.0f}", memory, memory_limit) : fmt::format("{:.0f} MB", memory);
    fmt::print("{:<52} {:8.4f} s, limit {:5.2f}, ratio {:5.2f}; processor {:8.4f} s; {}\n", title, median(wall), limit,
               median(wall) / limit, median(processor), limits);
    std::fflush(stdout);
}

struct Register {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
};

Register make_register(std::size_t firms, double adopters, double ahead) {
    Random random(1);
    Register result;
    for (std::size_t i = 0; i < firms; ++i) {
        const bool adopter = random.uniform() < adopters;
        result.treated.push_back(adopter ? 1 : 0);
        result.score.push_back(random.normal() + (adopter ? ahead : 0));
    }
    return result;
}

void match(const std::string& title, double limit, const Register& data, const design::MatchingSettings& settings,
           double memory_limit = 0) {
    measure(
        title, limit,
        [&] {
            (void)matching::match({data.score, data.treated, {}, {}, {}}, settings).value();
        },
        memory_limit);
}

void measure_matching() {
    const Register firms = make_register(register_firms, 0.05, 0.8);
    design::MatchingSettings settings;
    settings.caliper = 0.2;
    match("nearest, caliper, 163,273", 0.1, firms, settings);
    match("nearest, caliper, 1,000,000", 0.5, make_register(million, 0.05, 0.8), settings);
    settings.order = MatchOrder::closest;
    match("closest, caliper, hard overlap, 80,000", 0.1, make_register(80000, 0.5, 1), settings);
    settings.order = MatchOrder::largest;
    settings.method = MatchMethod::optimal;
    match("optimal, caliper, 163,273", 0.5, firms, settings, 200);
}

void measure_mahalanobis() {
    constexpr std::size_t firms = 100000;
    const Register data = make_register(firms, 0.05, 0.8);
    Random random(2);
    matching::CovariatePoints points;
    points.dimensions = 5;
    for (std::size_t i = 0; i < firms * points.dimensions; ++i) points.coordinate.push_back(random.normal());
    const std::vector<double> score(firms, 0);
    design::MatchingSettings settings;
    settings.order = MatchOrder::data;
    measure("Mahalanobis distance in 5 dimensions, 100,000", 1, [&] {
        matching::MatchProblem problem{score, data.treated, {}, {}, {}};
        problem.points = &points;
        (void)matching::nearest_neighbor(problem, settings).value();
    });
}

/// Matching with replacement on the score, the neighbours in the own arm, the estimate and its error.
void measure_abadie_imbens() {
    const Register data = make_register(register_firms, 0.05, 0.8);
    Random random(3);
    std::vector<double> outcome;
    std::vector<std::uint8_t> control;
    for (const std::uint8_t adopter : data.treated) {
        outcome.push_back(random.normal() + adopter);
        control.push_back(adopter == 0 ? 1 : 0);
    }
    measure("Abadie-Imbens effect and standard error, 163,273", 0.3, [&] {
        const effects::NeighborRule own{3, 0};
        effects::ReplacementMatching matching;
        matching.treated = data.treated;
        matching.matches = effects::score_neighbors(data.score, {data.treated, control, {}, {1, 0}});
        const auto own_arm =
            effects::joined(effects::score_neighbors(data.score, {data.treated, data.treated, {}, own}),
                            effects::score_neighbors(data.score, {control, control, {}, own}));
        const std::vector<double> local = effects::local_variances(own_arm, {}, outcome);
        effects::AbadieImbensOptions options;
        options.local_variance = local;
        (void)effects::abadie_imbens(matching, outcome, options).value();
    });
}

void measure_balance(const std::string& title, double limit, std::size_t firms) {
    constexpr std::size_t columns_of_numbers = 40;
    const Register data = make_register(firms, 0.05, 0.8);
    design::MatchingSettings settings;
    settings.caliper = 0.2;
    const auto sample = matching::nearest_neighbor({data.score, data.treated, {}, {}, {}}, settings).value();
    Random random(4);
    std::vector<balance::BalanceColumn> columns(columns_of_numbers);
    for (balance::BalanceColumn& column : columns) {
        for (std::size_t i = 0; i < firms; ++i) column.values.push_back(random.normal());
    }
    measure(title, limit, [&] { (void)balance::balance_table(columns, {data.treated, sample.weight, sample.pairs}); });
}

/// Ten numbers and a factor of 31 levels: 41 coefficients. Eight outcomes, and a column of 25 groups.
struct Study {
    stats::Frame frame;
    std::vector<std::uint8_t> treated;
    std::vector<stats::Term> terms;
    std::vector<std::string> outcomes;
};

Study make_study(std::size_t firms, int outcomes) {
    Random random(5);
    Study study;
    std::vector<double> index(firms, -3.4);
    std::string formula = "~ industry";
    const auto codes = [&](std::uint64_t levels) {
        std::vector<std::int32_t> result;
        for (std::size_t i = 0; i < firms; ++i) result.push_back(static_cast<std::int32_t>(random.below(levels)));
        return result;
    };
    const auto names = [](int levels) {
        std::vector<std::string> result;
        for (int level = 0; level < levels; ++level) result.push_back(fmt::format("{:02}", level));
        return result;
    };
    study.frame.add(stats::Column::categories("industry", names(31), codes(31)));
    study.frame.add(stats::Column::categories("region", names(25), codes(25)));
    for (int k = 0; k < 10; ++k) {
        std::vector<double> values;
        for (std::size_t i = 0; i < firms; ++i) {
            values.push_back(random.normal());
            index[i] += 0.2 * values.back();
        }
        const std::string name = "x" + std::to_string(k);
        study.frame.add(stats::Column::numbers(name, values));
        formula += " + " + name;
    }
    for (const double value : index) study.treated.push_back(random.uniform() < 1 / (1 + std::exp(-value)) ? 1 : 0);
    for (int k = 0; k < outcomes; ++k) {
        std::vector<double> values;
        for (std::size_t i = 0; i < firms; ++i) values.push_back(index[i] + study.treated[i] + random.normal());
        study.outcomes.push_back("y" + std::to_string(k));
        study.frame.add(stats::Column::numbers(study.outcomes.back(), values));
    }
    study.terms = stats::parse_formula(formula).value().terms;
    return study;
}

void measure_logit() {
    const Study study = make_study(million, 0);
    const stats::DesignMatrix design = stats::build_design_matrix(study.frame, study.terms).value();
    stats::LogisticOptions options;
    options.threads = 2;
    measure(
        fmt::format("logistic regression, 1,000,000 x {}, 2 threads", design.x.cols()), 3,
        [&] { (void)stats::fit_logistic(design, study.treated, {}, options).value(); }, 1000);
}

/// Score, pairs, balance and effects: 8 outcomes, all together and in 25 groups.
void measure_end_to_end() {
    const Study study = make_study(register_firms, 8);
    design::MatchingSettings settings;
    settings.caliper = 0.2;
    measure("end to end, 163,273, 8 outcomes x 25 groups", 1.5, [&] {
        auto section = evaluation::fit_score(study.frame, study.treated, study.terms, settings, 0).value();
        if (!evaluation::match_on_score(section, study.frame, study.treated, settings)) std::abort();
        (void)evaluation::cross_section_balance(section, study.treated, settings.estimand, 0);
        (void)evaluation::cross_section_effects(study.frame, section, study.treated, study.outcomes, {"region"}, {})
            .value();
    });
}

/// Effects alone: 8 outcomes, all together and in 25 groups, of sets and of weights.
void measure_effects() {
    const Study study = make_study(register_firms, 8);
    for (const design::MatchMethod method : {design::MatchMethod::full, design::MatchMethod::weighting}) {
        design::MatchingSettings settings;
        settings.method = method;
        auto section = evaluation::fit_score(study.frame, study.treated, study.terms, settings, 0).value();
        if (!evaluation::match_on_score(section, study.frame, study.treated, settings)) std::abort();
        evaluation::EffectSettings effects;
        effects.error =
            evaluation::standard_error_for(settings, effects.adjustment, evaluation::StandardError::automatic, true)
                .value();
        measure(fmt::format("effects, 163,273, 8 outcomes x 25 groups, {}", design::method_code(method)), 1.5, [&] {
            (void)evaluation::cross_section_effects(study.frame, section, study.treated, study.outcomes, {"region"},
                                                    effects)
                .value();
        });
    }
}

}  // namespace

int main() {
    measure_matching();
    measure_mahalanobis();
    measure_abadie_imbens();
    measure_balance("balance table, 163,273 x 40 continuous columns", 0.2, register_firms);
    measure_balance("balance table, 1,000,000 x 40 continuous columns", 1.2, million);
    measure_end_to_end();
    measure_effects();
    measure_logit();
    return 0;
}
