// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {

/// One possible answer of a question that may be answered by several.
struct ResponseItem {
    std::string label;
    std::vector<double> marked;  ///< one a row: 1 = chosen, 0 = not, NaN = not known
};

struct ResponseShare {
    SurveyEstimate of_respondents;  ///< share of those in the base who chose it; the shares may sum to more than 1
    SurveyEstimate of_answers;      ///< its part of all answers given; the shares sum to 1
};

struct MultipleResponse {
    std::vector<ResponseShare> shares;  ///< in the order of the items
    std::int64_t base = 0;              ///< rows of the base with an answer
    /// Rows of the domain in which no item is marked: nobody knows whether none applies or the question was left out.
    std::int64_t without_answer = 0;
    std::int64_t outside_answers = 0;  ///< rows outside the domain that have a mark: a skip that was not kept
    double answers_each = 0;           ///< mean number of answers of those in the base
};

/// A multiple-response question (복수응답). The base are the rows of `domain` (those whom the skip pattern leads to the
/// question) with at least one mark; within it an item that is not marked counts as not chosen, and the shares of
/// answers are ratios. With `blank_counts` rows without any mark belong to the base, as having chosen none.
/// Throws std::invalid_argument for lengths other than the design's. Cost: O(items x n log n).
[[nodiscard]] MultipleResponse multiple_response(const SampleDesign& design, const std::vector<ResponseItem>& items,
                                                 std::span<const char> domain = {}, bool blank_counts = false);

}  // namespace twinfirm::survey
