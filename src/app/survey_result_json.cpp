// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <nlohmann/json.hpp>

#include "twinfirm/app/survey_study.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/report/survey_report.h"
#include "twinfirm/report/table_csv.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

Json number(double value) {
    if (std::isnan(value)) return nullptr;
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

Json label(const LocalizedText& text) {
    return {{"ko", text.ko}, {"en", text.en}};
}

Json interval(const survey::Interval& interval) {
    return Json::array({number(interval.low), number(interval.high)});
}

Json messages(const Messages& list) {
    Json json = Json::array();
    for (const Message& message : list) {
        Json arguments = Json::object();
        for (const auto& [name, value] : message.arguments) arguments[name] = value;
        json.push_back({{"code", message.code},
                        {"severity", message.severity == Severity::warning ? "warning" : "info"},
                        {"arguments", arguments},
                        {"count", message.count}});
    }
    return json;
}

Json question(const survey::QuestionFinding& finding) {
    Json rows = Json::array();
    for (const survey::QuestionRow& row : finding.rows) {
        const survey::SurveyEstimate& estimate = row.estimate;
        rows.push_back({{"level", row.level},
                        {"column", row.column},
                        {"group", row.group},
                        {"n", estimate.n},
                        {"population", number(estimate.population)},
                        {"estimate", number(estimate.value)},
                        {"std_error", number(estimate.std_error)},
                        {"df", number(estimate.df)},
                        {"deff", number(estimate.deff)},
                        {"cv", number(estimate.cv())},
                        {"flag", survey::reliability_code(estimate.reliability())},
                        {"margin", number(row.margin)},
                        {"interval", interval(row.interval)}});
    }
    return {{"key", finding.key},   {"label", label(finding.label)}, {"unit", finding.unit},
            {"kind", finding.kind}, {"multiple", finding.multiple},  {"interval", finding.interval},
            {"base", finding.base}, {"rows", std::move(rows)}};
}

Json status(const survey::StatusFinding& finding) {
    Json questions = Json::array();
    for (const survey::QuestionFinding& item : finding.questions) questions.push_back(question(item));
    return {{"rows", finding.rows},
            {"strata", finding.strata},
            {"sampling_units", finding.units},
            {"population", number(finding.population)},
            {"weight_effect", number(finding.weight_effect)},
            {"calibrated", finding.calibrated},
            {"questions", std::move(questions)},
            {"warnings", messages(finding.messages)}};
}

Json transitions(const std::vector<survey::StageTransition>& list) {
    Json json = Json::array();
    for (const survey::StageTransition& cell : list) {
        json.push_back({{"from", cell.from},
                        {"to", cell.to},
                        {"count", cell.count},
                        {"from_total", cell.from_total},
                        {"share", number(cell.share)},
                        {"interval", interval(cell.interval)}});
    }
    return json;
}

Json stages(const survey::StagesFinding& finding) {
    Json shares = Json::array();
    for (const survey::StageShare& share : finding.shares) {
        shares.push_back({{"year", share.year ? Json(*share.year) : Json()},
                          {"programme", share.programme ? Json(*share.programme) : Json()},
                          {"level", share.level},
                          {"count", share.count},
                          {"base", share.base},
                          {"share", number(share.share)},
                          {"interval", interval(share.interval)},
                          {"unknown", share.unknown}});
    }
    return {{"events", finding.events},
            {"shares", std::move(shares)},
            {"before_to_after", transitions(finding.transitions)},
            {"after_to_target", transitions(finding.targets)},
            {"warnings", messages(finding.messages)}};
}

Json technology(const survey::TechnologyFinding& finding) {
    Json levels = Json::array();
    for (const survey::TechnologyLevel& level : finding.levels) {
        levels.push_back({{"year", level.year},
                          {"country", level.country},
                          {"scope", level.scope},
                          {"area", level.area},
                          {"level", number(level.level)},
                          {"gap_years", number(level.gap_years)},
                          {"best", level.best},
                          {"group", survey::technology_group_code(survey::technology_group(level.level))}});
    }
    Json changes = Json::array();
    for (const survey::TechnologyChange& change : finding.changes) {
        changes.push_back({{"country", change.country},
                           {"scope", change.scope},
                           {"area", change.area},
                           {"level_from", number(change.level_from)},
                           {"level_to", number(change.level_to)},
                           {"change_pp", number(change.change)},
                           {"gap_change_years", number(change.gap_change)}});
    }
    Json gaps = Json::array();
    for (const survey::TechnologyGap& gap : finding.gaps) {
        gaps.push_back({{"scope", gap.scope},
                        {"area", gap.area},
                        {"other", gap.other},
                        {"level", number(gap.level)},
                        {"other_level", number(gap.other_level)},
                        {"difference_pp", number(gap.difference)},
                        {"gap_years", number(gap.gap_years)}});
    }
    return {{"focus", finding.focus},
            {"from", finding.from},
            {"to", finding.to},
            {"levels", std::move(levels)},
            {"changes", std::move(changes)},
            {"gaps", std::move(gaps)},
            {"warnings", messages(finding.messages)}};
}

Json market(const survey::MarketFinding& finding) {
    Json growth;
    if (finding.growth) {
        const survey::Growth& solved = *finding.growth;
        Json path = Json::array();
        for (const survey::GrowthPoint& point : solved.path)
            path.push_back({number(point.interval), number(point.value)});
        growth = {
            {"first", number(solved.first)}, {"last", number(solved.last)}, {"intervals", number(solved.intervals)},
            {"rate", number(solved.rate)},   {"solved", solved.solved},     {"path", std::move(path)}};
    }
    Json comparisons = Json::array();
    for (const survey::MarketComparison& comparison : finding.comparisons) {
        Json sources = Json::array();
        for (const std::size_t place : comparison.figures) {
            const survey::MarketFigure& figure = finding.figures[place];
            sources.push_back({{"source", figure.source},
                               {"value", number(figure.value)},
                               {"exchange_rate", number(figure.exchange_rate)},
                               {"common_value", number(figure.value * figure.exchange_rate)},
                               {"rate", number(figure.rate)}});
        }
        comparisons.push_back({{"market", comparison.market},
                               {"year", comparison.year},
                               {"low", number(comparison.low)},
                               {"high", number(comparison.high)},
                               {"disagreement", number(comparison.disagreement)},
                               {"sources", std::move(sources)}});
    }
    return {{"unit", finding.unit},
            {"growth", std::move(growth)},
            {"comparisons", std::move(comparisons)},
            {"warnings", messages(finding.messages)}};
}

Json suppliers(const survey::SupplierSection& section) {
    Json list = Json::array();
    for (const survey::SupplierFinding& row : section.findings.suppliers) {
        Json levels = Json::object();
        for (const auto& [level, count] : row.levels) levels[std::to_string(level)] = count;
        list.push_back({{"supplier", row.supplier},
                        {"firms", row.levels_withheld ? Json() : Json(row.firms)},
                        {"events", row.levels_withheld ? Json() : Json(row.events)},
                        {"levels", levels},
                        {"n", row.effect_withheld ? Json() : Json(row.n)},
                        {"mean", number(row.mean)},
                        {"std_error", number(row.std_error)},
                        {"shrunken", number(row.shrunken)},
                        {"shrunken_error", number(row.shrunken_error)},
                        {"interval", interval(row.interval)},
                        {"withheld", row.levels_withheld || row.effect_withheld}});
    }
    const survey::SupplierFindings& all = section.findings;
    return {{"outcome", label(section.outcome)},
            {"unit", section.unit},
            {"minimum_firms", section.minimum_firms},
            {"registered", section.registered ? Json(*section.registered) : Json()},
            {"idle", section.idle},
            {"unregistered", section.unregistered},
            {"firms", all.firms},
            {"events", all.events},
            {"n", all.n},
            {"mean", number(all.mean)},
            {"within_sd", number(all.within_sd)},
            {"between_sd", number(all.between_sd)},
            {"q", number(all.q)},
            {"q_p", number(all.q_p)},
            {"suppliers", std::move(list)},
            {"warnings", messages(section.messages)}};
}

}  // namespace

