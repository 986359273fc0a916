// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/app/results.h"
#include "twinfirm/app/supplier_table.h"
#include "twinfirm/app/survey_table.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::app {

/// One question of the status survey, as the specification asks it.
struct SurveyQuestion {
    std::string key;
    LocalizedText label;
    std::string unit;
    std::string item;                  ///< column; empty if the question has several
    std::vector<std::string> columns;  ///< of a multiple-response question
    std::vector<std::string> levels;   ///< answers whose shares are wanted; empty = all
    SurveyKind kind = SurveyKind::proportion;
    std::string denominator;
    double quantile = 0.5;
    std::optional<survey::AnswerCoding> coding;
    std::map<std::string, std::vector<std::string>> base;
    bool divided = true;  ///< also by the columns of `by`
};

/// A table of the study: a file beside the specification, or a table of the project.
struct StudyTable {
    std::string file;
    std::string table;
};

struct StatusSection {
    StudyTable source;
    SurveyRequest sample;  ///< its design columns, margins, lonely, df, `by`
    std::vector<SurveyQuestion> questions;
    std::map<std::string, std::vector<std::string>> order;  ///< of the groups of a column of `by`; others follow
};

struct StagesSection {
    StudyTable source;
    std::string year, before, after, target, programme;
};

struct TechnologySection {
    StudyTable source;
    std::string focus = "KR";
    std::optional<int> from;
    std::optional<int> to;
};

struct MarketSection {
    std::string unit;
    std::optional<survey::GrowthQuestion> question;
    std::optional<int> first_year;
    StudyTable sources;  ///< both empty = none
};

struct SuppliersSection {
    StudyTable events;
    StudyTable registered;
    StudyTable effects;
    std::string supplier, firm, level, effect_firm, effect, registered_supplier;
    LocalizedText outcome;
    std::string unit;
    std::int64_t minimum_firms = 3;
};

struct CasesSection {
    StudyTable source;
};

/// The specification of a survey study: docs/survey-study.md describes its JSON.
struct SurveyStudy {
    LocalizedText title;
    LocalizedText source;
    double confidence = 0.95;
    std::optional<StatusSection> status;
    std::optional<StagesSection> stages;
    std::optional<TechnologySection> technology;
    std::optional<MarketSection> market;
    std::optional<SuppliersSection> suppliers;
    std::optional<CasesSection> cases;
    std::string json;  ///< the specification as canonical JSON: keys sorted
    std::string hash;  ///< SHA-256 of it
};

/// Errors: `file_not_readable` and the like; `survey_study_json` {place}; `survey_study_key` {key} for a key that is
/// not known or that is missing; `survey_study_value` {key, value}; `survey_study_empty` without any section.
[[nodiscard]] Result<SurveyStudy> read_survey_study(std::string_view text);
[[nodiscard]] Result<SurveyStudy> load_survey_study(const std::filesystem::path& path);

/// Where the tables of a study are: files in `folder`, tables in `project`.
struct StudyPlace {
    std::filesystem::path folder;
    std::filesystem::path project;
};

/// Computes every section. Shares take Wilson's interval, means, totals and ratios that of skew_interval.h, quantiles
/// Woodruff's. Errors: those of the sections' commands.
[[nodiscard]] Result<survey::SurveyFindings> run_survey_study(const SurveyStudy& study, const StudyPlace& place,
                                                              const CancellationToken& token = {},
                                                              const ProgressSink& progress = {});

/// The text of result.json: the specification, the tables' content hashes, every number and warning. The same content
/// gives the same bytes; no file path, no time.
[[nodiscard]] std::string survey_findings_to_json(const SurveyStudy& study, const survey::SurveyFindings& findings);

/// Every chart that the findings have numbers for, in the order of the report.
[[nodiscard]] std::vector<NamedChart> survey_charts_of(const survey::SurveyFindings& findings, Language language);

/// Writes result.json, tables/*.csv and charts/*.json into `folder`.
[[nodiscard]] Status write_survey_results(const SurveyStudy& study, const survey::SurveyFindings& findings,
                                          const std::filesystem::path& folder, Language language);

/// Is this a result.json of a survey study?
[[nodiscard]] bool is_survey_result(const std::filesystem::path& result);
/// Computes the specification of a result.json again and compares number by number.
[[nodiscard]] Result<std::vector<evaluation::Difference>> verify_survey_result(const std::filesystem::path& result,
                                                                               const StudyPlace& place,
                                                                               const CancellationToken& token = {},
                                                                               const ProgressSink& progress = {});

}  // namespace twinfirm::app
