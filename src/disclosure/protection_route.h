// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "linear_program.h"
#include "twinfirm/disclosure/aggregate_table.h"

namespace twinfirm::disclosure {

/// A cell that must be able to move so far up and down.
struct Target {
    std::size_t cell = 0;
    double up = 0;
    double down = 0;
};

/// The cells other than the target's own that move with it, ascending.
using Route = std::vector<std::size_t>;

/// What it costs to let a cell move: 0 for a hidden one, `closed` where it may not.
using StepCosts = std::vector<double>;
constexpr double closed = std::numeric_limits<double>::infinity();

/// What hiding each cell costs where it is shown; `closed` for cells of 0 and those known already.
[[nodiscard]] StepCosts hiding_costs(const AggregateTable& table);

[[nodiscard]] double route_cost(const Route& route, const StepCosts& costs);

/// Routes along cubes: the 2^k cells at the crossings of two lowest-level codes in each dimension that has totals.
class CubeRoutes {
  public:
    explicit CubeRoutes(const AggregateTable& table);
    /// The cheapest; none if the table is no grid, the target is a total or its cubes are all closed or too small.
    [[nodiscard]] std::optional<Route> cheapest(const Target& target, const StepCosts& costs) const;

  private:
    const AggregateTable& table_;
    std::vector<std::size_t> strides_;
};

/// Routes by linear programming: any combination of movements.
class ProgramRoutes {
  public:
    explicit ProgramRoutes(const AggregateTable& table);
    [[nodiscard]] std::optional<Route> cheapest(const Target& target, const StepCosts& costs);

  private:
    struct Movement {
        std::vector<double> deviation;  ///< one a cell
    };
    [[nodiscard]] std::optional<Movement> move(const Target& target, double amount, const StepCosts& costs);
    [[nodiscard]] bool can_be_turned_round(const Movement& movement, double factor) const;

    const AggregateTable& table_;
    bool bounded_;
    double usual_cost_ = 1;
    LinearProgram program_;  ///< columns 2i and 2i + 1: cell i up, cell i down
};

}  // namespace twinfirm::disclosure
