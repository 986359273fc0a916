// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey_output.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hidden_rows.h"
#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

void text_or_missing(CsvWriter& csv, const std::string& text) {
    text.empty() ? csv.missing() : csv.text(text);
}

std::string estimates_csv(const SurveyResult& result) {
    CsvWriter csv;
    csv.header({"item", "level", "by", "n", "estimate", "std_error", "cv", "ci_low", "ci_high", "margin", "deff",
                "flag", "by_column", "df", "population", "of_answers", "of_answers_std_error"});
    for (const SurveyRow& row : result.estimates) {
        const survey::SurveyEstimate& estimate = row.estimate;
        csv.text(row.item);
        text_or_missing(csv, row.level);
        text_or_missing(csv, row.by);
        const bool hidden = estimate.n == evaluation::hidden_count;
        write_count(csv, estimate.n);
        for (const double value : {estimate.value, estimate.std_error, estimate.cv(), row.interval.low,
                                   row.interval.high, row.margin, estimate.deff}) {
            write_number(csv, value, estimate.n);
        }
        text_or_missing(csv, hidden ? "suppressed" : std::string(survey::reliability_code(estimate.reliability())));
        text_or_missing(csv, row.by_column);
        std::isfinite(estimate.df) ? csv.number(estimate.df) : csv.missing();
        for (const double value : {estimate.population, row.of_answers.value, row.of_answers.std_error}) {
            write_number(csv, value, estimate.n);
        }
        csv.end_row();
    }
    return csv.bytes();
}

std::string tests_csv(const SurveyResult& result) {
    CsvWriter csv;
    csv.header({"item", "level", "by_column", "first", "second", "difference", "std_error", "statistic", "df1", "df2",
                "p_value", "p_holm", "ci_low", "ci_high"});
    for (const SurveyTestRow& row : result.tests) {
        csv.text(row.item);
        for (const std::string* text : {&row.level, &row.by_column, &row.first, &row.second})
            text_or_missing(csv, *text);
        for (const double value : {row.difference, row.std_error, row.statistic, row.df1, row.df2, row.p_value,
                                   row.p_holm, row.interval.low, row.interval.high})
            csv.number(value);
        csv.end_row();
    }
    return csv.bytes();
}

std::string_view kind_code(SurveyKind kind) {
    constexpr std::array<std::string_view, 5> codes{"mean", "proportion", "total", "ratio", "quantile"};
    return codes[static_cast<std::size_t>(kind)];
}

std::string summary_json(const SurveyRequest& request, const SurveyResult& result) {
    const MessageCatalogue english(Language::english);
    Json json = {{"engine_version", version()},
                 {"rows", result.rows},
                 {"strata", result.strata},
                 {"sampling_units", result.units},
                 {"df", result.df},
                 {"population", result.population},
                 {"weight_effect", result.weight_effect},
                 {"kind", kind_code(request.kind)},
                 {"interval", survey::proportion_interval_code(request.interval)},
                 {"skew", request.skew},
                 {"confidence", request.confidence},
                 {"columns",
                  {{"strata", request.strata},
                   {"weight", request.weight},
                   {"population_size", request.population},
                   {"cluster", request.cluster}}},
                 {"margins", Json::array()},
                 {"disclosure", {{"protected", request.protection.enabled}, {"reason", request.protection.reason}}},
                 {"warnings", Json::array()}};
    for (const MarginFile& margin : request.margins) json["margins"].push_back(margin.column);
    for (const Message& message : result.messages) {
        json["warnings"].push_back({{"code", message.code}, {"text", english.text(message)}, {"count", message.count}});
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Status write_survey_output(const SurveyRequest& request, const SurveyResult& result,
                           const std::filesystem::path& folder) {
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "estimates.csv", estimates_csv(result)));
    if (request.test != SurveyTest::none) {
        TWINFIRM_TRY(write_file_atomically(folder / "tests.csv", tests_csv(result)));
    }
    return write_file_atomically(folder / "survey.json", summary_json(request, result));
}

}  // namespace twinfirm::app
