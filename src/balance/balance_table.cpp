// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/balance/balance_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "twinfirm/base/parallel.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/rising_order.h"

namespace twinfirm::balance {
namespace {

constexpr double not_available = std::numeric_limits<double>::quiet_NaN();
/// Square root of the double's precision: smaller differences and SDs count as none.
constexpr double negligible = 1.4901161193847656e-08;

/// Columns that one thread takes at once; they are sorted in the same memory.
constexpr std::size_t columns_of_a_piece = 4;

/// Weighted moments of one arm.
struct Arm {
    double total = 0;       ///< sum of the weights
    std::size_t units = 0;  ///< with a weight above 0
    double mean = not_available;
    double variance = not_available;  ///< p(1-p) for a binary column
    double squares = 0;               ///< weighted, around the mean, by shares of the total
};

/// The two arms of one sample; [1] = adopters.
using Arms = std::array<Arm, 2>;

/// What a unit is, in the mark that it carries through a sort.
constexpr std::uint8_t adopter_mark = 1;
constexpr std::uint8_t weighted_mark = 2;

/// What all columns of a table have in common.
struct Units {
    explicit Units(const MatchedUnits& matched) {
        marks.resize(matched.treated.size());
        for (std::uint32_t i = 0; i < marks.size() && i < matched.weight.size(); ++i) {
            const bool weighted = matched.weight[i] != 0;
            marks[i] = static_cast<std::uint8_t>((matched.treated[i] != 0 ? adopter_mark : 0) |
                                                 (weighted ? weighted_mark : 0));
            if (!weighted) continue;
            members.push_back(i);
            double& common = common_weight[matched.treated[i] != 0 ? 1 : 0];
            if (common == 0) common = matched.weight[i];
            if (common != matched.weight[i]) common = not_available;
        }
    }

    std::vector<std::uint8_t> marks;
    std::array<double, 2> common_weight{};  ///< of the weighted units of an arm; NaN where they differ
    std::vector<std::uint32_t> members;     ///< places of the units with a weight
};

/// The units that count before or after matching, in order of their places.
struct AllUnits {
    std::size_t count = 0;

    [[nodiscard]] std::size_t size() const { return count; }
    [[nodiscard]] std::size_t unit(std::size_t i) const { return i; }
    [[nodiscard]] static double weight(std::size_t) { return 1; }
};
struct WeightedUnits {
    std::span<const std::uint32_t> members;
    std::span<const double> weights;

    [[nodiscard]] std::size_t size() const { return members.size(); }
    [[nodiscard]] std::size_t unit(std::size_t i) const { return members[i]; }
    [[nodiscard]] double weight(std::size_t unit) const { return weights[unit]; }
};

template <class Sample>
Arms moments(std::span<const double> values, std::span<const std::uint8_t> treated, const Sample& sample, bool binary) {
    Arms arms;
    // Sums of each arm in variables of its own: an arm taken by index would go through memory at every unit.
    Arm others;
    Arm adopters;
    double sum_others = 0;
    double sum_adopters = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const std::size_t unit = sample.unit(i);
        const double value = values[unit];
        if (std::isnan(value)) continue;
        const double weight = sample.weight(unit);
        if (treated[unit] != 0) {
            adopters.total += weight;
            ++adopters.units;
            sum_adopters += weight * value;
        } else {
            others.total += weight;
            ++others.units;
            sum_others += weight * value;
        }
    }
    if (others.units > 0) others.mean = sum_others / others.total;
    if (adopters.units > 0) adopters.mean = sum_adopters / adopters.total;
    arms = {others, adopters};
    if (binary) {
        for (Arm& arm : arms) {
            arm.variance = arm.mean * (1 - arm.mean);
            arm.squares = arm.variance;
        }
        return arms;
    }
    std::array<double, 2> squared_weights{};
    double squares_others = 0;
    double squares_adopters = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const std::size_t unit = sample.unit(i);
        const double value = values[unit];
        if (std::isnan(value)) continue;
        const double weight = sample.weight(unit);
        if (treated[unit] != 0) {
            const double deviation = value - adopters.mean;
            squares_adopters += weight * deviation * deviation;
            squared_weights[1] += weight * weight;
        } else {
            const double deviation = value - others.mean;
            squares_others += weight * deviation * deviation;
            squared_weights[0] += weight * weight;
        }
    }
    const std::array<double, 2> squares{squares_others, squares_adopters};
    for (std::size_t arm = 0; arm < 2; ++arm) {
        if (arms[arm].units == 0) continue;
        const double total = arms[arm].total;
        arms[arm].squares = squares[arm] / total;
        if (arms[arm].units > 1) arms[arm].variance = arms[arm].squares / (1 - squared_weights[arm] / (total * total));
    }
    return arms;
}

