// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matchit_cases.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/validation/comparison.h"
#include "twinfirm/validation/reference_folder.h"

namespace twinfirm::validation {

/// What the settings ask of a pair beside its score, on the rows of the data. It holds what a MatchProblem refers to.
struct PairConditions {
    PairConditions(const ReferenceTable& data, const design::MatchingSettings& settings);
    PairConditions(const PairConditions&) = delete;
    PairConditions& operator=(const PairConditions&) = delete;

    std::vector<std::int32_t> stratum;
    std::vector<std::vector<double>> values;
    std::vector<matching::CovariateLimit> limits;
    std::vector<std::vector<std::int32_t>> codes;
};

/// A case of the folder matchit.
struct MatchItFiles {
    MatchItFiles(const ReferenceFolder& folder, const MatchItCase& item);

    const ReferenceTable& data;
    const ReferenceTable& units;
    nlohmann::json json;
    stats::Formula formula;
    std::vector<std::uint8_t> treated;
    std::vector<double> weight;
    std::vector<double> score;          ///< MatchIt's, as it writes them; empty where it used none
    std::vector<matching::Pair> pairs;  ///< by focal row, the choices of a focal unit in their order; rows from 0
    bool ties = false;                  ///< the pair list itself need not agree
};

[[nodiscard]] std::string data_file(const std::string& set);

/// Every column that the formula names.
[[nodiscard]] std::vector<std::string> variables(const stats::Formula& formula);

/// Design matrix of the formula's covariates; no row may lack one.
[[nodiscard]] stats::DesignMatrix design_of(const ReferenceTable& data, const stats::Formula& formula);

/// One code for each combination of values in these columns; empty without columns.
[[nodiscard]] std::vector<std::int32_t> strata(const ReferenceTable& data, const std::vector<std::string>& columns);

/// Numbers of two lists compared one by one; with `as_multisets` each sorted first. Lists of unequal length fail.
void compare_lists(CaseReport& report, const char* quantity, std::vector<double> ours, std::vector<double> theirs,
                   double required, const char* exception = "", bool as_multisets = false);

/// How many pairs (focal, match) of the first list the second has too; both by focal row.
[[nodiscard]] std::size_t shared_pairs(const std::vector<matching::Pair>& ours,
                                       const std::vector<matching::Pair>& theirs);

/// Sorted distances of the pairs.
[[nodiscard]] std::vector<double> sorted_distances(const std::vector<matching::Pair>& pairs);

}  // namespace twinfirm::validation
