// SPDX-License-Identifier: GPL-3.0-or-later
// Technology level and market of a survey study.
#include <cmath>

#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/survey_labels.h"
#include "twinfirm/report/survey_tables.h"

namespace twinfirm::report {

namespace {

Table absent(const char* name) {
    Table table;
    table.name = name;
    return table;
}

std::string group_word(double level, const Words& words) {
    const std::string code(survey::technology_group_code(survey::technology_group(level)));
    return code.empty() ? std::string(not_available_mark) : words("technology_group_" + code);
}

}  // namespace

Table technology_level_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.technology) return absent("technology_levels");
    const survey::TechnologyFinding& finding = *findings.technology;
    const Words words(language);
    const bool compared = finding.from != finding.to;
    TableBuilder table(words, "technology_levels", "report_technology_caption",
                       {{"from", integer_text(finding.from)}, {"to", integer_text(finding.to)}});
    table.text_column({"area", "area_label"}, words("report_technology_column_area"), 1.5)
        .text_column({"country", "country_label"}, words("report_technology_column_country"), 1.5);
    if (compared)
        table.number_column({"level_from"},
                            words("report_technology_column_level", {{"year", integer_text(finding.from)}}), 0.9);
    table.number_column({"level_to"}, words("report_technology_column_level", {{"year", integer_text(finding.to)}}),
                        0.9);
    if (compared) table.number_column({"change_pp"}, words("chart_technology_change_column"), 0.9);
    table.number_column({"gap_years"}, words("report_technology_column_gap"), 0.9)
        .text_column({"group", "group_label"}, words("report_technology_column_group"), 0.8)
        .unit(words("report_technology_unit"))
        .note(words("chart_technology_note"))
        .note(words("report_technology_change_note"));
    for (const survey::TechnologyLevel& level : finding.levels) {
        if (level.year != finding.to) continue;
        const survey::TechnologyChange* change = nullptr;
        for (const survey::TechnologyChange& item : finding.changes) {
            if (item.country == level.country && item.scope == level.scope && item.area == level.area) change = &item;
        }
        const bool focus = level.country == finding.focus;
        table.begin_row(focus)
            .text(charts::area_label(words.catalogue(), level.area), level.area)
            .text(charts::country_label(words.catalogue(), level.country, level.scope),
                  level.country + (level.scope == "national" ? "" : "/" + level.scope));
        constexpr const char* none = "report_technology_not_asked";
        if (compared) table.number(change != nullptr ? change->level_from : effects::not_available, 1, none);
        table.number(level.level, 1, none);
        if (compared) table.number(change != nullptr ? change->change : effects::not_available, 1, none);
        table.number(level.gap_years, 1, none);
        table.text(group_word(level.level, words),
                   std::string(survey::technology_group_code(survey::technology_group(level.level))));
    }
    table.merge_equal_rows(0);
    return table.finish();
}

Table technology_gap_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.technology) return absent("technology_gaps");
    const survey::TechnologyFinding& finding = *findings.technology;
    const Words words(language);
    TableBuilder table(
        words, "technology_gaps", "report_technology_caption_gaps",
        {{"country", charts::country_label(words.catalogue(), finding.focus)}, {"year", integer_text(finding.to)}});
    table.text_column({"scope", "country"}, words("report_technology_column_whose"), 1.3)
        .text_column({"area", "area_label"}, words("report_technology_column_area"), 1.4)
        .text_column({"other", "other_label"}, words("report_technology_column_other"), 1.3)
        .number_column({"level"}, words("report_technology_column_own"), 0.9)
        .number_column({"other_level"}, words("report_technology_column_other_level"), 0.9)
        .number_column({"difference_pp"}, words("report_technology_column_difference"), 1)
        .number_column({"gap_years"}, words("report_technology_column_gap"), 0.9)
        .unit(words("report_technology_unit"))
        .note(words("report_technology_gap_note"));
    for (const survey::TechnologyGap& gap : finding.gaps) {
        table.begin_row()
            .text(charts::country_label(words.catalogue(), finding.focus, gap.scope), gap.scope)
            .text(charts::area_label(words.catalogue(), gap.area), gap.area)
            .text(charts::country_label(words.catalogue(), gap.other), gap.other)
            .number(gap.level, 1)
            .number(gap.other_level, 1)
            .number(gap.difference, 1)
            .number(gap.gap_years, 1, "report_technology_not_asked");
    }
    return table.finish();
}

