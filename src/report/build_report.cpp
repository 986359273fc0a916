// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/build_report.h"

#include <cmath>
#include <utility>

#include "document_builder.h"
#include "earlier_section.h"
#include "effect_rows.h"
#include "lookup.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/band_shift_chart.h"
#include "twinfirm/charts/before_after_chart.h"
#include "twinfirm/charts/event_study_chart.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/charts/love_plot.h"
#include "twinfirm/charts/overlap_chart.h"
#include "twinfirm/charts/ranking_chart.h"
#include "twinfirm/charts/staggered_chart.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/design/term_label.h"
#include "twinfirm/report/breakdown_tables.h"
#include "twinfirm/report/caveats.h"
#include "twinfirm/report/disclosure_lines.h"
#include "twinfirm/report/effect_tables.h"
#include "twinfirm/report/group_tables.h"
#include "twinfirm/report/headline_table.h"
#include "twinfirm/report/narrative.h"
#include "twinfirm/report/over_time_tables.h"
#include "twinfirm/report/press_release.h"
#include "twinfirm/report/record_tables.h"
#include "twinfirm/report/sample_tables.h"
#include "twinfirm/report/sensitivity_tables.h"
#include "wide_table.h"

namespace twinfirm::report {

using evaluation::Evaluation;

namespace {

class ReportBuilder : DocumentBuilder {
  public:
    ReportBuilder(const Evaluation& evaluation, Language language, const ReportOptions& options)
        : DocumentBuilder(evaluation, language, options.settings),
          evaluation_(evaluation),
          language_(language),
          options_(options),
          words_(words()) {}

    Document build() {
        entitle();
        summary();
        overview();
        before_and_after();
        comparison();
        breakdowns();
        over_time();
        add_earlier_result(*this, evaluation_, options_, language_);
        balance();
        sensitivity();
        open_chapter("report_section_caveats");
        add_bullets(caveats(evaluation_, language_), 1);
        specification_appendix();
        record();
        table_appendix();
        return finish();
    }

  private:
    /// One page that can be read alone.
    void summary() {
        open_section(1, "", "report_section_summary");
        const Sentences sentences = summary_sentences(evaluation_, language_);
        add_sentences({sentences.at(0), sentences.at(1)}, 0);
        add_table(headline_table(evaluation_, language_));
        NoteBox box{words_("report_warnings_title"), {words_("report_warning_naive")}};
        const auto warn = [&](std::string line) {
            if (!line.empty()) box.lines.push_back(std::move(line));
        };
        warn(estimand_sentence(evaluation_, language_));
        warn(balance_sentence(evaluation_, language_));
        for (Sentence& line : pre_trend_lines(evaluation_, language_)) warn(std::move(line.text));
        warn(words_("report_caveat_unobserved"));
        add(std::move(box));
    }

    void overview() {
        const NumberFormat& format = words_.format();
        const auto& data = evaluation_.data;
        open_chapter("report_section_overview");
        add(PageBreak{});
        BulletList list;
        list.items.push_back({0, words_("report_overview_data", {{"firms", format.count(data.firms)},
                                                                 {"first", integer_text(data.first_year)},
                                                                 {"last", integer_text(data.last_year)},
                                                                 {"adopters", format.count(data.adopters)}})});
        if (data.adopters_outside_window > 0) {
            list.items.push_back(
                {1, words_("report_overview_outside_window", {{"count", format.count(data.adopters_outside_window)}})});
        }
        if (!evaluation_.specification.process_kpis.empty()) {
            list.items.push_back(
                {1, words_("report_overview_survey", {{"count", format.count(data.survey_respondents)}})});
        }
        list.items.push_back({0, words_("report_overview_method",
                                        {{"method", design::read_back(evaluation_.specification, language_)}})});
        add(std::move(list));
        add_side_by_side({flow_table(evaluation_, language_), reasons_table(evaluation_, language_)});
        add(NoteBox{words_("report_reading_title"),
                    {words_("report_reading_negative"), words_("report_reading_marks"),
                     words_("report_reading_interval"), words_("report_reading_rounding")}});
    }

    void before_and_after() {
        open_chapter("report_section_before_after");
        add_sentences({{"lead.before_after", words_("report_before_after_lead")}}, 0);
        add_table(process_kpi_table(evaluation_, language_));
        add_figure(charts::process_change_chart(evaluation_, language_), compact);
        add_table(profit_turn_table(evaluation_, language_));
    }

