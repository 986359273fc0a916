// SPDX-License-Identifier: GPL-3.0-or-later
// group_simulation FILE REPLICATIONS COMMIT DATE: size of the tests of groups and coverage of their intervals, as rows
// of a CSV file. Exit 1 if one misses its bounds.
#include "breakdowns/group_simulation.h"

#include <fmt/core.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <string_view>

int main(int argc, char** argv) {
    using namespace twinfirm::breakdowns;
    std::size_t replications = 0;
    const std::string_view number = argc == 5 ? argv[2] : "";
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), replications);
    if (argc != 5 || parsed.ec != std::errc() || replications < 2) {
        std::cerr << "group_simulation FILE REPLICATIONS COMMIT DATE\n";
        return 2;
    }
    std::ofstream out(argv[1]);
    out << "commit,date,replications,firms,effects,equality_rejected,any_of_five,any_by_holm,coverage_of_groups,"
           "coverage_of_matched,coverage_of_all\n";
    const double slack = 3 * std::sqrt(0.95 * 0.05 / static_cast<double>(replications)) + 5e-4;
    bool held = true;
    for (const std::size_t firms : {400U, 1000U}) {
        for (const bool heterogeneous : {false, true}) {
            const GroupPerformance found = simulate_groups(firms, heterogeneous, replications, 0);
            out << fmt::format("{},{},{},{},{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}\n", argv[3], argv[4],
                               replications, firms, heterogeneous ? "by size and age" : "none", found.test_of_equality,
                               found.any_of_five, found.any_by_holm, found.coverage_of_groups,
                               found.coverage_of_matched, found.coverage_of_all);
            // The error counts that effects differ, which the mean over these very adopters does not: too large rather.
            held = held && found.coverage_of_matched >= 0.95 - slack;
            if (heterogeneous) continue;
            held = held && found.test_of_equality >= 0.035 && found.test_of_equality <= 0.065 &&
                   found.any_by_holm <= 0.05 + slack && found.any_of_five > 0.15;
        }
    }
    return out && held ? 0 : 1;
}
