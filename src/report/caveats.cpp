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

constexpr std::size_t most_names = 5;

/// What the warning is about: the first names, or the file that lists the firms.
std::string with_items(std::string text, const std::string& code, const Evaluation& evaluation, const Words& words) {
    const evaluation::WarningList* list = evaluation::find_list(evaluation.lists, code);
    if (list == nullptr) return text;
    const std::string file = "lists/" + code + ".csv";
    const bool listed = !evaluation.disclosure.enabled;  // lists leave the program without protection only
    if (list->names.empty()) return listed ? words("report_caveat_list", {{"text", text}, {"file", file}}) : text;
    std::string names;
    for (std::size_t i = 0; i < std::min(most_names, list->names.size()); ++i) {
        names += (i == 0 ? "" : ", ") + list->names[i];
    }
    if (list->names.size() <= most_names) return words("report_caveat_items", {{"text", text}, {"items", names}});
    return words(listed ? "report_caveat_more_items" : "report_caveat_more_items_unlisted",
                 {{"text", text},
                  {"items", names},
                  {"more", words.format().count(static_cast<std::int64_t>(list->names.size() - most_names))},
                  {"file", file}});
}

void add_warnings(const Evaluation& evaluation, const Words& words, std::vector<std::string>& lines) {
    for (const Message& message : evaluation.messages) {
        if (message.severity != Severity::warning) continue;
        lines.push_back(with_items(words.catalogue().text(message), message.code, evaluation, words));
    }
    std::vector<std::pair<std::string, std::string>> years_of;
    for (const evaluation::Cohort& cohort : evaluation.cohorts) {
        for (const Message& message : cohort.messages) {
            if (message.severity != Severity::warning) continue;
            std::string& years =
                entry_of(years_of, with_items(words.catalogue().text(message), message.code, evaluation, words));
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
