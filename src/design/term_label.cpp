// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/term_label.h"

#include "twinfirm/base/message_catalogue.h"

namespace twinfirm::design {

namespace {

constexpr std::string_view growth = "_growth";

bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// `업종별` (by industry) divides by `업종`.
std::string divided_by(const Breakdown& breakdown, Language language) {
    constexpr std::string_view by = "별";
    std::string label = breakdown.label.in(language);
    if (language == Language::korean && label.ends_with(by)) label.erase(label.size() - by.size());
    return label;
}

}  // namespace

std::string variable_label(const Specification& specification, std::string_view name, Language language) {
    const MessageCatalogue catalogue(language);
    for (const Outcome& outcome : specification.outcomes) {
        if (outcome.variable == name && outcome.denominator.empty()) return outcome.label.in(language);
    }
    const std::string code = "variable_" + std::string(name);
    if (std::string label = catalogue.text(code, {}); label != code) return label;
    if (name.size() > growth.size() && name.ends_with(growth)) {
        name.remove_suffix(growth.size());
        return catalogue.text("variable_growth_of", {{"variable", variable_label(specification, name, language)}});
    }
    for (const Breakdown& breakdown : specification.breakdowns) {
        if (breakdown.key == name) return divided_by(breakdown, language);
    }
    return std::string(name);
}

std::string term_label(const Specification& specification, std::string_view term, Language language) {
    constexpr std::string_view logarithm = "log(";
    if (term.starts_with(logarithm) && term.find(')') == term.size() - 1) {
        const std::string_view name = term.substr(logarithm.size(), term.size() - logarithm.size() - 1);
        return MessageCatalogue(language).text("variable_log_of",
                                               {{"variable", variable_label(specification, name, language)}});
    }
    std::string label;
    for (std::size_t at = 0; at < term.size();) {
        std::size_t end = at;
        while (end < term.size() && in_name(term[end])) ++end;
        if (end == at) {
            label += term[at++];
        } else {
            label += variable_label(specification, term.substr(at, end - at), language);
            at = end;
        }
    }
    return label;
}

std::string term_labels(const Specification& specification, const std::vector<std::string>& terms, Language language) {
    std::string labels;
    for (const std::string& term : terms) {
        labels += (labels.empty() ? "" : ", ") + term_label(specification, term, language);
    }
    return labels;
}

}  // namespace twinfirm::design
