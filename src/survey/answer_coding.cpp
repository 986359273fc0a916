// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/answer_coding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "twinfirm/base/number_text.h"

namespace twinfirm::survey {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::array yes{"예", "유", "있음", "해당", "도입", "o", "○", "◯", "●", "y", "yes", "true", "1"};
constexpr std::array no{"아니오", "아니요", "무", "없음", "해당없음", "비해당", "미도입",
                        "x",      "×",      "✕",  "n",    "no",       "false",  "0"};

tl::unexpected<Error> unknown(const stats::Column& column, std::size_t row, std::string value) {
    return fail(ErrorKind::input, "survey_answer_unknown",
                {{"column", column.name()}, {"row", std::to_string(row + 1)}, {"value", std::move(value)}});
}

std::string folded(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

Result<std::vector<double>> from_numbers(const stats::Column& column, AnswerCoding coding) {
    std::vector<double> answers;
    const auto values = column.values();
    if (coding == AnswerCoding::automatic) {
        const bool two = std::find(values.begin(), values.end(), 2.0) != values.end();
        const bool zero = std::find(values.begin(), values.end(), 0.0) != values.end();
        if (two && !zero) {
            return fail(ErrorKind::input, "survey_coding_unclear", {{"column", column.name()}, {"values", "1, 2"}});
        }
    }
    for (std::size_t row = 0; row < values.size(); ++row) {
        const double value = values[row];
        if (std::isnan(value)) {
            answers.push_back(missing);
        } else if (value == 1) {
            answers.push_back(1);
        } else if (value == (coding == AnswerCoding::one_two ? 2 : 0)) {
            answers.push_back(0);
        } else {
            return unknown(column, row, shortest_text(value));
        }
    }
    return answers;
}

Result<std::vector<double>> from_words(const stats::Column& column, AnswerCoding coding) {
    std::vector<double> of_level;
    for (const std::string& level : column.levels()) {
        const std::string word = folded(level);
        const bool is_two = coding == AnswerCoding::one_two && word == "2";
        if (std::find(yes.begin(), yes.end(), word) != yes.end()) {
            of_level.push_back(1);
        } else if (is_two || std::find(no.begin(), no.end(), word) != no.end()) {
            of_level.push_back(0);
        } else {
            of_level.push_back(missing);
        }
    }
    std::vector<double> answers;
    for (std::size_t row = 0; row < column.size(); ++row) {
        const std::int32_t code = column.codes()[row];
        answers.push_back(code < 0 ? missing : of_level[static_cast<std::size_t>(code)]);
        if (code >= 0 && std::isnan(answers.back())) {
            return unknown(column, row, column.levels()[static_cast<std::size_t>(code)]);
        }
    }
    return answers;
}

}  // namespace

std::optional<AnswerCoding> parse_answer_coding(std::string_view code) {
    if (code == "auto") return AnswerCoding::automatic;
    if (code == "1/0") return AnswerCoding::one_zero;
    if (code == "1/2") return AnswerCoding::one_two;
    if (code == "marked") return AnswerCoding::marked;
    return std::nullopt;
}

Result<std::vector<double>> yes_no_answers(const stats::Column& column, AnswerCoding coding) {
    if (coding == AnswerCoding::marked) {
        std::vector<double> answers;
        for (std::size_t row = 0; row < column.size(); ++row) answers.push_back(column.missing(row) ? 0 : 1);
        return answers;
    }
    return column.kind() == stats::ColumnKind::number ? from_numbers(column, coding) : from_words(column, coding);
}

}  // namespace twinfirm::survey