    void comparison() {
        open_chapter("report_section_comparison");
        add_sentences({{"lead.comparison", words_("report_comparison_lead")}}, 0);
        add_bullets({words_("report_comparison_reading",
                            {{"interval", interval_text(evaluation_.specification, words_)},
                             {"time", event_time_text(std::nullopt, evaluation_.specification, words_)}})},
                    3);
        add_sentences(outcome_lines(evaluation_, language_), 1);
        add_sentences(pre_trend_lines(evaluation_, language_), 2);
        add_table(management_kpi_table(evaluation_, language_));
        add_table(matched_comparison_table(evaluation_, language_));
        add_table(zero_margin_table(evaluation_, language_));
        add_table(support_table(evaluation_, language_));
        add_figure(charts::before_after_chart(evaluation_, language_), compact);
        for (const design::Outcome& outcome : evaluation_.specification.outcomes) {
            add_figure(charts::event_study_chart(evaluation_, outcome.key, language_), compact);
        }
        add_wide(event_study_grid_table(evaluation_, language_), 1);
    }

    void breakdowns() {
        const auto& specification = evaluation_.specification;
        if (specification.breakdowns.empty()) return;
        open_chapter("report_section_breakdowns");
        add_sentences({{"lead.breakdowns", words_("report_breakdowns_lead")}}, 0);
        add_sentences(differences_between_groups(), 1);
        if (!specification.outcomes.empty()) {
            add_table(heterogeneity_grid_table(evaluation_, language_));
            add_wide(group_effect_table(evaluation_, language_), 2);
            // The forests of the first outcome; those of the others stand among the exported charts.
            for (const design::Breakdown& breakdown : specification.breakdowns) {
                add_figure(
                    charts::forest_chart(evaluation_, specification.outcomes.front().key, breakdown.key, language_),
                    compact);
            }
        }
        add_band_shifts();
        add_rankings();
        if (!specification.outcomes.empty()) add_wide(detectable_grid_table(evaluation_, language_), 2);
        if (!specification.process_kpis.empty()) add_table(group_process_table(evaluation_, language_));
    }

    void add_wide(Table table, std::size_t fixed) {
        for (Table& part : split_wide(std::move(table), fixed)) add_table(std::move(part));
    }

    /// One picture for each breakdown by an outcome's own value; its numbers for every outcome are in the files.
    void add_band_shifts() {
        const auto& specification = evaluation_.specification;
        bool any = false;
        for (const design::Breakdown& breakdown : specification.breakdowns) {
            for (const design::Outcome& outcome : specification.outcomes) {
                auto chart = charts::band_shift_chart(evaluation_, outcome.key, breakdown.key, language_);
                if (!chart) continue;
                add_figure(std::move(chart), compact);
                any = true;
                break;
            }
        }
        if (any) add_bullets({words_("report_band_shifts_elsewhere")}, 3);
    }

    /// Of the breakdowns that show their largest groups only (industries): the first outcome's; the others are in the
    /// files.
    void add_rankings() {
        const auto& specification = evaluation_.specification;
        if (specification.outcomes.empty()) return;
        for (const design::Breakdown& breakdown : specification.breakdowns) {
            if (breakdown.top == 0) continue;
            auto chart =
                charts::ranking_chart(evaluation_, specification.outcomes.front().key, breakdown.key, language_);
            if (!chart) continue;
            add_figure(std::move(chart), compact);
            add_table(ranking_table(evaluation_, breakdown, specification.outcomes.front().key, language_));
        }
    }

    /// The tests that found something, or that none did.
    Sentences differences_between_groups() const {
        Sentences sentences;
        bool tested = false;
        for (const auto& test : evaluation_.heterogeneity) {
            tested = tested || std::isfinite(test.p_value);
            if (test.p_value < 1 - evaluation_.specification.confidence_level) {
                sentences.push_back({"heterogeneity." + test.outcome + "." + test.breakdown,
                                     heterogeneity_sentence(evaluation_, test, language_)});
            }
        }
        if (sentences.empty() && tested) {
            sentences.push_back({"heterogeneity.none", words_("report_heterogeneity_none")});
        }
        return sentences;
    }

