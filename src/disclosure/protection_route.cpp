// SPDX-License-Identifier: GPL-3.0-or-later
#include "protection_route.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::disclosure {

namespace {

std::vector<LinearProgram::Entry> entries(const AggregateTable& table) {
    std::vector<LinearProgram::Entry> result;
    const auto both = [&](std::size_t row, std::size_t cell, double factor) {
        result.push_back({row, 2 * cell, factor});
        result.push_back({row, 2 * cell + 1, -factor});
    };
    for (std::size_t row = 0; row < table.relations.size(); ++row) {
        both(row, table.relations[row].total, -1);
        for (const std::size_t part : table.relations[row].parts) both(row, part, 1);
    }
    return result;
}

/// The median of the costs above 0.
double usual_cost(const AggregateTable& table) {
    std::vector<double> sizes;
    for (const Cell& cell : table.cells)
        if (cell.value != 0) sizes.push_back(std::abs(cell.value));
    if (sizes.empty()) return 1;
    std::sort(sizes.begin(), sizes.end());
    return sizes[sizes.size() / 2];
}

}  // namespace

StepCosts hiding_costs(const AggregateTable& table) {
    constexpr double weight_of_totals = 10;
    const std::vector<bool> totals = table.totals();
    StepCosts costs;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        const double size = std::abs(table.cells[i].value);
        const bool open = size > 0 && !table.cells[i].known;
        costs.push_back(open ? (totals[i] ? weight_of_totals : 1) * size : closed);
    }
    return costs;
}

double route_cost(const Route& route, const StepCosts& costs) {
    double sum = 0;
    for (const std::size_t cell : route) sum += costs[cell];
    return sum;
}

CubeRoutes::CubeRoutes(const AggregateTable& table) : table_(table) {
    if (!table.grid) return;
    strides_.assign(table.grid->shape.size(), 1);
    for (std::size_t d = strides_.size(); d-- > 1;) strides_[d - 1] = strides_[d] * table.grid->shape[d];
}

std::optional<Route> CubeRoutes::cheapest(const Target& target, const StepCosts& costs) const {
    if (!table_.grid) return std::nullopt;
    const Grid& grid = *table_.grid;
    std::vector<std::vector<std::size_t>> jumps;  // dimension: how far the other codes lie from the target's
    for (std::size_t d = 0; d < strides_.size(); ++d) {
        const std::size_t code = target.cell / strides_[d] % grid.shape[d];
        if (grid.is_total[d][code]) return std::nullopt;
        if (grid.siblings[d][code].empty()) continue;
        auto& others = jumps.emplace_back();
        for (const std::size_t other : grid.siblings[d][code])
            if (other != code) others.push_back((other - code) * strides_[d]);  // wraps round, and back when added
        if (others.empty()) return std::nullopt;
    }
    const std::size_t corners = std::size_t{1} << jumps.size();
    std::vector<std::size_t> corner(corners, target.cell);
    double best = closed;
    Route route;
    std::vector<std::size_t> choice(jumps.size(), 0);
    for (bool more = !jumps.empty(); more;) {
        double cost = 0;
        for (std::size_t mask = 1; mask < corners && cost < best; ++mask) {
            std::size_t dimension = 0;
            while ((mask >> dimension & 1U) == 0) ++dimension;
            const std::size_t rest = mask & (mask - 1);
            corner[mask] = corner[rest] + jumps[dimension][choice[dimension]];
            bool falls_with_target = true;
            for (std::size_t left = mask; left != 0; left &= left - 1) falls_with_target = !falls_with_target;
            const double room = table_.cells[corner[mask]].value;
            if (room < (falls_with_target ? target.down : target.up)) cost = closed;
            cost += costs[corner[mask]];
        }
        if (cost < best) {
            best = cost;
            route.assign(corner.begin() + 1, corner.end());
        }
        if (best == 0) break;
        more = false;
        for (std::size_t d = 0; d < choice.size() && !more; ++d) {
            more = ++choice[d] < jumps[d].size();
            if (!more) choice[d] = 0;
        }
    }
    if (route.empty()) return std::nullopt;
    std::sort(route.begin(), route.end());
    return route;
}

ProgramRoutes::ProgramRoutes(const AggregateTable& table)
    : table_(table),
      bounded_(table.non_negative()),
      usual_cost_(usual_cost(table)),
      program_(table.relations.size(), 2 * table.cells.size(), entries(table)) {}

std::optional<ProgramRoutes::Movement> ProgramRoutes::move(const Target& target, double amount,
                                                           const StepCosts& costs) {
    const double size = std::abs(amount);
    for (std::size_t i = 0; i < table_.cells.size(); ++i) {
        const bool open = costs[i] < closed && i != target.cell;
        const double room = bounded_ ? table_.cells[i].value / size : closed;
        program_.set_bounds(2 * i, 0, open ? closed : 0);
        program_.set_bounds(2 * i + 1, 0, open ? room : 0);
        // Between free cells the shortest route wins; extremes of costs are cut for the sake of the numbers.
        const double cost = open && costs[i] > 0 ? std::clamp(costs[i] / usual_cost_, 1e-3, 1e5) : 1e-4;
        program_.set_cost(2 * i, cost);
        program_.set_cost(2 * i + 1, cost);
    }
    const double up = amount > 0 ? 1 : 0;
    program_.set_bounds(2 * target.cell, up, up);
    program_.set_bounds(2 * target.cell + 1, 1 - up, 1 - up);
    if (program_.minimise(LinearProgram::Method::dual) != LinearProgram::Outcome::optimal) return std::nullopt;
    Movement movement;
    for (std::size_t i = 0; i < table_.cells.size(); ++i) {
        const double deviation = program_.value(2 * i) - program_.value(2 * i + 1);
        movement.deviation.push_back(std::abs(deviation) > 1e-7 ? size * deviation : 0);
    }
    return movement;
}

bool ProgramRoutes::can_be_turned_round(const Movement& movement, double factor) const {
    if (!bounded_) return true;
    for (std::size_t i = 0; i < table_.cells.size(); ++i) {
        if (factor * movement.deviation[i] > table_.cells[i].value) return false;
    }
    return true;
}

std::optional<Route> ProgramRoutes::cheapest(const Target& target, const StepCosts& costs) {
    StepCosts open = costs;
    std::vector<bool> moves(table_.cells.size(), false);
    const auto follow = [&](const Movement& movement) {
        for (std::size_t i = 0; i < moves.size(); ++i) {
            if (movement.deviation[i] == 0) continue;
            moves[i] = true;
            open[i] = 0;
        }
    };
    const double first = target.up > 0 ? target.up : -target.down;
    auto there = move(target, first, open);
    if (!there) return std::nullopt;
    follow(*there);
    if (target.up > 0 && target.down > 0 && !can_be_turned_round(*there, target.down / target.up)) {
        auto back = move(target, -target.down, open);
        if (!back) return std::nullopt;
        follow(*back);
    }
    Route route;
    for (std::size_t i = 0; i < moves.size(); ++i)
        if (moves[i] && i != target.cell) route.push_back(i);
    return route;
}

}  // namespace twinfirm::disclosure
