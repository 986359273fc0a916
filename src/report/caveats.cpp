// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/caveats.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "twinfirm/base/number_text.h"
#include "words.h"

namespace twinfirm::report {

using evaluation::Evaluation;

namespace {

/// Pairs in the order of first appearance.
template <class Value>
Value& entry_of(std::vector<std::pair<std::string, Value>>& entries, const std::string& key) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.first == key; });
    return found == entries.end() ? entries.emplace_back(key, Value{}).second : found->second;
}

void add_traps(const Evaluation& evaluation, const Words& words, std::vector<std::string>& lines) {
    std::vector<std::pair<std::string, std::int64_t>> counts;
    for (const auto& row : evaluation.before_after) {
        for (const std::string& trap : row.traps) ++entry_of(counts, trap);
    }
    for (const auto& row : evaluation.effects) {
        for (const std::string& trap : row.traps) ++entry_of(counts, trap);
    }
    for (const auto& [code, count] : counts) {
        lines.push_back(words("report_caveat_trap", {{"text", words(code)}, {"numbers", words.format().count(count)}}));
    }
}

void add_warnings(const Evaluation& evaluation, const Words& words, std::vector<std::string>& lines) {
    for (const Message& message : evaluation.messages) {
        if (message.severity == Severity::warning) lines.push_back(words.catalogue().text(message));
    }
    std::vector<std::pair<std::string, std::string>> years_of;
    for (const evaluation::Cohort& cohort : evaluation.cohorts) {
        for (const Message& message : cohort.messages) {
            if (message.severity != Severity::warning) continue;
            std::string& years = entry_of(years_of, words.catalogue().text(message));
            years += (years.empty() ? "" : ", ") + integer_text(cohort.year);
        }
    }
    for (const auto& [text, years] : years_of) {
        lines.push_back(words("report_caveat_cohorts", {{"years", years}, {"text", text}}));
    }
}

}  // namespace

std::vector<std::string> caveats(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    std::vector<std::string> lines;
    add_traps(evaluation, words, lines);
    add_warnings(evaluation, words, lines);
    lines.push_back(words("report_caveat_unobserved"));
    lines.push_back(words("report_caveat_many_numbers"));
    return lines;
}

}  // namespace twinfirm::report