    void over_time() {
        if (!has_over_time(evaluation_)) return;
        open_chapter("report_section_over_time");
        add_sentences({{"lead.over_time", words_("report_over_time_lead")}}, 0);
        add_bullets(control_pool_lines(evaluation_, language_), 3);
        add_bullets(over_time_lines(evaluation_, language_), 1);
        add_table(path_tests_table(evaluation_, language_));
        add_table(staggered_table(evaluation_, language_));
        // The first outcome's; those of the others stand among the exported charts.
        for (const auto& entry : evaluation_.over_time.staggered) {
            auto chart = charts::staggered_chart(evaluation_, entry.outcome, language_);
            if (!chart) continue;
            add_figure(std::move(chart), compact);
            break;
        }
        add_table(designs_table(evaluation_, language_));
        add_table(placebo_table(evaluation_, language_));
        add_table(attrition_table(evaluation_, language_));
        add_table(responses_table(evaluation_, language_));
    }

    void balance() {
        open_chapter("report_section_balance");
        add_sentences({{"balance", balance_sentence(evaluation_, language_)}}, 0);
        add_bullets({words_("report_balance_remark")}, 3);
        add_figure(charts::love_plot(evaluation_, language_));
        add_figure(charts::overlap_chart(evaluation_, language_), compact);
        add_table(representation_table(evaluation_, language_));
    }

    void sensitivity() {
        if (evaluation_.sensitivity.empty()) return;
        open_chapter("report_section_sensitivity");
        add_sentences({{"lead.sensitivity", words_("report_sensitivity_lead")}}, 0);
        add_bullets(sensitivity_lines(evaluation_, language_), 1);
        add_table(sensitivity_table(evaluation_, language_));
        add_table(sensitivity_benchmarks_table(evaluation_, language_));
    }

    void specification_appendix() {
        const auto& specification = evaluation_.specification;
        open_appendix("report_section_specification");
        std::vector<std::string> lines = {
            words_("report_specification_covariates",
                   {{"covariates",
                     design::term_labels(specification, specification.covariates, words_.format().language())}}),
            words_("report_specification_exact",
                   {{"columns", specification.matching.exact.empty()
                                    ? words_("report_none")
                                    : design::term_labels(specification, specification.matching.exact,
                                                          words_.format().language())}}),
            words_("report_specification_years",
                   {{"leads", integer_text(specification.leads)}, {"lags", integer_text(specification.lags)}}),
            disclosure_line(evaluation_, language_),
            words_("report_specification_seed", {{"seed", std::to_string(specification.seed)}}),
            words_("report_specification_hash", {{"hash", evaluation_.specification_hash}}),
        };
        for (const auto& table : evaluation_.data.tables) {
            lines.push_back(words_(
                "report_specification_table",
                {{"table", table.name}, {"rows", words_.format().count(table.rows)}, {"hash", table.content_hash}}));
        }
        for (std::string& line : derived_variable_lines(evaluation_, language_)) lines.push_back(std::move(line));
        add_bullets(lines, 1);
    }

    /// What was locked and what was tried: beside the specification, for whoever checks it.
    void record() {
        if (evaluation_.record.designs.empty()) return;
        open_section(2, "", "report_section_record");
        add_bullets(record_lines(evaluation_, language_), 1);
        add_table(record_table(evaluation_, language_));
    }

    void table_appendix() {
        open_appendix("report_section_balance_table");
        add_table(balance_table(evaluation_, language_));
        add_table(balance_interactions_table(evaluation_, language_));
        open_appendix("report_section_reasons");
        add_table(cohort_table(evaluation_, language_));
        // Every group of every breakdown by every outcome fills ten pages that nobody reads: they are in the files.
        add(Paragraph{words_("report_long_tables_elsewhere")});
    }

    const Evaluation& evaluation_;
    Language language_;
    const ReportOptions& options_;
    const Words& words_;
};

}  // namespace

Document build_report(const Evaluation& evaluation, Language language, const ReportOptions& options) {
    Document document = options.kind == ReportKind::press_release
                            ? build_press_release(evaluation, language, options)
                            : ReportBuilder(evaluation, language, options).build();
    mark_unprotected(evaluation, document);
    return document;
}

}  // namespace twinfirm::report