/// SD over both arms around their own means, each arm by its size.
double within_arm_sd(const Arms& arms, bool binary) {
    double squares = 0;
    double units = 0;
    for (const Arm& arm : arms) {
        const auto count = static_cast<double>(arm.units);
        units += count;
        if (std::isnan(arm.variance)) continue;  // a single unit has no deviation from its mean
        squares += arm.variance * (binary ? count : count - 1);
    }
    return std::sqrt(squares / (binary ? units : units - 1));
}

double denominator_sd(const Arms& before, SmdDenominator denominator, bool binary) {
    double sd = not_available;
    switch (denominator) {
        case SmdDenominator::treated:
            sd = std::sqrt(before[1].variance);
            break;
        case SmdDenominator::control:
            sd = std::sqrt(before[0].variance);
            break;
        case SmdDenominator::pooled:
            sd = std::sqrt((before[1].variance + before[0].variance) / 2);
            break;
    }
    if (std::isfinite(sd) && sd >= negligible) return sd;
    return within_arm_sd(before, binary);
}

bool too_small(const Arms& arms) {
    return arms[0].units < 2 && arms[1].units < 2;
}

/// Whether the difference in means is shown without being divided.
bool negligible_difference(const Arms& arms) {
    return std::abs(arms[1].mean - arms[0].mean) <= negligible;
}

/// The t test of the difference in means, one variance for both arms.
void test_means(const Arms& arms, BalanceStatistics& result) {
    const double units = static_cast<double>(arms[0].units + arms[1].units);
    if (arms[0].units == 0 || arms[1].units == 0 || units < 3) return;
    const double total = arms[0].total + arms[1].total;
    const double squares = arms[0].squares * arms[0].total + arms[1].squares * arms[1].total;
    const double variance = squares / (units - 2);
    // What rounding makes of a constant column is no variance.
    constexpr double rounding = 1e-13;
    if (!(std::sqrt(squares / total) > rounding * std::max(std::abs(arms[0].mean), std::abs(arms[1].mean)))) return;
    const double error = std::sqrt(variance * (1 / arms[0].total + 1 / arms[1].total));
    result.t = (arms[1].mean - arms[0].mean) / error;
    result.p_value = 2 * stats::student_t_cdf(-std::abs(result.t), units - 2);
}

BalanceStatistics statistics(const Arms& arms, double sd, bool binary) {
    BalanceStatistics result;
    const double difference = arms[1].mean - arms[0].mean;
    result.mean_treated = arms[1].mean;
    result.mean_control = arms[0].mean;
    test_means(arms, result);
    if (negligible_difference(arms)) {
        result.smd = difference;
    } else if (!too_small(arms)) {
        result.smd = difference / sd;
    }
    if (binary) {
        result.ecdf_mean = std::abs(difference);
        result.ecdf_max = std::abs(difference);
    } else if (!too_small(arms)) {
        result.variance_ratio = arms[1].variance / arms[0].variance;
    }
    return result;
}

