// SPDX-License-Identifier: GPL-3.0-or-later
// matching_simulation FILE REPLICATIONS COMMIT DATE: bias, standard errors and coverage of every estimator over
// repeated samples of firms, as rows of a CSV file. Designs that the file already has for this commit and number of
// replications are left out, so that a broken run goes on where it stopped. Exit 1 if an estimator misses its bounds.
#include "effects/matching_simulation.h"

#include <fmt/core.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace {

using namespace twinfirm::effects;

struct Design {
    std::size_t firms;
    bool heterogeneous;

    [[nodiscard]] std::string key(const std::string& commit, std::size_t replications) const {
        return fmt::format("{},{},{},{}", commit, replications, firms, heterogeneous ? "by size and age" : "none");
    }
};

bool has_row(const std::string& path, const std::string& key) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(key + ",")) return true;
    }
    return false;
}

/// The wrong error is to be found out, the others to hold: within three Monte-Carlo errors, and those of mean errors
/// within 7 %.
bool holds(const std::string& name, const Design& design, const Performance& performance, std::size_t replications) {
    if (name.ends_with("(wrong)")) {
        return design.heterogeneous || performance.error_ratio < 0.9 || performance.coverage < 0.935;
    }
    const double slack = 3 * std::sqrt(0.95 * 0.05 / static_cast<double>(replications));
    const double ratio = replications >= 2000 ? 0.07 : 0.1;
    const bool large_enough = performance.error_ratio >= 1 - ratio && performance.coverage >= 0.95 - slack - 5e-4;
    const bool small_enough = performance.error_ratio <= 1 + ratio && performance.coverage <= 0.95 + slack + 5e-4;
    return performance.failures == 0 &&
           std::abs(performance.bias) <= 3 * performance.bias_error + 0.05 * performance.deviation && large_enough &&
           (small_enough || is_conservative(name));
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t replications = 0;
    const std::string_view number = argc == 5 ? argv[2] : "";
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), replications);
    if (argc != 5 || parsed.ec != std::errc() || replications < 2) {
        std::cerr << "matching_simulation FILE REPLICATIONS COMMIT DATE\n";
        return 2;
    }
    const std::string path = argv[1];
    const bool fresh = !std::ifstream(path).good();
    bool all_hold = true;
    const Population population = heterogeneous_population();
    for (const Design& design : {Design{400, false}, Design{1000, false}, Design{400, true}, Design{1000, true}}) {
        const std::string key = design.key(argv[3], replications);
        if (has_row(path, key)) continue;
        const auto table =
            simulate(design.firms, design.heterogeneous ? population : Population{}, replications, true, 2);
        std::string rows;
        for (const auto& [name, performance] : table) {
            const bool held = holds(name, design, performance, replications);
            all_hold = all_hold && held;
            rows +=
                fmt::format("{},{},\"{}\",{:.5f},{:.5f},{:.5f},{:.4f},{:.4f},{},{}\n", key, argv[4], name,
                            performance.bias, performance.bias_error, performance.deviation, performance.error_ratio,
                            performance.coverage, performance.failures, held ? "yes" : "no");
        }
        std::ofstream out(path, std::ios::app);
        if (fresh && out.tellp() == std::ofstream::pos_type(0)) {
            out << "commit,replications,firms,effect,date,estimator,bias,bias_error,deviation,error_ratio,coverage,"
                   "failures,within_bounds\n";
        }
        out << rows << std::flush;
        std::cout << rows << std::flush;
        if (!out) return 4;
    }
    return all_hold ? 0 : 1;
}
