// SPDX-License-Identifier: GPL-3.0-or-later
// Times of the statistics core on firms as many as the ministry's register and on a million, with one thread and with
// all: seconds, and the ratio to the time that one pass over the design matrix takes.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/least_squares.h"
#include "twinfirm/stats/logistic.h"

namespace {

using namespace twinfirm;
using namespace twinfirm::stats;

struct Study {
    DesignMatrix design;
    std::vector<std::uint8_t> adopter;
    std::vector<double> outcome;
};

/// Four numbers per firm and dummies of categories: the shape of the ministry's propensity model.
Study make_study(std::size_t firms, std::size_t columns) {
    Random random(1);
    Study study;
    Eigen::MatrixXd& x = study.design.x;
    x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(firms), static_cast<Eigen::Index>(columns));
    constexpr std::size_t numbers = 4;
    const std::size_t levels = columns - numbers;  // the first is the reference
    for (std::size_t column = 0; column < columns; ++column) {
        study.design.terms.push_back("x" + std::to_string(column));
        study.design.columns.push_back({"x" + std::to_string(column), "", "", false});
    }
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        double score = -3;
        x(row, 0) = 1;
        for (Eigen::Index column = 1; column <= static_cast<Eigen::Index>(numbers); ++column) {
            x(row, column) = random.normal();
            score += 0.3 * x(row, column);
        }
        const std::uint64_t level = random.below(levels);
        if (level > 0) x(row, static_cast<Eigen::Index>(numbers + level)) = 1;
        study.adopter.push_back(random.uniform() < 1 / (1 + std::exp(-score)) ? 1 : 0);
        study.outcome.push_back(score + random.normal());
    }
    return study;
}

struct Time {
    double wall = 1e300;
    double processor = 1e300;  ///< of all threads; what counts on a busy machine
};

Time best_of_three(const std::function<void()>& work) {
    Time best;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t ticks = std::clock();
        work();
        best.processor = std::min(best.processor, static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
        best.wall =
            std::min(best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

void measure(std::size_t firms, std::size_t columns) {
    const Study study = make_study(firms, columns);
    double sum = 0;
    const Time pass = best_of_three([&] { sum += study.design.x.sum(); });
    fmt::print("{} firms x {} columns: one pass {:.4f} s (sum {:.6g})\n", firms, columns, pass.wall, sum);
    for (const unsigned threads : {1U, 0U}) {
        int iterations = 0;
        const Time time = best_of_three([&] {
            LogisticOptions options;
            options.threads = threads;
            iterations = fit_logistic(study.design, study.adopter, {}, options).value().iterations;
        });
        fmt::print(
            "  logistic regression, {} threads: {:.3f} s ({:.3f} s of processor), {} iterations, {:.1f} passes\n",
            threads == 0 ? "all" : "1", time.wall, time.processor, iterations, time.processor / pass.processor);
    }
    if (firms > 200000) return;
    const Time time =
        best_of_three([&] { sum += fit_least_squares(study.design.x, study.design.terms, study.outcome)->sigma; });
    fmt::print("  least squares: {:.3f} s ({:.3f} s of processor), {:.1f} passes (sum {:.6g})\n", time.wall,
               time.processor, time.processor / pass.processor, sum);
}

}  // namespace

int main() {
    measure(163273, 36);
    measure(1000000, 15);
    return 0;
}
