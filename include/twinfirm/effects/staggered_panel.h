// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::effects {

/// Rows of a table with one firm and year each, in any order. Vectors have one entry a row.
struct LongRows {
    const stats::Column* firm = nullptr;
    std::vector<int> time;                   ///< `no_year` = missing
    std::vector<int> first_treated;          ///< year of adoption, 0 = never; the same in all rows of a firm
    std::span<const double> outcome;         ///< NaN = missing
    std::span<const double> weight;          ///< empty = all 1
    const stats::Column* cluster = nullptr;  ///< the same in all rows of a firm; nullptr = the firm itself
    const stats::Frame* frame = nullptr;     ///< of the covariates, needed with terms
    std::vector<stats::Term> terms;          ///< covariates; empty = none
};

inline constexpr int no_year = -1;

/// Firms x years with the year in which each firm adopted. Firms stand in the order of their ids (text: code points,
/// numbers: value), so that nothing depends on the order of the rows. Values lie firm by firm.
struct StaggeredPanel {
    std::vector<int> times;  ///< years with an observation, rising
    std::size_t firms = 0;
    std::vector<int> first_treated;           ///< one a firm, 0 = never
    std::vector<double> outcome;              ///< firms x times; NaN = not observed, or a covariate is missing
    std::vector<double> weight;               ///< firms x times; empty = all 1
    std::vector<std::int32_t> cluster;        ///< one a firm, from 0; empty = firms
    stats::DesignMatrix covariates;           ///< of rows; without columns if there are no terms
    std::vector<std::int32_t> covariate_row;  ///< firms x times: row of `covariates`, -1 = none; empty without terms
    Messages messages;                        ///< of the design matrix; `did_rows_without_key`

    [[nodiscard]] std::size_t at(std::size_t firm, std::size_t time) const { return firm * times.size() + time; }
    [[nodiscard]] bool observed(std::size_t firm, std::size_t time) const {
        return outcome[at(firm, time)] == outcome[at(firm, time)];
    }
};

/// Rows without firm or year are left out and counted.
/// Errors (input): `did_rows_repeated` {first, second}: two rows of one firm and year; `did_first_treated_varies`
/// {first, second}, `did_cluster_varies` {first, second}: rows of one firm that differ, 1-based; `did_weight_value`
/// {row}: a weight that is negative or missing; `did_no_rows`. Those of build_design_matrix.
/// Cost: O(rows log rows); memory of the design matrix.
[[nodiscard]] Result<StaggeredPanel> build_staggered_panel(const LongRows& rows);

}  // namespace twinfirm::effects