std::string survey_findings_to_json(const SurveyStudy& study, const survey::SurveyFindings& findings) {
    Json data = Json::array();
    for (const survey::DataFile& file : findings.data)
        data.push_back({{"name", file.name}, {"rows", file.rows}, {"content", file.content}});
    Json json = {{"twinfirm_survey_result", 1},
                 {"engine_version", findings.engine_version},
                 {"specification", Json::parse(study.json)},
                 {"specification_hash", findings.specification_hash},
                 {"confidence", findings.confidence},
                 {"data", std::move(data)}};
    if (findings.status) json["status"] = status(*findings.status);
    if (findings.stages) json["stages"] = stages(*findings.stages);
    if (findings.technology) json["technology"] = technology(*findings.technology);
    if (findings.market) json["market"] = market(*findings.market);
    if (findings.suppliers) json["suppliers"] = suppliers(*findings.suppliers);
    if (!findings.cases.empty()) {
        json["cases"] = Json::array();
        for (const survey::BestPractice& item : findings.cases) {
            json["cases"].push_back({{"firm", item.firm},
                                     {"supplier", item.supplier},
                                     {"award", item.award},
                                     {"year", item.year ? Json(*item.year) : Json()},
                                     {"summary", item.summary}});
        }
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Status write_survey_results(const SurveyStudy& study, const survey::SurveyFindings& findings,
                            const std::filesystem::path& folder, Language language) {
    TWINFIRM_TRY(create_folders(folder / "tables"));
    TWINFIRM_TRY(create_folders(folder / "charts"));
    for (const report::Table& table : report::survey_tables(findings, language)) {
        TWINFIRM_TRY(write_file_atomically(folder / "tables" / (table.name + ".csv"), report::table_to_csv(table)));
    }
    for (const NamedChart& chart : survey_charts_of(findings, language)) {
        TWINFIRM_TRY(
            write_file_atomically(folder / "charts" / (chart.name + ".json"), charts::chart_to_json(chart.chart)));
    }
    return write_file_atomically(folder / "result.json", survey_findings_to_json(study, findings));
}

std::vector<NamedChart> survey_charts_of(const survey::SurveyFindings& findings, Language language) {
    std::vector<NamedChart> list;
    for (charts::Chart& chart : report::survey_report_charts(findings, language)) {
        std::string name = chart.key;
        list.push_back({std::move(name), std::move(chart)});
    }
    return list;
}

bool is_survey_result(const std::filesystem::path& result) {
    const auto text = read_whole_file(result);
    if (!text) return false;
    const Json json = Json::parse(*text, nullptr, false);
    return json.is_object() && json.contains("twinfirm_survey_result");
}

Result<std::vector<evaluation::Difference>> verify_survey_result(const std::filesystem::path& result,
                                                                 const StudyPlace& place,
                                                                 const CancellationToken& token,
                                                                 const ProgressSink& progress) {
    const auto expected = read_whole_file(result);
    if (!expected) return tl::unexpected(expected.error());
    const nlohmann::json json = nlohmann::json::parse(*expected, nullptr, false);
    if (!json.is_object() || !json.contains("twinfirm_survey_result") || !json.contains("specification")) {
        return fail_at(ErrorKind::input, "result_without_specification", {{"path", result.string()}}, result.string());
    }
    const auto study = read_survey_study(json["specification"].dump());
    if (!study) return tl::unexpected(study.error());
    const auto found = run_survey_study(*study, place, token, progress);
    if (!found) return tl::unexpected(found.error());
    return evaluation::compare_results(*expected, survey_findings_to_json(*study, *found));
}

}  // namespace twinfirm::app
