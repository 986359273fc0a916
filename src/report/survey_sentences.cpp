// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/survey_labels.h"
#include "twinfirm/report/survey_report.h"
#include "words.h"

namespace twinfirm::report {

namespace {

using survey::QuestionFinding;
using survey::QuestionRow;

std::string shown(const QuestionFinding& question, double value, const Words& words) {
    const double scaled = question.shares ? 100 * value : value;
    return words.format().quantity(scaled, charts::question_decimals(question, scaled), question.unit);
}

/// The first question: what the survey is about.
void add_headline(const QuestionFinding& question, const Words& words, std::vector<std::string>& sentences) {
    const QuestionRow* all = nullptr;
    for (const QuestionRow& row : question.rows)
        if (row.column.empty() && all == nullptr) all = &row;
    if (all == nullptr || std::isnan(all->estimate.value)) return;
    const std::string name = question.label.in(words.language());
    sentences.push_back(words("survey_sentence_headline", {{"question", name},
                                                           {"value", shown(question, all->estimate.value, words)},
                                                           {"low", shown(question, all->interval.low, words)},
                                                           {"high", shown(question, all->interval.high, words)},
                                                           {"n", words.format().count(all->estimate.n)}}));
    std::vector<std::string> columns;
    for (const QuestionRow& row : question.rows) {
        const bool known = std::find(columns.begin(), columns.end(), row.column) != columns.end();
        if (!row.column.empty() && !known) columns.push_back(row.column);
    }
    for (const std::string& column : columns) {
        const QuestionRow* low = nullptr;
        const QuestionRow* high = nullptr;
        for (const QuestionRow& row : question.rows) {
            const auto reliability = row.estimate.reliability();
            const bool usable = reliability == survey::Reliability::good;
            if (row.column != column || row.level != all->level || !usable) continue;
            if (low == nullptr || row.estimate.value < low->estimate.value) low = &row;
            if (high == nullptr || row.estimate.value > high->estimate.value) high = &row;
        }
        // Groups whose intervals overlap are not called highest and lowest.
        if (low == nullptr || low == high || !(low->interval.high < high->interval.low)) continue;
        sentences.push_back(
            words("survey_sentence_groups", {{"column", column},
                                             {"high", high->group},
                                             {"high_value", shown(question, high->estimate.value, words)},
                                             {"low", low->group},
                                             {"low_value", shown(question, low->estimate.value, words)}}));
    }
}

void add_stages(const survey::StagesFinding& stages, const Words& words, std::vector<std::string>& sentences) {
    std::string list;
    std::int64_t base = 0;
    for (const survey::StageShare& share : stages.shares) {
        if (share.year || share.programme) continue;
        list += (list.empty() ? "" : ", ") + charts::stage_label(words.catalogue(), share.level) + " " +
                words.format().percent(share.share);
        base = share.base;
    }
    if (!list.empty()) {
        sentences.push_back(words("survey_sentence_stages", {{"events", words.format().count(base)}, {"list", list}}));
    }
}

void add_technology(const survey::TechnologyFinding& finding, const Words& words, std::vector<std::string>& sentences) {
    for (const survey::TechnologyChange& change : finding.changes) {
        if (change.country != finding.focus || !change.area.empty()) continue;
        sentences.push_back(
            words("survey_sentence_technology",
                  {{"country", charts::country_label(words.catalogue(), change.country, change.scope)},
                   {"from", integer_text(change.from)},
                   {"to", integer_text(change.to)},
                   {"level_from", words.format().number(change.level_from, 1)},
                   {"level_to", words.format().number(change.level_to, 1)},
                   {"change", (change.change > 0 ? "+" : "") + words.format().points(change.change / 100)}}));
    }
    // Whoever gained more than the country itself.
    const survey::TechnologyChange* fastest = nullptr;
    for (const survey::TechnologyChange& change : finding.changes) {
        const bool other = change.country != finding.focus && change.area.empty() && change.scope == "national";
        if (other && (fastest == nullptr || change.change > fastest->change)) fastest = &change;
    }
    if (fastest != nullptr && fastest->change > 0) {
        sentences.push_back(
            words("survey_sentence_fastest", {{"country", charts::country_label(words.catalogue(), fastest->country)},
                                              {"change", "+" + words.format().points(fastest->change / 100)},
                                              {"level", words.format().number(fastest->level_to, 1)}}));
    }
}

void add_market(const survey::MarketFinding& finding, const Words& words, std::vector<std::string>& sentences) {
    if (finding.growth && finding.first_year) {
        const survey::Growth& growth = *finding.growth;
        sentences.push_back(words(
            "survey_sentence_market",
            {{"first", words.format().quantity(growth.first, 1, finding.unit)},
             {"last", words.format().quantity(growth.last, 1, finding.unit)},
             {"first_year", integer_text(*finding.first_year)},
             {"last_year", fixed_text(*finding.first_year + growth.intervals, 0)},
             {"rate", words.format().percent(growth.rate)},
             {"intervals",
              words.format().number(growth.intervals, growth.intervals == std::floor(growth.intervals) ? 0 : 1)}}));
    }
    const survey::MarketComparison* widest = nullptr;
    for (const survey::MarketComparison& comparison : finding.comparisons) {
        if (widest == nullptr || comparison.disagreement > widest->disagreement) widest = &comparison;
    }
    if (widest != nullptr && widest->figures.size() > 1 && widest->disagreement > 0) {
        sentences.push_back(
            words("survey_sentence_disagreement", {{"year", integer_text(widest->year)},
                                                   {"sources", std::to_string(widest->figures.size())},
                                                   {"percent", words.format().percent(widest->disagreement)}}));
    }
}

void add_suppliers(const survey::SupplierSection& section, const Words& words, std::vector<std::string>& sentences) {
    const survey::SupplierFindings& all = section.findings;
    sentences.push_back(words("survey_sentence_suppliers",
                              {{"suppliers", words.format().count(static_cast<std::int64_t>(all.suppliers.size()))},
                               {"firms", words.format().count(all.firms)}}));
    if (std::isfinite(all.between_sd)) {
        sentences.push_back(
            words(all.q_p < 0.05 ? "survey_sentence_suppliers_differ" : "survey_sentence_suppliers_alike",
                  {{"p", words.format().p_value(all.q_p)},
                   {"mean", words.format().quantity(all.mean, 1, section.unit)},
                   {"sd", words.format().quantity(all.between_sd, 1, section.unit)}}));
    }
}

}  // namespace

std::vector<std::string> survey_sentences(const survey::SurveyFindings& findings, Language language) {
    const Words words(language);
    std::vector<std::string> sentences;
    if (findings.status && !findings.status->questions.empty()) {
        add_headline(findings.status->questions.front(), words, sentences);
    }
    if (findings.stages) add_stages(*findings.stages, words, sentences);
    if (findings.technology) add_technology(*findings.technology, words, sentences);
    if (findings.market) add_market(*findings.market, words, sentences);
    if (findings.suppliers) add_suppliers(*findings.suppliers, words, sentences);
    return sentences;
}

}  // namespace twinfirm::report
