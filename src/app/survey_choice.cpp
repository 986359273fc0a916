// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/survey_choice.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "twinfirm/app/inspect.h"

namespace twinfirm::app {

namespace {

std::string lower(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

bool one_of(const std::string& name, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), name) != words.end();
}

bool is_number(const ingest::ColumnPlan& column) {
    using ingest::ValueType;
    return column.type == ValueType::integer || column.type == ValueType::number || column.type == ValueType::money ||
           column.type == ValueType::percent;
}

}  // namespace

Result<SurveyColumns> survey_columns(const std::filesystem::path& file, const CancellationToken& token,
                                     const ProgressSink& progress) {
    const auto inspection = inspect(file, {}, token, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    SurveyColumns columns;
    SurveyChoice& suggested = columns.suggested;
    suggested.file = file;
    for (const ingest::ColumnPlan& column : inspection->plan.columns) {
        columns.names.push_back(column.name);
        columns.numbers.push_back(is_number(column));
        const std::string name = lower(column.name);
        if (one_of(name, {"층", "strata", "stratum", "stype"})) suggested.strata = column.name;
        if (one_of(name, {"가중치", "weight", "weights", "pw", "가중값"})) suggested.weight = column.name;
        if (one_of(name, {"층 모집단", "모집단", "population", "fpc"})) suggested.population = column.name;
        if (one_of(name, {"집락", "cluster", "psu"})) suggested.cluster = column.name;
        if (suggested.by.empty() && one_of(name, {"규모", "size", "기업규모"})) suggested.by = {column.name};
        if (suggested.item.empty() && one_of(name, {"스마트공장", "도입여부", "도입", "adopted", "adoption"})) {
            suggested.item = column.name;
        }
    }
    const auto taken = [&](const std::string& name) {
        return name == suggested.strata || name == suggested.weight || name == suggested.population ||
               name == suggested.cluster;
    };
    for (const std::string& name : columns.names)
        if (suggested.item.empty() && !taken(name)) suggested.item = name;
    return columns;
}

Result<SurveyStudy> survey_study_of(const SurveyChoice& choice) {
    if (choice.item.empty()) return fail(ErrorKind::usage, "survey_nothing");
    nlohmann::json status = {{"file", choice.file.filename().string()}, {"by", choice.by}};
    const auto add = [&](const char* key, const std::string& column) {
        if (!column.empty()) status[key] = column;
    };
    add("strata", choice.strata);
    add("weight", choice.weight);
    add("population", choice.population);
    add("cluster", choice.cluster);
    nlohmann::json question = {{"item", choice.item}, {"kind", choice.mean ? "mean" : "share"}};
    status["questions"] = nlohmann::json::array({std::move(question)});
    const nlohmann::json study = {{"twinfirm_survey", 1}, {"status", std::move(status)}};
    return read_survey_study(study.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace twinfirm::app
