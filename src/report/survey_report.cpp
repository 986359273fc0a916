// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/survey_report.h"

#include <algorithm>
#include <set>

#include "document_parts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/survey_estimate_chart.h"
#include "twinfirm/charts/survey_market_chart.h"
#include "twinfirm/charts/survey_stage_chart.h"
#include "twinfirm/charts/survey_supplier_chart.h"
#include "twinfirm/charts/survey_technology_chart.h"
#include "twinfirm/report/survey_tables.h"
#include "words.h"

namespace twinfirm::report {

namespace {

using survey::QuestionFinding;
using survey::SurveyFindings;

class SurveyReportBuilder {
  public:
    SurveyReportBuilder(const SurveyFindings& findings, Language language)
        : findings_(findings), language_(language), words_(language) {}

    Document build() {
        const std::string& title = findings_.title.in(language_);
        document_.language = language_;
        document_.title = title.empty() ? words_("survey_report_title") : title;
        document_.subtitle = findings_.source.in(language_);
        summary();
        if (findings_.status) status();
        if (findings_.stages) stages();
        if (findings_.technology) technology();
        if (findings_.market) market();
        if (findings_.suppliers || !findings_.cases.empty()) suppliers();
        reading();
        open("survey_report_section_data", {});
        add_table(survey_data_table(findings_, language_));
        document_.colophon = {
            words_("report_colophon", {{"version", findings_.engine_version}, {"hash", findings_.specification_hash}})};
        return std::move(document_);
    }

  private:
    void open(std::string_view code, std::string number) {
        document_.sections.push_back({1, std::move(number), words_(code), {}});
    }
    void open_chapter(std::string_view code) { open(code, integer_text(++chapter_) + "."); }
    void open_question(const std::string& heading) {
        document_.sections.push_back({2, integer_text(chapter_) + "." + integer_text(++question_), heading, {}});
    }
    void add(Block block) { document_.sections.back().blocks.push_back(std::move(block)); }
    void add_bullets(const std::vector<std::string>& texts, int level) {
        BulletList list = bullet_list(texts, level);
        if (!list.items.empty()) add(std::move(list));
    }
    void add_table(Table table) {
        if (table.rows.empty()) return;
        table.number = ++tables_;
        add(std::move(table));
    }
    void add_figure(Result<charts::Chart> chart) {
        if (!chart) return;
        Figure figure = figure_of(std::move(*chart));
        figure.number = ++figures_;
        const std::string& source = findings_.source.in(language_);
        figure.source = source.empty() ? words_("report_source_own") : source;
        add(std::move(figure));
    }
    void add_messages(const Messages& messages) {
        std::vector<std::string> lines;
        for (const Message& message : messages) {
            if (message.severity != Severity::warning) continue;
            lines.push_back(words_.catalogue().text(message));
        }
        if (lines.empty()) return;
        std::sort(lines.begin(), lines.end());
        lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
        add(NoteBox{words_("report_warnings_title"), std::move(lines)});
    }

    void summary() {
        open("report_section_summary", {});
        add_bullets(survey_sentences(findings_, language_), 0);
        std::vector<std::string> lines{words_("survey_report_warning_sampling")};
        if (findings_.suppliers) lines.push_back(words_("survey_report_warning_suppliers"));
        add(NoteBox{words_("report_warnings_title"), std::move(lines)});
    }

    void status() {
        const survey::StatusFinding& status = *findings_.status;
        open_chapter("survey_report_section_status");
        add_table(survey_sample_table(findings_, language_));
        add_messages(status.messages);
        bool first = true;
        for (const QuestionFinding& question : status.questions) {
            open_question(question.label.in(language_));
            const std::set<std::string> levels = [&] {
                std::set<std::string> names;
                for (const auto& row : question.rows) names.insert(row.level);
                return names;
            }();
            if (levels.size() > 1) {
                add_figure(charts::survey_estimate_chart(findings_, question.key, {}, {}, language_));
            } else {
                for (const std::string& column : status.columns) {
                    if (!first && column != status.columns.front()) break;  // the table has the others
                    add_figure(charts::survey_estimate_chart(findings_, question.key, column, {}, language_));
                }
            }
            first = false;
            add_table(survey_question_table(findings_, question.key, language_));
        }
        question_ = 0;
    }

