// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::survey {

/// What the numbers of a yes/no question mean.
enum class AnswerCoding {
    automatic,  ///< 0/1 and words; 1/2 is refused, because it may be yes/no or two categories
    one_zero,   ///< 1 = yes, 0 = no
    one_two,    ///< 1 = yes, 2 = no, as on Korean questionnaires
    marked,     ///< anything = yes, blank = no: a multiple-response question with one column an answer
};
[[nodiscard]] std::optional<AnswerCoding> parse_answer_coding(std::string_view code);

/// The column as 1 = yes, 0 = no, NaN = not answered. Words: 예/아니오(아니요), 유/무, 있음/없음,
/// 해당/해당없음(비해당), 도입/미도입, O/X (and circles), Y/N, yes/no, true/false in either case. Errors (input):
/// `survey_coding_unclear` {column, values} for numbers 1 and 2 under `automatic`, `survey_answer_unknown` {column,
/// row, value} for anything that is no answer.
[[nodiscard]] Result<std::vector<double>> yes_no_answers(const stats::Column& column, AnswerCoding coding);

}  // namespace twinfirm::survey
