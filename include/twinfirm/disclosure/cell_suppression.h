// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/disclosure/aggregate_table.h"
#include "twinfirm/disclosure/primary_rules.h"
#include "twinfirm/disclosure/suppression_audit.h"

namespace twinfirm::disclosure {

enum class CellState {
    shown,
    sensitive,      ///< hidden by the rules
    complementary,  ///< hidden because others could be worked out from it
};

struct Suppression {
    std::vector<CellState> states;  ///< one a cell
    double loss = 0;                ///< sum of the absolute values of the complementary cells
    std::size_t complementary = 0;  ///< how many there are

    [[nodiscard]] std::vector<bool> suppressed() const;
};

/// Hides the cells that the rules name and as little else as it finds necessary, over all relations at once, so that
/// linked tables and hierarchies protect one another. Totals may be hidden; cells of 0 and cells known already are not.
///
/// Every sensitive cell gets a route: a change of hidden cells that keeps all sums and moves the cell up or down as far
/// as its protection asks. A route is the cheapest cube of cells (hypercube method, Repsilber 1994; Giessing &
/// Repsilber, LNCS 2316 (2002)) where the table is a grid, and the cheapest solution of the linear program of Kelly,
/// Golden & Assad (Networks 22 (1992), section 4) elsewhere and in small tables; cells hidden already cost nothing.
/// Then each complementary cell, dearest first, is shown again if the routes through it can be led elsewhere for less;
/// small tables are begun anew in several orders and the best is kept. Cost of a cell: its absolute value, ten times
/// that for a total, since readers look at totals first.
///
/// Not necessarily the least loss possible. Errors: those of check_table and check_rules, `cancelled`,
/// `disclosure_cannot_protect` with the cell, when the cells known already leave no way. Grids of 3,000 cells with 10 %
/// sensitive ones take less than a second.
[[nodiscard]] Result<Suppression> suppress_cells(const AggregateTable& table, const PrimaryRules& rules,
                                                 const CancellationToken& token = {});

struct ProtectedTable {
    Suppression suppression;
    SuppressionAudit audit;
};

/// suppress_cells, the audit, and further cells for what the audit still recovers. Where at most 64 cells could be
/// hidden it then looks for the cheapest pattern of all, by rising loss, within a fixed number of trials. Errors: those
/// of suppress_cells, and `disclosure_cannot_protect` if the audit is not content after 20 rounds: a table comes out
/// safe or not at all.
[[nodiscard]] Result<ProtectedTable> protect_table(const AggregateTable& table, const PrimaryRules& rules,
                                                   const CancellationToken& token = {});

}  // namespace twinfirm::disclosure
