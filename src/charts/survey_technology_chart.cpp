// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/survey_technology_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "series_look.h"
#include "survey_frame.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/survey_labels.h"

namespace twinfirm::charts {

namespace {

using survey::TechnologyChange;
using survey::TechnologyFinding;
using survey::TechnologyLevel;

struct Party {
    std::string country;
    std::string scope;

    friend bool operator==(const Party&, const Party&) = default;
};

/// Who stands in the chart: the focus, its other scopes, then others by how many areas they have and how high.
std::vector<Party> parties_of(const TechnologyFinding& finding) {
    std::vector<std::pair<Party, std::pair<int, double>>> seen;
    for (const TechnologyLevel& level : finding.levels) {
        if (level.year != finding.to || !std::isfinite(level.level) || level.level >= 100) continue;
        const Party party{level.country, level.scope};
        auto entry = std::find_if(seen.begin(), seen.end(), [&](const auto& item) { return item.first == party; });
        if (entry == seen.end()) entry = seen.insert(seen.end(), {party, {0, 0}});
        ++entry->second.first;
        entry->second.second += level.level;
    }
    const auto rank = [&](const auto& item) {
        const bool focus = item.first.country == finding.focus;
        return std::tuple(!focus, focus && item.first.scope != "national", -item.second.first,
                          -item.second.second / item.second.first, item.first.country);
    };
    std::sort(seen.begin(), seen.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    constexpr std::size_t most = 7;
    if (seen.size() > most) seen.resize(most);
    std::vector<Party> parties;
    for (auto& item : seen) parties.push_back(std::move(item.first));
    return parties;
}

Series series_for(const Party& party, const TechnologyFinding& finding, std::size_t& others,
                  const MessageCatalogue& texts) {
    constexpr std::array<SeriesLook, 5> looks{{{Role::non_adopter, Shape::square, Fill::solid},
                                               {Role::naive, Shape::diamond, Fill::solid},
                                               {Role::naive, Shape::square, Fill::hollow},
                                               {Role::naive, Shape::circle, Fill::hollow},
                                               {Role::naive, Shape::diamond, Fill::hollow}}};
    const bool focus = party.country == finding.focus;
    const Fill fill = party.scope == "national" ? Fill::solid : Fill::hollow;
    const SeriesLook look = focus ? SeriesLook{Role::effect, Shape::circle, fill} : looks[others++ % looks.size()];
    return series_of(party.country + "_" + party.scope, country_label(texts, party.country, party.scope), look);
}

Panel level_panel(const MessageCatalogue& texts) {
    Panel panel;
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.value_axis.unit = "%";
    panel.value_axis.label = texts.text("chart_technology_axis", {});
    panel.value_axis.grid = true;
    return panel;
}

void finish_axis(Panel& panel, double rows, Language language, const MessageCatalogue& texts) {
    panel.position_axis.high = rows + 0.6;
    const Extent extent = value_extent(panel.series, {100, 100});
    const double low = std::max(0.0, std::floor((extent.low - 3) / 10) * 10);
    fit_linear_axis(panel.value_axis, low, 100, 5, language);
    panel.lines.push_back({true, 100, Dash::solid, texts.text("chart_technology_best", {})});
    for (const auto& [at, code] : {std::pair(80.0, "leading"), std::pair(60.0, "following")}) {
        if (at <= panel.value_axis.low) continue;
        panel.lines.push_back({true, at, Dash::dotted, texts.text(std::string("chart_technology_limit_") + code, {})});
    }
}

}  // namespace

Result<Chart> survey_technology_chart(const survey::SurveyFindings& findings, Language language) {
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::technology, "technology_levels");
    const auto nothing = [&] { return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}}); };
    if (!findings.technology) return nothing();
    const TechnologyFinding& finding = *findings.technology;
    chart.title = texts.text("chart_technology_title", {{"year", integer_text(finding.to)}});
    chart.notes = {texts.text("chart_technology_note", {})};
    std::vector<std::string> areas;
    for (const TechnologyLevel& level : finding.levels) {
        const bool wanted = level.year == finding.to && std::isfinite(level.level);
        if (wanted && std::find(areas.begin(), areas.end(), level.area) == areas.end()) areas.push_back(level.area);
    }
    const std::vector<Party> parties = parties_of(finding);
    if (parties.empty()) return nothing();
    Panel panel = level_panel(texts);
    panel.key = "areas";
    for (std::size_t row = 0; row < areas.size(); ++row) {
        panel.position_axis.ticks.push_back(
            {static_cast<double>(row) + 1, broken_label(area_label(texts, areas[row]))});
    }
    panel.columns = {{country_label(texts, finding.focus), {}}};
    std::size_t others = 0;
    for (const Party& party : parties) {
        Series series = series_for(party, finding, others, texts);
        for (std::size_t row = 0; row < areas.size(); ++row) {
            for (const TechnologyLevel& level : finding.levels) {
                if (level.year != finding.to || level.country != party.country || level.scope != party.scope ||
                    level.area != areas[row] || !std::isfinite(level.level)) {
                    continue;
                }
                Mark mark;
                mark.position = static_cast<double>(row) + 1;
                mark.value = level.level;
                series.marks.push_back(mark);
                if (party.country == finding.focus && party.scope == "national") {
                    panel.columns[0].cells.push_back({mark.position, number_label(level.level, 1, language)});
                }
            }
        }
        panel.series.push_back(std::move(series));
    }
    // The focus lies above the others.
    std::rotate(panel.series.begin(), panel.series.begin() + 1, panel.series.end());
    if (panel.columns[0].cells.empty()) panel.columns.clear();
    finish_axis(panel, static_cast<double>(areas.size()), language, texts);
    chart.panels = {std::move(panel)};
    chart.height_mm = 62 + 10.0 * static_cast<double>(areas.size());
    return chart;
}

