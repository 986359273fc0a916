// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/press_release.h"

#include <utility>

#include "document_builder.h"
#include "earlier_section.h"
#include "effect_rows.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/before_after_chart.h"
#include "twinfirm/charts/event_study_chart.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/report/caveats.h"
#include "twinfirm/report/headline_table.h"
#include "twinfirm/report/narrative.h"
#include "twinfirm/report/press_tables.h"

namespace twinfirm::report {

using evaluation::Evaluation;

namespace {

class PressRelease : DocumentBuilder {
  public:
    PressRelease(const Evaluation& evaluation, Language language, const ReportOptions& options)
        : DocumentBuilder(evaluation, language, options.settings),
          evaluation_(evaluation),
          language_(language),
          options_(options),
          words_(words()) {}

    Document build() {
        entitle();
        summary();
        process_indicators();
        management_indicators();
        if (!options_.scope) elapsed_years();
        add_earlier_result(*this, evaluation_, options_, language_);
        open_chapter("report_section_caveats");
        add_bullets(caveats(evaluation_, language_), 1);
        data_and_method();
        return finish();
    }

  private:
    void summary() {
        open_section(1, "", "report_section_summary");
        // The naive numbers stand in the table: with a sentence of their own the box would fall to the next page.
        const Sentences sentences = summary_sentences(evaluation_, language_);
        if (options_.scope) {
            add_bullets({of_scope("report_scope_compared")}, 0);
            if (!options_.scope->shows_effects) add_bullets({of_scope("report_scope_no_effects")}, 0);
        } else {
            add_sentences({sentences.at(0)}, 0);
        }
        add_sentences({sentences.at(1)}, 0);
        add_table(headline_table(evaluation_, language_));
        NoteBox box{words_("report_warnings_title"), {words_("report_warning_naive")}};
        if (options_.scope) {
            box.lines.push_back(of_scope(options_.scope->within ? "report_scope_within" : "report_scope_anywhere"));
            box.lines.push_back(of_scope("report_scope_joint"));
        } else {
            box.lines.push_back(estimand_sentence(evaluation_, language_));
        }
        box.lines.push_back(words_("report_caveat_unobserved"));
        add(std::move(box));
    }

    std::string of_scope(std::string_view code) const {
        return words_(code, {{"group", options_.scope->group.in(language_)},
                             {"breakdown", options_.scope->breakdown.in(language_)},
                             {"first", integer_text(evaluation_.data.first_year)},
                             {"last", integer_text(evaluation_.data.last_year)}});
    }

    void process_indicators() {
        if (evaluation_.specification.process_kpis.empty()) return;
        open_chapter("report_section_press_process");
        add(PageBreak{});
        add_sentences({{"lead.before_after", words_("report_before_after_lead")}}, 0);
        add_sentences(indicator_sentences(), 1);
        add_table(press_process_table(evaluation_, language_));
        add_figure(charts::process_change_chart(evaluation_, language_), compact);
    }

    Sentences indicator_sentences() const {
        Sentences sentences;
        for (const design::ProcessKpi& kpi : evaluation_.specification.process_kpis) {
            const auto* row = find_change(evaluation_, {kpi.key, std::nullopt});
            if (row == nullptr) continue;
            sentences.push_back({"process." + kpi.key, before_after_sentence(evaluation_, *row, language_)});
        }
        return sentences;
    }

    void management_indicators() {
        if (evaluation_.specification.outcomes.empty()) return;
        open_chapter("report_section_press_management");
        add_sentences({{"lead.comparison", words_("report_comparison_lead")}}, 0);
        add_sentences(outcome_lines(evaluation_, language_), 1);
        for (Table& table : press_management_tables(evaluation_, language_)) add_table(std::move(table));
    }

    void elapsed_years() {
        if (evaluation_.specification.outcomes.empty()) return;
        open_chapter("report_section_press_elapsed");
        add_sentences({{"lead.elapsed", words_("report_press_elapsed_lead")}}, 0);
        add_sentences(pre_trend_lines(evaluation_, language_), 1);
        add_table(press_elapsed_table(evaluation_, language_));
        for (const design::Outcome& outcome : evaluation_.specification.outcomes) {
            add_figure(charts::event_study_chart(evaluation_, outcome.key, language_), compact);
        }
    }

    void data_and_method() {
        const NumberFormat& format = words_.format();
        const auto& data = evaluation_.data;
        open_appendix("report_section_overview");
        add(NoteBox{words_("report_reading_title"),
                    {words_("report_reading_negative"), words_("report_reading_marks"), words_("report_press_caution"),
                     words_("report_reading_interval")}});
        std::vector<std::string> lines = {
            words_("report_overview_data", {{"firms", format.count(data.firms)},
                                            {"first", integer_text(data.first_year)},
                                            {"last", integer_text(data.last_year)},
                                            {"adopters", format.count(data.adopters)}}),
            words_("report_overview_method", {{"method", design::read_back(evaluation_.specification, language_)}}),
            words_("report_specification_hash", {{"hash", evaluation_.specification_hash}})};
        for (const auto& table : data.tables) {
            lines.push_back(
                words_("report_specification_table",
                       {{"table", table.name}, {"rows", format.count(table.rows)}, {"hash", table.content_hash}}));
        }
        add_bullets(lines, 1);
    }

    const Evaluation& evaluation_;
    Language language_;
    const ReportOptions& options_;
    const Words& words_;
};

}  // namespace

Document build_press_release(const Evaluation& evaluation, Language language, const ReportOptions& options) {
    return PressRelease(evaluation, language, options).build();
}

}  // namespace twinfirm::report
