// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/survey_labels.h"

#include <cmath>

namespace twinfirm::charts {

namespace {

/// The text of a code, or `otherwise` where the catalogue has none.
std::string text_or(const MessageCatalogue& texts, const std::string& code, std::string_view otherwise) {
    std::string text = texts.text(code, {});
    return text == code ? std::string(otherwise) : text;
}

}  // namespace

std::string country_label(const MessageCatalogue& texts, std::string_view country, std::string_view scope) {
    std::string name = text_or(texts, "country_" + std::string(country), country);
    if (scope.empty() || scope == "national") return name;
    const std::string within = scope == "sme" ? texts.text("technology_scope_sme", {}) : std::string(scope);
    return texts.text("technology_country_scope", {{"country", name}, {"scope", within}});
}

std::string area_label(const MessageCatalogue& texts, std::string_view area) {
    return area.empty() ? texts.text("technology_area_all", {}) : std::string(area);
}

std::string stage_label(const MessageCatalogue& texts, int level) {
    return text_or(texts, "stage_level_" + std::to_string(level), "Lv" + std::to_string(level));
}

std::string question_label(const survey::QuestionFinding& question, Language language) {
    const std::string& name = question.label.in(language);
    return question.unit.empty() ? name : name + " (" + question.unit + ")";
}

std::string answer_label(const MessageCatalogue& texts, const survey::QuestionFinding& question,
                         std::string_view level) {
    if (!question.multiple && level == "1") return texts.text("survey_answer_yes", {});
    return std::string(level);
}

int question_decimals(const survey::QuestionFinding& question, double largest) {
    if (question.shares) return 1;
    const double size = std::abs(largest);
    return size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
}

}  // namespace twinfirm::charts
