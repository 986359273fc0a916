// SPDX-License-Identifier: GPL-3.0-or-later
// Tables for the tests: written out, random, and the best suppression of small ones by trying all.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/disclosure/cell_suppression.h"
#include "twinfirm/disclosure/cross_table.h"

namespace twinfirm::disclosure {

inline Dimension flat_dimension(const std::string& name, std::size_t codes) {
    Dimension dimension{name, {{name, std::nullopt}}};
    for (std::size_t i = 0; i < codes; ++i) dimension.codes.push_back({name + std::to_string(i), 0});
    return dimension;
}

/// A tree: each code that is not at the last level has 2 or 3 parts.
inline Dimension tree_dimension(const std::string& name, std::size_t levels, Random& random) {
    Dimension dimension{name, {{name, std::nullopt}}};
    std::size_t begin = 0;
    for (std::size_t level = 1; level < levels; ++level) {
        const std::size_t end = dimension.codes.size();
        for (std::size_t parent = begin; parent < end; ++parent) {
            const std::size_t parts = 2 + random.below(2);
            for (std::size_t i = 0; i < parts; ++i) {
                dimension.codes.push_back({dimension.codes[parent].name + "." + std::to_string(i), parent});
            }
        }
        begin = end;
    }
    return dimension;
}

/// Counts by rows and columns, with all margins.
inline AggregateTable count_table(const std::vector<std::vector<double>>& counts) {
    std::vector<Leaf> leaves;
    for (std::size_t i = 0; i < counts.size(); ++i)
        for (std::size_t j = 0; j < counts[i].size(); ++j) {
            Leaf leaf{{i + 1, j + 1}, {}};
            leaf.cell.value = counts[i][j];
            leaves.push_back(leaf);
        }
    return build_cross_table(Content::counts,
                             {flat_dimension("r", counts.size()), flat_dimension("c", counts.front().size())}, leaves)
        .value();
}

/// The cell at a row and a column of `count_table`, counted from 0.
inline std::size_t cell_at(const AggregateTable& table, std::size_t row, std::size_t column) {
    return (row + 1) * table.grid->shape[1] + column + 1;
}

/// Skewed contributions of a random number of enterprises in each leaf: many empty, some small cells.
inline AggregateTable random_table(Content content, const std::vector<Dimension>& dimensions, double mean,
                                   Random& random) {
    std::vector<std::vector<std::size_t>> lowest;
    for (const Dimension& dimension : dimensions) {
        std::vector<bool> is_total(dimension.codes.size(), false);
        for (const Code& code : dimension.codes)
            if (code.parent) is_total[*code.parent] = true;
        auto& codes = lowest.emplace_back();
        for (std::size_t i = 0; i < is_total.size(); ++i)
            if (!is_total[i]) codes.push_back(i);
    }
    std::vector<Leaf> leaves;
    std::vector<std::size_t> place(dimensions.size(), 0);
    for (bool more = true; more;) {
        Leaf leaf;
        for (std::size_t d = 0; d < place.size(); ++d) leaf.codes.push_back(lowest[d][place[d]]);
        const auto firms = random.poisson(mean * std::exp(random.normal()));
        leaf.cell.value = static_cast<double>(firms);
        leaf.cell.contributors = leaf.cell.value;
        if (content == Content::magnitudes) {
            std::vector<double> sales;
            for (std::int64_t i = 0; i < firms; ++i) sales.push_back(std::round(100 * std::exp(random.normal())) + 1);
            std::sort(sales.rbegin(), sales.rend());
            leaf.cell.value = 0;
            for (const double sale : sales) leaf.cell.value += sale;
            leaf.cell.largest = sales.empty() ? 0 : sales[0];
            leaf.cell.second = sales.size() < 2 ? 0 : sales[1];
        }
        leaves.push_back(leaf);
        more = false;
        for (std::size_t d = 0; d < place.size() && !more; ++d) {
            more = ++place[d] < lowest[d].size();
            if (!more) place[d] = 0;
        }
    }
    return build_cross_table(content, dimensions, leaves).value();
}

struct BestSuppression {
    double loss = 0;
    std::size_t cells = 0;
};

/// The least sum of values hidden beside the sensitive cells, over all sets of cells that are no totals.
inline std::optional<BestSuppression> best_by_trying_all(const AggregateTable& table, const PrimaryRules& rules) {
    const auto protection = required_protection(table, rules);
    const auto totals = table.totals();
    std::vector<bool> sensitive;
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        sensitive.push_back(protection[i].reason != Sensitivity::none);
        if (!sensitive[i] && !totals[i] && table.cells[i].value > 0) candidates.push_back(i);
    }
    struct Choice {
        double loss = 0;
        std::size_t mask = 0;
    };
    std::vector<Choice> choices;
    for (std::size_t mask = 0; mask < std::size_t{1} << candidates.size(); ++mask) {
        Choice choice{0, mask};
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (mask >> i & 1U) choice.loss += table.cells[candidates[i]].value;
        choices.push_back(choice);
    }
    std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.loss < b.loss; });
    for (const Choice& choice : choices) {
        std::vector<bool> suppressed = sensitive;
        std::size_t cells = 0;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (choice.mask >> i & 1U) {
                suppressed[candidates[i]] = true;
                ++cells;
            }
        }
        if (audit_suppression(table, suppressed, rules)->passed()) return BestSuppression{choice.loss, cells};
    }
    return std::nullopt;
}

/// Random tables of `rows` x 3 cells: none loses more than 1.25 times the least possible, all together hardly more.
inline void expect_least_losses(std::uint64_t seed, int rounds, std::size_t rows, double mean) {
    Random random(seed);
    double ours = 0;
    double least = 0;
    for (int round = 0; round < rounds; ++round) {
        const Content content = round % 2 == 0 ? Content::counts : Content::magnitudes;
        const auto table = random_table(content, {flat_dimension("a", rows), flat_dimension("b", 3)}, mean, random);
        const auto best = best_by_trying_all(table, {});
        const auto result = protect_table(table, {});
        ASSERT_TRUE(result) << round;
        if (!best) continue;  // only totals can protect it
        EXPECT_LE(result->suppression.loss, 1.25 * best->loss) << round;
        ours += result->suppression.loss;
        least += best->loss;
    }
    EXPECT_GT(least, 0);
    EXPECT_LE(ours, 1.05 * least);
}

}  // namespace twinfirm::disclosure
