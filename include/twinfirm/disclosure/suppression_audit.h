// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/disclosure/aggregate_table.h"
#include "twinfirm/disclosure/primary_rules.h"

namespace twinfirm::disclosure {

/// What is wrong with the suppression of a cell.
enum class Disclosure {
    none,
    shown,      ///< the rules hide it, yet it is shown
    exact,      ///< a reader can work its value out
    too_close,  ///< a reader gets nearer to it than its protection allows
};

/// The smallest and largest value that a suppressed cell can have, given everything shown and the sums.
struct CellInterval {
    std::size_t cell = 0;
    double low = 0;
    double high = 0;  ///< infinity if nothing bounds it
    Protection protection;
    Disclosure disclosure = Disclosure::none;
};

struct SuppressionAudit {
    std::vector<CellInterval> cells;  ///< the suppressed ones and those of `shown`, by index
    std::size_t programs = 0;         ///< linear programs solved
    [[nodiscard]] bool passed() const;
    [[nodiscard]] std::vector<CellInterval> failures() const;
};

/// Attacks a table: for every suppressed cell the two linear programs of Fischetti & Salazar-González (Management
/// Science 47 (2001), section 2) over all cells of at least 0 that keep every sum; counts are relaxed to real numbers,
/// so that the intervals are never too narrow to be true. GLPK solves them, one connected group of suppressed cells at
/// a time. A cell passes when the interval is as wide as its protection asks; one suppressed for the sake of others
/// passes when it is not exact (counts: two whole numbers are possible); an unpublished one that no rule names always
/// passes. A program that cannot be solved counts as
/// recovered.
///
/// Errors: `cancelled`. About 2 warm-started programs a suppressed cell.
[[nodiscard]] Result<SuppressionAudit> audit_suppression(const AggregateTable& table,
                                                         const std::vector<bool>& suppressed, const PrimaryRules& rules,
                                                         const CancellationToken& token = {});

}  // namespace twinfirm::disclosure