/// Distance of the arms' distribution functions, before and after, in one pass over the sorted values.
void compare_distributions(const stats::RisingOrder& order, const MatchedUnits& units,
                           const std::array<double, 2>& common_weight, const Arms& before, const Arms& after,
                           BalanceRow& row) {
    struct Gap {
        double now = 0;
        double sum = 0;
        double largest = 0;

        void look() {
            sum += std::abs(now);
            largest = std::max(largest, std::abs(now));
        }
    };
    Gap gap_before;
    Gap gap_after;
    const std::array<double, 2> step{-1 / before[0].total, 1 / before[1].total};
    const std::array<double, 2> step_after{-common_weight[0] / after[0].total, common_weight[1] / after[1].total};
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < order.size();) {
        do {
            const std::uint8_t mark = order.mark(i);
            const std::size_t arm = mark & adopter_mark;
            gap_before.now += step[arm];
            if ((mark & weighted_mark) != 0) {
                // The weights themselves are in no order here: looking them up is what this pass waits for.
                gap_after.now += std::isnan(common_weight[arm])
                                     ? (arm == 1 ? 1 : -1) * units.weight[order.place(i)] / after[arm].total
                                     : step_after[arm];
            }
            ++i;
        } while (i < order.size() && order.repeats(i));
        ++distinct;
        gap_before.look();
        gap_after.look();
    }
    const auto write = [&](const Gap& gap, const Arms& arms, BalanceStatistics& statistics) {
        if (too_small(arms) || arms[0].units == 0 || arms[1].units == 0) return;
        statistics.ecdf_mean = gap.sum / static_cast<double>(distinct);
        statistics.ecdf_max = gap.largest;
    };
    write(gap_before, before, row.before);
    write(gap_after, after, row.after);
}

double mean_pair_distance(const BalanceColumn& column, std::span<const matching::Pair> pairs) {
    double sum = 0;
    std::size_t count = 0;
    for (const matching::Pair& pair : pairs) {
        const double distance = std::abs(column.values[pair.focal] - column.values[pair.match]);
        if (std::isnan(distance)) continue;
        sum += distance;
        ++count;
    }
    return count == 0 ? not_available : sum / static_cast<double>(count);
}

/// Over all pairs of an adopter and a non-adopter of the same set: in rising order of the values each unit meets those
/// of the other arm that came before it.
double mean_distance_within_sets(const stats::RisingOrder& order, const BalanceColumn& column,
                                 const MatchedUnits& units) {
    struct Seen {
        std::array<double, 2> count{};
        std::array<double, 2> sum{};
    };
    if (order.size() == 0) return not_available;
    const double origin = column.values[order.place(order.size() / 2)];  // against cancellation
    std::vector<Seen> sets;
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t unit = order.place(i);
        if (units.set[unit] < 0) continue;
        const auto own = static_cast<std::size_t>(units.set[unit]);
        if (own >= sets.size()) sets.resize(std::max(own + 1, 2 * sets.size()));
        Seen& seen = sets[own];
        const std::size_t arm = units.treated[unit] != 0 ? 1 : 0;
        const double value = column.values[unit] - origin;
        sum += value * seen.count[1 - arm] - seen.sum[1 - arm];
        count += seen.count[1 - arm];
        seen.count[arm] += 1;
        seen.sum[arm] += value;
    }
    return count == 0 ? not_available : sum / count;
}

bool is_binary(std::span<const double> values) {
    return std::all_of(values.begin(), values.end(),
                       [](double value) { return value == 0 || value == 1 || std::isnan(value); });
}

}  // namespace

std::vector<BalanceColumn> balance_columns(const stats::DesignMatrix& design) {
    std::vector<BalanceColumn> columns;
    const auto values = [&](std::size_t j) {
        const auto column = design.x.col(static_cast<Eigen::Index>(j));
        return std::vector<double>(column.data(), column.data() + column.size());
    };
    for (std::size_t j = 1; j < design.columns.size(); ++j) {
        const stats::DesignColumn& column = design.columns[j];
        const bool starts_factor = !column.reference.empty() && design.columns[j - 1].term != column.term;
        if (starts_factor) {
            BalanceColumn reference{column.term, column.reference, {}};
            reference.values.assign(design.rows.size(), 1);
            for (std::size_t k = j; k < design.columns.size() && design.columns[k].term == column.term; ++k) {
                const auto level = design.x.col(static_cast<Eigen::Index>(k));
                for (std::size_t i = 0; i < reference.values.size(); ++i) {
                    reference.values[i] -= level[static_cast<Eigen::Index>(i)];
                }
            }
            columns.push_back(std::move(reference));
        }
        columns.push_back({column.term, column.level, values(j)});
    }
    return columns;
}