Result<Chart> survey_technology_change_chart(const survey::SurveyFindings& findings, Language language) {
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::technology, "technology_change");
    const auto nothing = [&] { return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}}); };
    if (!findings.technology || findings.technology->changes.empty()) return nothing();
    const TechnologyFinding& finding = *findings.technology;
    const auto is_total = [](const TechnologyChange& change) { return change.area.empty(); };
    const bool total = std::any_of(finding.changes.begin(), finding.changes.end(), is_total);
    const std::string area = total ? "" : finding.changes.front().area;
    std::vector<const TechnologyChange*> rows;
    for (const TechnologyChange& change : finding.changes)
        if (change.area == area && (change.level_from < 100 || change.level_to < 100)) rows.push_back(&change);
    if (rows.empty()) return nothing();
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->level_to > b->level_to; });
    chart.title = texts.text("chart_technology_change_title",
                             {{"from", integer_text(finding.from)}, {"to", integer_text(finding.to)}});
    chart.subtitle = area_label(texts, area);
    chart.notes = {texts.text("chart_technology_note", {})};
    Panel panel = level_panel(texts);
    panel.key = "countries";
    panel.columns = {{texts.text("chart_technology_levels_column", {}), {}},
                     {texts.text("chart_technology_change_column", {}), {}}};
    Series before;
    before.key = "before";
    before.label = integer_text(finding.from);
    before.role = Role::unadjusted;
    before.fill = Fill::hollow;
    Series after;
    after.key = "after";
    after.label = integer_text(finding.to);
    double position = 0;
    for (const TechnologyChange* row : rows) {
        position += 1;
        Mark mark;
        mark.position = position;
        mark.value = row->level_from;
        before.marks.push_back(mark);
        mark.value = row->level_to;
        after.marks.push_back(mark);
        panel.position_axis.ticks.push_back({position, country_label(texts, row->country, row->scope)});
        panel.columns[0].cells.push_back(
            {position, number_label(row->level_from, 1, language) + " → " + number_label(row->level_to, 1, language)});
        panel.columns[1].cells.push_back({position, number_label(row->change, 1, language, true)});
    }
    panel.series = {std::move(before), std::move(after)};
    finish_axis(panel, position, language, texts);
    chart.panels = {std::move(panel)};
    chart.height_mm = 62 + 8.0 * position;
    return chart;
}

}  // namespace twinfirm::charts
