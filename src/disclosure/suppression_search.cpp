// SPDX-License-Identifier: GPL-3.0-or-later
#include "suppression_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "twinfirm/base/random.h"

namespace twinfirm::disclosure {

namespace {

/// Up to here linear programs are cheap enough to be asked for every route.
constexpr std::size_t small_table = 500;
constexpr int most_sweeps = 6;

std::size_t starts_for(std::size_t cells) {
    if (cells <= 60) return 16;
    return cells <= 200 ? 4 : 1;
}

}  // namespace

SuppressionSearch::SuppressionSearch(const AggregateTable& table, const std::vector<bool>& sensitive)
    : table_(table),
      sensitive_(sensitive),
      hiding_costs_(hiding_costs(table)),
      small_(table.cells.size() <= small_table),
      cubes_(table),
      programs_(table),
      users_(table.cells.size()) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) costs_.push_back(step_cost(i));
}

double SuppressionSearch::step_cost(std::size_t cell) const {
    if (table_.cells[cell].known) return closed;
    return hidden(cell) ? 0 : hiding_costs_[cell];
}

double SuppressionSearch::loss() const {
    double sum = 0;
    for (std::size_t i = 0; i < users_.size(); ++i)
        if (!sensitive_[i] && !users_[i].empty()) sum += hiding_costs_[i];
    return sum;
}

void SuppressionSearch::take(std::size_t target, const Route& route) {
    routes_[target] = route;
    for (const std::size_t cell : route) {
        users_[cell].push_back(target);
        costs_[cell] = 0;
    }
}

void SuppressionSearch::drop(std::size_t target) {
    for (const std::size_t cell : routes_[target]) {
        auto& users = users_[cell];
        users.erase(std::find(users.begin(), users.end(), target));
        if (users.empty()) costs_[cell] = step_cost(cell);
    }
    routes_[target].clear();
}

bool SuppressionSearch::find_route(std::size_t target, bool by_program) {
    auto route = cubes_.cheapest(targets_[target], costs_);
    if (by_program && (!route || (small_ && route_cost(*route, costs_) > 0))) {
        auto other = programs_.cheapest(targets_[target], costs_);
        if (other && (!route || route_cost(*other, costs_) < route_cost(*route, costs_))) route = std::move(other);
    }
    if (!route) return false;
    take(target, *route);
    return true;
}

Status SuppressionSearch::add(const std::vector<std::size_t>& order, const CancellationToken& token) {
    for (const std::size_t target : order) {
        TWINFIRM_TRY(token.check());
        if (!find_route(target, true)) {
            return fail(ErrorKind::statistics, "disclosure_cannot_protect",
                        {{"cell", table_.cells[targets_[target].cell].name}});
        }
    }
    return {};
}

/// Leads all routes through the cell elsewhere; takes that back if it does not lower the loss.
bool SuppressionSearch::show_again(std::size_t cell) {
    const double before = loss();
    const std::vector<std::size_t> affected = users_[cell];
    std::vector<Route> old;
    for (const std::size_t target : affected) old.push_back(routes_[target]);
    for (const std::size_t target : affected) drop(target);
    const double open = costs_[cell];
    costs_[cell] = closed;
    std::size_t found = 0;
    while (found < affected.size() && loss() < before && find_route(affected[found], small_)) ++found;
    costs_[cell] = open;
    if (found == affected.size() && loss() < before * (1 - 1e-12)) return true;
    for (std::size_t i = 0; i < found; ++i) drop(affected[i]);
    for (std::size_t i = 0; i < affected.size(); ++i) take(affected[i], old[i]);
    return false;
}

Status SuppressionSearch::improve(const CancellationToken& token) {
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        std::vector<std::size_t> cells;
        for (std::size_t i = 0; i < users_.size(); ++i)
            if (!sensitive_[i] && !users_[i].empty()) cells.push_back(i);
        std::stable_sort(cells.begin(), cells.end(),
                         [&](std::size_t a, std::size_t b) { return hiding_costs_[a] > hiding_costs_[b]; });
        bool better = false;
        for (const std::size_t cell : cells) {
            TWINFIRM_TRY(token.check());
            if (!users_[cell].empty()) better = show_again(cell) || better;
        }
        if (!better) break;
    }
    return {};
}

Status SuppressionSearch::protect(const std::vector<Target>& targets, const CancellationToken& token) {
    const std::size_t first = targets_.size();
    targets_.insert(targets_.end(), targets.begin(), targets.end());
    routes_.resize(targets_.size());
    std::vector<std::size_t> order(targets.size());
    std::iota(order.begin(), order.end(), first);
    // The most demanding ones first: the others use their cells.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return targets_[a].up + targets_[a].down > targets_[b].up + targets_[b].down;
    });
    const std::vector<Route> begin = routes_;
    std::vector<Route> best;
    double least = closed;
    Random random(1);
    const std::size_t starts = targets.size() > 1 ? starts_for(table_.cells.size()) : 1;
    for (std::size_t start = 0; start < starts; ++start) {
        TWINFIRM_TRY(add(order, token));
        TWINFIRM_TRY(improve(token));
        if (loss() < least) {
            least = loss();
            best = routes_;
        }
        for (std::size_t target = 0; target < targets_.size(); ++target) drop(target);
        for (std::size_t target = 0; target < first; ++target) take(target, begin[target]);
        start == 0 ? std::reverse(order.begin(), order.end()) : random.shuffle(order);
    }
    for (std::size_t target = 0; target < targets_.size(); ++target) drop(target);
    for (std::size_t target = 0; target < targets_.size(); ++target) take(target, best[target]);
    return {};
}

}  // namespace twinfirm::disclosure
