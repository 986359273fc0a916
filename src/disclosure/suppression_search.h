// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "protection_route.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"

namespace twinfirm::disclosure {

/// Finds the complementary cells of a table: one route a target, together as cheap as found.
class SuppressionSearch {
  public:
    /// `sensitive`: cells hidden by the rules; `table` must live on.
    SuppressionSearch(const AggregateTable& table, const std::vector<bool>& sensitive);

    /// Routes for all targets beside those there already; the best of several orders where the table is small. Error:
    /// `disclosure_cannot_protect`.
    Status protect(const std::vector<Target>& targets, const CancellationToken& token);
    [[nodiscard]] bool hidden(std::size_t cell) const { return sensitive_[cell] || !users_[cell].empty(); }
    /// The costs of the complementary cells.
    [[nodiscard]] double loss() const;

  private:
    Status add(const std::vector<std::size_t>& order, const CancellationToken& token);
    Status improve(const CancellationToken& token);
    bool show_again(std::size_t cell);
    /// Along a cube, and by a linear program where that is wanted and there is no cube or the table is small.
    bool find_route(std::size_t target, bool by_program);
    void take(std::size_t target, const Route& route);
    void drop(std::size_t target);
    [[nodiscard]] double step_cost(std::size_t cell) const;

    const AggregateTable& table_;
    std::vector<bool> sensitive_;
    StepCosts hiding_costs_;
    bool small_;
    CubeRoutes cubes_;
    ProgramRoutes programs_;
    std::vector<Target> targets_;
    std::vector<Route> routes_;                    ///< one a target
    std::vector<std::vector<std::size_t>> users_;  ///< cell: targets whose routes lead through it
    StepCosts costs_;                              ///< kept up to date by take and drop
};

}  // namespace twinfirm::disclosure
