// SPDX-License-Identifier: GPL-3.0-or-later
// Times of matching and of the balance table on firms as many as the ministry's register and on a million.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "twinfirm/balance/balance_table.h"
#include "twinfirm/base/random.h"
#include "twinfirm/matching/match.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace {

using namespace twinfirm;
using design::MatchOrder;

struct Register {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> stratum;
};

Register make_register(std::size_t firms, std::size_t adopters, std::uint64_t strata) {
    Random random(1);
    Register result;
    for (std::size_t i = 0; i < firms; ++i) {
        const bool adopter = i < adopters;
        result.treated.push_back(adopter);
        result.score.push_back(random.normal() + (adopter ? 0.8 : 0));
        result.stratum.push_back(static_cast<std::int32_t>(random.below(strata)));
    }
    return result;
}

double best_of_three(const std::function<void()>& work) {
    double best = 1e300;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

void measure_matching(std::size_t firms, std::size_t adopters) {
    fmt::print("{} firms, {} adopters\n", firms, adopters);
    const Register data = make_register(firms, adopters, 72);
    const auto run = [&](const std::string& title, const design::MatchingSettings& settings, bool strata) {
        matching::MatchProblem problem{data.score, data.treated, {}, {}, {}};
        if (strata) problem.stratum = data.stratum;
        std::size_t pairs = 0;
        const double time = best_of_three([&] { pairs = matching::match(problem, settings).value().pairs.size(); });
        fmt::print("  {:<42} {:.4f} s, {} pairs\n", title, time, pairs);
    };
    design::MatchingSettings settings;
    run("largest", settings, false);
    settings.caliper = 0.2;
    run("largest, caliper 0.2 pooled SD, 72 strata", settings, true);
    settings.ratio = 3;
    run("  the same 3:1", settings, true);
    settings.ratio = 1;
    settings.order = MatchOrder::random;
    run("random, caliper, 72 strata", settings, true);
    settings.order = MatchOrder::closest;
    run("closest, caliper", settings, false);
    settings.order = MatchOrder::farthest;
    run("farthest, caliper", settings, false);
    settings.replace = true;
    run("with replacement, caliper", settings, false);
    settings.max_reuse = 3;
    run("used 3 times at most, caliper", settings, false);
    settings = {};
    settings.method = design::MatchMethod::optimal;
    run("optimal", settings, false);
    settings.caliper = 0.2;
    run("optimal, caliper", settings, false);
    run("optimal, caliper, 72 strata", settings, true);
    settings.ratio = 3;
    run("optimal 3:1, caliper", settings, false);
    settings = {};
    settings.method = design::MatchMethod::quick;
    run("generalised full", settings, false);
    run("generalised full, 72 strata", settings, true);
    settings.method = design::MatchMethod::full;
    run("full", settings, false);
    settings.caliper = 0.2;
    run("full, caliper", settings, false);
    settings.caliper.reset();
    settings.method = design::MatchMethod::subclass;
    run("subclasses", settings, false);
    settings.method = design::MatchMethod::exact;
    run("exact on 72 strata", settings, true);
    settings.method = design::MatchMethod::kernel;
    run("kernel", settings, false);
    settings.method = design::MatchMethod::optimal;
    settings.smallest_caliper = true;
    run("optimal, smallest caliper", settings, false);
    // Everybody in the same place: the search for the next free candidate at its hardest.
    std::vector<double> crowded(firms);
    for (std::size_t i = 0; i < firms; ++i) crowded[i] = data.treated[i] != 0 ? 10 : data.score[i];
    const double time = best_of_three([&] {
        (void)matching::nearest_neighbor({crowded, data.treated, {}, {}, {}}, design::MatchingSettings{}).value();
    });
    fmt::print("  {:<42} {:.4f} s\n", "all adopters above all others", time);
}

/// As many adopters as others, one SD apart: most adopters compete for the same others.
void measure_hard_overlap(std::size_t firms) {
    Random random(3);
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    for (std::size_t i = 0; i < firms; ++i) {
        treated.push_back(i % 2 == 0);
        score.push_back(random.normal() + (i % 2 == 0 ? 1 : 0));
    }
    fmt::print("{} firms, half of them adopters\n", firms);
    const auto run = [&](const std::string& title, const design::MatchingSettings& settings) {
        std::size_t pairs = 0;
        const double time = best_of_three([&] {
            pairs = matching::match({score, treated, {}, {}, {}}, settings).value().pairs.size();
        });
        fmt::print("  {:<42} {:.4f} s, {} pairs\n", title, time, pairs);
    };
    design::MatchingSettings settings;
    settings.caliper = 0.2;
    settings.order = MatchOrder::closest;
    run("closest, caliper 0.2 pooled SD", settings);
    settings.method = design::MatchMethod::optimal;
    run("optimal, caliper 0.2 pooled SD", settings);
    settings.caliper.reset();
    run("optimal", settings);
    settings.method = design::MatchMethod::quick;
    run("generalised full", settings);
    settings.method = design::MatchMethod::full;
    run("full", settings);
}

void measure_balance(std::size_t firms, std::size_t adopters, std::size_t continuous, std::size_t binary) {
    const Register data = make_register(firms, adopters, 2);
    const auto sample =
        matching::nearest_neighbor({data.score, data.treated, {}, {}, {}}, design::MatchingSettings{}).value();
    Random random(2);
    std::vector<balance::BalanceColumn> columns(continuous + binary);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        for (std::size_t i = 0; i < firms; ++i) {
            columns[j].values.push_back(j < continuous ? random.normal() : static_cast<double>(random.below(2)));
        }
    }
    for (const unsigned threads : {1U, 0U}) {
        const double time = best_of_three([&] {
            (void)balance::balance_table(columns, {data.treated, sample.weight, sample.pairs}, threads);
        });
        fmt::print("balance of {} firms, {} continuous and {} binary columns, {} threads: {:.4f} s\n", firms,
                   continuous, binary, threads == 0 ? "all" : "1", time);
    }
}

}  // namespace

int main() {
    measure_matching(163273, 5003);
    measure_matching(1000000, 30000);
    measure_hard_overlap(80000);
    measure_balance(163273, 5003, 40, 0);
    measure_balance(163273, 5003, 6, 34);
    measure_balance(1300000, 5003, 6, 0);
    return 0;
}
