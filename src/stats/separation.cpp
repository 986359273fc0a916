// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/separation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "twinfirm/base/number_text.h"

namespace twinfirm::stats {
namespace {

/// Rows that have a level, and how many of them are adopters.
struct LevelRows {
    std::vector<std::size_t> rows;
    std::size_t adopters = 0;

    void add(std::size_t row, bool is_adopter) {
        rows.push_back(row);
        adopters += is_adopter ? 1 : 0;
    }
    [[nodiscard]] bool one_arm() const { return !rows.empty() && (adopters == 0 || adopters == rows.size()); }
};

bool is_main_effect_level(const DesignColumn& column) {
    return !column.reference.empty();
}

void report(std::vector<OneArmLevel>& found, const std::string& term, const std::string& level, LevelRows rows) {
    if (rows.one_arm()) found.push_back({term, level, rows.adopters > 0, std::move(rows.rows)});
}

/// `sales > 3` if the adopters' smallest value is at least the non-adopters' largest, or the mirror image.
std::string threshold_of(const DesignMatrix& design, std::span<const std::uint8_t> adopter, std::size_t column) {
    double low[2] = {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    double high[2] = {-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    const auto values = design.x.col(static_cast<Eigen::Index>(column));
    for (Eigen::Index row = 0; row < values.size(); ++row) {
        const int arm = adopter[row] != 0 ? 1 : 0;
        low[arm] = std::min(low[arm], values[row]);
        high[arm] = std::max(high[arm], values[row]);
    }
    if (low[1] >= high[0] && high[1] > low[0]) return design.terms[column] + " >= " + shortest_text(low[1]);
    if (high[1] <= low[0] && low[1] < high[0]) return design.terms[column] + " <= " + shortest_text(high[1]);
    return {};
}

}  // namespace

std::vector<OneArmLevel> find_one_arm_levels(const DesignMatrix& design, std::span<const std::uint8_t> adopter) {
    std::vector<OneArmLevel> found;
    const std::size_t total = std::count_if(adopter.begin(), adopter.end(), [](std::uint8_t a) { return a != 0; });
    if (total == 0 || total == adopter.size()) return found;
    for (std::size_t first = 1; first < design.columns.size();) {
        const DesignColumn& column = design.columns[first];
        std::size_t last = first + 1;
        const bool category = is_main_effect_level(column);
        if (!category && !(column.binary && column.level.empty())) {
            first = last;
            continue;
        }
        while (category && last < design.columns.size() && is_main_effect_level(design.columns[last]) &&
               design.columns[last].term == column.term) {
            ++last;
        }
        std::vector<LevelRows> levels(last - first + 1);  // 0: the reference
        for (Eigen::Index row = 0; row < design.x.rows(); ++row) {
            std::size_t level = 0;
            for (std::size_t i = first; i < last; ++i) {
                if (design.x(row, static_cast<Eigen::Index>(i)) != 0) level = i - first + 1;
            }
            levels[level].add(static_cast<std::size_t>(row), adopter[row] != 0);
        }
        report(found, column.term, category ? column.reference : "0", std::move(levels[0]));
        for (std::size_t i = first; i < last; ++i) {
            report(found, column.term, category ? design.columns[i].level : "1", std::move(levels[i - first + 1]));
        }
        first = last;
    }
    return found;
}

std::vector<std::string> name_separating_covariates(const DesignMatrix& design, std::span<const std::uint8_t> adopter,
                                                    const Eigen::VectorXd& direction) {
    std::vector<std::string> names;
    for (const OneArmLevel& level : find_one_arm_levels(design, adopter)) {
        names.push_back(level.term + " = " + level.level);
    }
    for (std::size_t column = 1; names.empty() && column < design.terms.size(); ++column) {
        std::string threshold = threshold_of(design, adopter, column);
        if (!threshold.empty()) names.push_back(std::move(threshold));
    }
    if (!names.empty()) return names;
    Eigen::VectorXd parts = Eigen::VectorXd::Zero(direction.size());
    for (Eigen::Index column = 1; column < direction.size(); ++column) {
        const auto values = design.x.col(column);
        parts[column] = std::abs(direction[column]) * std::sqrt((values.array() - values.mean()).square().mean());
    }
    constexpr double visible_part = 1e-3;
    for (Eigen::Index column = 1; column < direction.size(); ++column) {
        if (parts[column] > visible_part * parts.maxCoeff()) names.push_back(design.terms[column]);
    }
    return names;
}

}  // namespace twinfirm::stats