Table market_growth_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.market || !findings.market->growth) return absent("market_growth");
    const survey::MarketFinding& finding = *findings.market;
    const survey::Growth& growth = *finding.growth;
    const Words words(language);
    TableBuilder table(words, "market_growth", "report_market_caption_growth");
    table.text_column({"year"}, words("report_stage_column_year"), 1)
        .number_column({"value"}, words("report_market_column_value"), 1.2)
        .number_column({"growth_percent"}, words("report_market_column_growth"), 1.2)
        .unit(finding.unit.empty() ? "%" : finding.unit + ", %")
        .note(
            words("report_market_solved_" + growth.solved, {{"rate", words.format().number(100 * growth.rate, 1)},
                                                            {"intervals", words.format().number(growth.intervals, 1)}}))
        .note(words("chart_market_path_note"));
    for (std::size_t i = 0; i < growth.path.size(); ++i) {
        const survey::GrowthPoint& point = growth.path[i];
        const double year = finding.first_year.value_or(0) + point.interval;
        const bool whole = year == std::floor(year);
        const bool end = i == 0 || i + 1 == growth.path.size();
        table.begin_row(end).text(fixed_text(year, whole ? 0 : 1));
        table.number(point.value, 1);
        if (i == 0) {
            table.number(effects::not_available, 1, "report_market_first_year");
        } else {
            const survey::GrowthPoint& last = growth.path[i - 1];
            const double years = point.interval - last.interval;
            table.number(100 * (std::pow(point.value / last.value, 1 / years) - 1), 1);
        }
    }
    return table.finish();
}

Table market_source_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.market) return absent("market_sources");
    const survey::MarketFinding& finding = *findings.market;
    const Words words(language);
    TableBuilder table(words, "market_sources", "report_market_caption_sources");
    table.text_column({"market"}, words("report_market_column_market"), 1.3)
        .text_column({"year"}, words("report_stage_column_year"), 0.7)
        .text_column({"source"}, words("report_market_column_source"), 1.6)
        .number_column({"value"}, words("report_market_column_stated"), 1)
        .number_column({"exchange_rate"}, words("report_market_column_rate"), 1.1)
        .number_column({"common_value"}, words("report_market_column_common"), 1.1)
        .number_column({"growth_percent"}, words("report_market_column_growth"), 1)
        .number_column({"disagreement_percent"}, words("report_market_column_disagreement"), 1.1)
        .unit(finding.unit.empty() ? "%" : finding.unit + ", %")
        .note(words("chart_market_sources_note"))
        .note(words("report_market_disagreement_note"));
    for (const survey::MarketComparison& comparison : finding.comparisons) {
        for (const std::size_t place : comparison.figures) {
            const survey::MarketFigure& figure = finding.figures[place];
            table.begin_row()
                .text(comparison.market)
                .text(integer_text(comparison.year))
                .text(figure.source)
                .adaptive(figure.value)
                .number(figure.exchange_rate, figure.exchange_rate == std::floor(figure.exchange_rate) ? 0 : 6)
                .number(figure.value * figure.exchange_rate, 1)
                .number(100 * figure.rate, 1, "report_market_no_rate");
            if (comparison.figures.size() > 1) {
                table.number(100 * comparison.disagreement, 1);
            } else {
                table.number(effects::not_available, 1, "report_market_one_source");
            }
        }
    }
    return table.finish();
}

}  // namespace twinfirm::report
