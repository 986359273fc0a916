// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/report_review.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace twinfirm::report {

namespace {

/// The numbers of a sentence as they are written, each once: `1,234`, `7.7`.
std::set<std::string> numbers_of(const std::string& text) {
    std::set<std::string> numbers;
    std::string number;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        const bool inside = (c == '.' || c == ',') && !number.empty() && i + 1 < text.size() && is_digit(text[i + 1]);
        if (is_digit(c) || inside) {
            number += c;
        } else if (!number.empty()) {
            numbers.insert(std::move(number));
            number.clear();
        }
    }
    return numbers;
}

void review_sentence(const SentenceRecord& sentence, Messages& messages) {
    if (sentence.state == SentenceState::outdated) {
        messages.push_back({"report_sentence_outdated",
                            Severity::warning,
                            {{"key", sentence.key}, {"written", sentence.written}, {"generated", sentence.generated}},
                            1});
    }
    if (sentence.state == SentenceState::unchecked) {
        messages.push_back({"report_sentence_unchecked", Severity::warning, {{"key", sentence.key}}, 1});
    }
    if (sentence.state == SentenceState::generated) return;
    const std::set<std::string> known = numbers_of(sentence.generated);
    std::string added;
    for (const std::string& number : numbers_of(sentence.written)) {
        if (!known.contains(number)) added += (added.empty() ? "" : "; ") + number;
    }
    if (!added.empty()) {
        messages.push_back(
            {"report_sentence_numbers", Severity::warning, {{"key", sentence.key}, {"numbers", added}}, 1});
    }
}

}  // namespace

Messages report_messages(const Document& document, const design::ReportSettings& settings) {
    Messages messages;
    std::set<std::string> keys;
    for (const SentenceRecord& sentence : document.sentences) {
        keys.insert(sentence.key);
        review_sentence(sentence, messages);
    }
    for (const design::RewrittenSentence& sentence : settings.sentences) {
        if (keys.contains(sentence.key)) continue;
        messages.push_back({"report_sentence_unknown", Severity::warning, {{"key", sentence.key}}, 1});
    }
    for (const std::vector<std::string>* names : {&settings.only, &settings.leave_out}) {
        for (const std::string& name : *names) {
            const auto& parts = document.parts;
            if (std::find(parts.begin(), parts.end(), name) != parts.end()) continue;
            messages.push_back({"report_part_unknown", Severity::warning, {{"name", name}}, 1});
        }
    }
    return messages;
}

std::string sentences_json(const Document& korean, const Document& english) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const SentenceRecord& sentence : korean.sentences) {
        const auto twin = std::find_if(english.sentences.begin(), english.sentences.end(),
                                       [&](const SentenceRecord& other) { return other.key == sentence.key; });
        list.push_back({{"key", sentence.key},
                        {"ko", sentence.generated},
                        {"en", twin == english.sentences.end() ? std::string() : twin->generated}});
    }
    return list.dump(1) + "\n";
}

}  // namespace twinfirm::report