    void stages() {
        open_chapter("survey_report_section_stages");
        add_figure(charts::survey_stage_chart(findings_, language_));
        add_figure(charts::survey_stage_years_chart(findings_, language_));
        add_table(stage_table(findings_, language_));
        add_table(stage_programme_table(findings_, language_));
        add_table(stage_transition_table(findings_, language_));
        add_messages(findings_.stages->messages);
    }

    void technology() {
        open_chapter("survey_report_section_technology");
        add_figure(charts::survey_technology_change_chart(findings_, language_));
        add_figure(charts::survey_technology_chart(findings_, language_));
        add_table(technology_level_table(findings_, language_));
        add_table(technology_gap_table(findings_, language_));
        add_messages(findings_.technology->messages);
    }

    void market() {
        open_chapter("survey_report_section_market");
        add_figure(charts::survey_market_chart(findings_, language_));
        add_table(market_growth_table(findings_, language_));
        add_table(market_source_table(findings_, language_));
        add_messages(findings_.market->messages);
    }

    void suppliers() {
        open_chapter("survey_report_section_suppliers");
        if (findings_.suppliers) {
            const survey::SupplierSection& section = *findings_.suppliers;
            if (section.registered) {
                add_bullets({words_("survey_sentence_register",
                                    {{"registered", words_.format().count(*section.registered)},
                                     {"idle", words_.format().count(section.idle)},
                                     {"unregistered", words_.format().count(section.unregistered)}})},
                            1);
            }
            add_figure(charts::survey_supplier_chart(findings_, language_));
            add_table(supplier_table(findings_, language_));
            add_messages(section.messages);
        }
        add_table(best_practice_table(findings_, language_));
    }

    void reading() {
        open_chapter("survey_report_section_reading");
        std::vector<std::string> lines;
        if (findings_.status) {
            for (const char* code : {"survey_reading_interval", "survey_reading_reliability", "survey_reading_rounding",
                                     "survey_reading_within"}) {
                lines.push_back(words_(code));
            }
        }
        if (findings_.stages) lines.push_back(words_("survey_reading_stages"));
        if (findings_.technology) lines.push_back(words_("survey_reading_points"));
        if (findings_.market) lines.push_back(words_("survey_reading_growth"));
        if (findings_.suppliers) lines.push_back(words_("survey_reading_suppliers"));
        add_bullets(lines, 1);
    }

    const SurveyFindings& findings_;
    Language language_;
    Words words_;
    Document document_;
    int chapter_ = 0;
    int question_ = 0;
    int tables_ = 0;
    int figures_ = 0;
};

}  // namespace

Document build_survey_report(const SurveyFindings& findings, Language language) {
    return SurveyReportBuilder(findings, language).build();
}

std::vector<Table> survey_tables(const SurveyFindings& findings, Language language) {
    std::vector<Table> tables;
    const Document document = build_survey_report(findings, language);
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks)
            if (const Table* table = std::get_if<Table>(&block)) tables.push_back(*table);
    }
    return tables;
}

std::vector<charts::Chart> survey_report_charts(const SurveyFindings& findings, Language language) {
    std::vector<charts::Chart> list;
    const auto add = [&](Result<charts::Chart> chart) {
        if (chart) list.push_back(std::move(*chart));
    };
    if (findings.status) {
        for (const QuestionFinding& question : findings.status->questions) {
            add(charts::survey_estimate_chart(findings, question.key, {}, {}, language));
            for (const std::string& column : findings.status->columns)
                add(charts::survey_estimate_chart(findings, question.key, column, {}, language));
        }
    }
    add(charts::survey_stage_chart(findings, language));
    add(charts::survey_stage_years_chart(findings, language));
    add(charts::survey_technology_change_chart(findings, language));
    add(charts::survey_technology_chart(findings, language));
    add(charts::survey_market_chart(findings, language));
    add(charts::survey_supplier_chart(findings, language));
    return list;
}

}  // namespace twinfirm::report