namespace {

BalanceRow row_of(const BalanceColumn& column, const MatchedUnits& units, const Units& shared,
                  stats::RisingOrder& order) {
    if (column.values.size() != units.treated.size() || units.weight.size() != units.treated.size() ||
        (!units.set.empty() && units.set.size() != units.treated.size())) {
        throw std::invalid_argument("balance_row: the column and the units differ in length");
    }
    const bool binary = !column.is_score && is_binary(column.values);
    BalanceRow row;
    row.covariate = column.covariate;
    row.level = column.level;
    row.type = column.is_score ? "distance" : (binary ? "binary" : "continuous");
    const Arms before = moments(column.values, units.treated, AllUnits{column.values.size()}, binary);
    const Arms after = moments(column.values, units.treated, WeightedUnits{shared.members, units.weight}, binary);
    const double sd = denominator_sd(before, units.denominator, binary);
    row.before = statistics(before, sd, binary);
    row.after = statistics(after, sd, binary);
    if (!binary || !units.set.empty()) order.sort(column.values, shared.marks);
    if (!binary) compare_distributions(order, units, shared.common_weight, before, after, row);
    const double distance =
        units.set.empty() ? mean_pair_distance(column, units.pairs) : mean_distance_within_sets(order, column, units);
    const bool divide = !negligible_difference(after) && !(std::abs(distance) <= 1e-8);
    if (negligible_difference(after) || !too_small(after)) {
        row.after.std_pair_distance = divide ? distance / sd : distance;
    }
    return row;
}

}  // namespace

BalanceRow balance_row(const BalanceColumn& column, const MatchedUnits& units) {
    stats::RisingOrder order;
    return row_of(column, units, Units(units), order);
}

std::vector<BalanceRow> balance_table(std::span<const BalanceColumn> columns, const MatchedUnits& units,
                                      unsigned threads) {
    std::vector<BalanceRow> rows(columns.size());
    const Units shared(units);
    parallel_chunks(columns.size(), columns_of_a_piece, threads, [&](std::size_t begin, std::size_t end) {
        stats::RisingOrder order;
        for (std::size_t i = begin; i < end; ++i) rows[i] = row_of(columns[i], units, shared, order);
    });
    return rows;
}

std::vector<BalanceRow> interaction_balance(std::span<const BalanceColumn> columns, const MatchedUnits& units,
                                            unsigned threads) {
    std::vector<std::pair<const BalanceColumn*, const BalanceColumn*>> products;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].is_score) continue;
        if (!is_binary(columns[i].values)) products.emplace_back(&columns[i], &columns[i]);
        for (std::size_t j = i + 1; j < columns.size(); ++j) {
            const bool one_factor = !columns[i].level.empty() && columns[i].covariate == columns[j].covariate;
            if (!columns[j].is_score && !one_factor) products.emplace_back(&columns[i], &columns[j]);
        }
    }
    const auto name = [](const BalanceColumn& column) {
        return column.level.empty() ? column.covariate : column.covariate + "=" + column.level;
    };
    std::vector<BalanceRow> rows(products.size());
    const Units shared(units);
    parallel_chunks(products.size(), columns_of_a_piece, threads, [&](std::size_t begin, std::size_t end) {
        stats::RisingOrder order;
        for (std::size_t i = begin; i < end; ++i) {
            const auto& [first, second] = products[i];
            BalanceColumn column{first == second ? "I(" + name(*first) + "^2)" : name(*first) + ":" + name(*second), "",
                                 first->values};
            for (std::size_t k = 0; k < column.values.size(); ++k) column.values[k] *= second->values[k];
            rows[i] = row_of(column, units, shared, order);
        }
    });
    return rows;
}

double effective_sample_size(std::span<const double> weights) {
    double sum = 0;
    double squares = 0;
    for (const double weight : weights) {
        sum += weight;
        squares += weight * weight;
    }
    return squares == 0 ? 0 : sum * sum / squares;
}

}  // namespace twinfirm::balance
