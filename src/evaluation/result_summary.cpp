// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/result_summary.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace twinfirm::evaluation {

namespace {

using Json = nlohmann::ordered_json;

/// Reads members of the document and remembers the first that is missing or of another type, as a JSON pointer.
class ResultReader {
  public:
    [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

    const Json* member(const Json& object, const std::string& key, const std::string& pointer) {
        if (object.is_object()) {
            if (const auto found = object.find(key); found != object.end()) return &*found;
        }
        reject(pointer + "/" + key);
        return nullptr;
    }

    std::string text(const Json& object, const std::string& key, const std::string& pointer) {
        const Json* value = member(object, key, pointer);
        if (value != nullptr && value->is_string()) return value->get<std::string>();
        reject(pointer + "/" + key);
        return {};
    }

    /// Null is a number that is not available.
    double number(const Json& object, const std::string& key, const std::string& pointer) {
        const Json* value = member(object, key, pointer);
        if (value == nullptr || value->is_null()) return effects::not_available;
        if (value->is_number()) return value->get<double>();
        if (*value == "inf" || *value == "-inf") return (*value == "inf" ? 1 : -1) * HUGE_VAL;
        reject(pointer + "/" + key);
        return effects::not_available;
    }

    std::int64_t count(const Json& object, const std::string& key, const std::string& pointer) {
        const Json* value = member(object, key, pointer);
        if (value != nullptr && value->is_number_integer()) return value->get<std::int64_t>();
        reject(pointer + "/" + key);
        return 0;
    }

    /// Calls `read(item, pointer)` for every item.
    template <class Read>
    void list(const Json& object, const std::string& key, const std::string& pointer, Read read) {
        const Json* value = member(object, key, pointer);
        if (value == nullptr || !value->is_array()) return reject(pointer + "/" + key);
        for (std::size_t i = 0; i < value->size(); ++i) {
            read((*value)[i], pointer + "/" + key + "/" + std::to_string(i));
        }
    }

    effects::Estimate estimate(const Json& object, const std::string& key, const std::string& pointer) {
        effects::Estimate result;
        const Json* value = member(object, key, pointer);
        if (value == nullptr) return result;
        const std::string place = pointer + "/" + key;
        result.estimate = number(*value, "estimate", place);
        result.std_error = number(*value, "std_error", place);
        result.df = number(*value, "df", place);
        result.ci_low = number(*value, "ci_low", place);
        result.ci_high = number(*value, "ci_high", place);
        result.p_value = number(*value, "p_value", place);
        result.se_kind = text(*value, "se_kind", place);
        result.n_treated = count(*value, "n_treated", place);
        result.n_control = count(*value, "n_control", place);
        return result;
    }

    Group group(const Json& row, const std::string& pointer) {
        Group result;
        const Json* value = member(row, "group", pointer);
        if (value == nullptr) return result;
        result.breakdown = text(*value, "breakdown", pointer + "/group");
        const Json* suppressed = member(*value, "suppressed", pointer + "/group");
        if (suppressed != nullptr && suppressed->is_boolean()) {
            result.suppressed = suppressed->get<bool>();
        } else {
            reject(pointer + "/group/suppressed");
        }
        return result;
    }

    Traps traps(const Json& row, const std::string& pointer) {
        Traps codes;
        list(row, "traps", pointer, [&](const Json& code, const std::string& place) {
            if (code.is_string()) {
                codes.push_back(code.get<std::string>());
            } else {
                reject(place);
            }
        });
        return codes;
    }

  private:
    void reject(std::string pointer) {
        if (!problem_) problem_ = std::move(pointer);
    }

    std::optional<std::string> problem_;
};

/// Rows about all adopters over the years together.
bool is_headline(ResultReader& reader, const Json& row, const std::string& pointer) {
    const Json* time = reader.member(row, "event_time", pointer);
    return reader.group(row, pointer).breakdown.empty() && time != nullptr && time->is_null();
}

DataSummary read_data(ResultReader& reader, const Json& document) {
    DataSummary data;
    const Json* value = reader.member(document, "data", "");
    if (value == nullptr) return data;
    data.firms = reader.count(*value, "firms", "/data");
    data.first_year = static_cast<int>(reader.count(*value, "first_year", "/data"));
    data.last_year = static_cast<int>(reader.count(*value, "last_year", "/data"));
    data.adopters = reader.count(*value, "adopters", "/data");
    data.adopters_outside_window = reader.count(*value, "adopters_outside_window", "/data");
    data.survey_respondents = reader.count(*value, "survey_respondents", "/data");
    reader.list(*value, "tables", "/data", [&](const Json& table, const std::string& pointer) {
        data.tables.push_back({reader.text(table, "name", pointer), reader.count(table, "rows", pointer),
                               reader.text(table, "content_hash", pointer)});
    });
    return data;
}

BeforeAfterRow read_change(ResultReader& reader, const Json& json, const std::string& pointer) {
    BeforeAfterRow row;
    row.outcome = reader.text(json, "outcome", pointer);
    row.group = reader.group(json, pointer);
    row.change.n = reader.count(json, "n", pointer);
    row.change.n_zero_base = reader.count(json, "n_zero_base", pointer);
    row.change.mean_before = reader.number(json, "mean_before", pointer);
    row.change.mean_after = reader.number(json, "mean_after", pointer);
    row.change.difference = reader.estimate(json, "difference", pointer);
    row.change.ratio_of_sums = reader.estimate(json, "ratio_of_sums", pointer);
    row.traps = reader.traps(json, pointer);
    return row;
}

EffectRow read_effect(ResultReader& reader, const Json& json, const std::string& pointer) {
    EffectRow row;
    row.outcome = reader.text(json, "outcome", pointer);
    row.group = reader.group(json, pointer);
    row.estimator = reader.text(json, "estimator", pointer);
    row.effect = reader.estimate(json, "effect", pointer);
    row.percent = reader.number(json, "percent", pointer);
    row.percent_low = reader.number(json, "percent_low", pointer);
    row.percent_high = reader.number(json, "percent_high", pointer);
    row.treated_base = reader.number(json, "treated_base", pointer);
    row.treated_after = reader.number(json, "treated_after", pointer);
    row.control_base = reader.number(json, "control_base", pointer);
    row.control_after = reader.number(json, "control_after", pointer);
    row.traps = reader.traps(json, pointer);
    return row;
}

/// The document, or the place of the first fault in its text.
Result<Json> parse(std::string_view json, const std::string& file) {
    try {
        return Json::parse(json);
    } catch (const Json::parse_error& error) {
        const std::string_view before = json.substr(0, std::min(error.byte == 0 ? 0 : error.byte - 1, json.size()));
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        return fail_at(ErrorKind::input, "result_faulty_json", {{"path", file}}, file, line,
                       static_cast<std::int64_t>(before.size() - line_start) + 1);
    }
}

}  // namespace

Result<ResultSummary> read_result_summary(std::string_view json, const std::string& file) {
    const auto document = parse(json, file);
    if (!document) return tl::unexpected(document.error());
    constexpr int layout = 1;
    const bool is_result = document->is_object() && document->contains("twinfirm_result");
    if (!is_result || (*document)["twinfirm_result"] != layout) {
        const std::string found = is_result ? (*document)["twinfirm_result"].dump() : "-";
        return fail_at(ErrorKind::input, "result_version_unknown", {{"path", file}, {"found", found}}, file);
    }
    ResultReader reader;
    ResultSummary summary;
    if (const Json* specification = reader.member(*document, "specification", "")) {
        auto read = design::specification_from_json(specification->dump());
        if (!read) {
            const auto key = read.error().arguments.find("key");
            return fail_at(ErrorKind::input, "result_specification",
                           {{"path", file},
                            {"pointer", "/specification" + (key == read.error().arguments.end() ? "" : key->second)}},
                           file);
        }
        summary.specification = std::move(*read);
    }
    summary.specification_hash = reader.text(*document, "specification_hash", "");
    summary.engine_version = reader.text(*document, "engine_version", "");
    summary.estimand = reader.text(*document, "estimand", "");
    summary.data = read_data(reader, *document);
    reader.list(*document, "before_after", "", [&](const Json& row, const std::string& pointer) {
        if (is_headline(reader, row, pointer)) summary.before_after.push_back(read_change(reader, row, pointer));
    });
    reader.list(*document, "effects", "", [&](const Json& row, const std::string& pointer) {
        if (is_headline(reader, row, pointer)) summary.effects.push_back(read_effect(reader, row, pointer));
    });
    if (reader.problem()) {
        return fail_at(ErrorKind::input, "result_value", {{"path", file}, {"pointer", *reader.problem()}}, file);
    }
    return summary;
}

}  // namespace twinfirm::evaluation
