// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/import_plan.h"

#include <nlohmann/json.hpp>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/ingest/personal_data.h"
#include "twinfirm/ingest/workbook_cell.h"

namespace twinfirm::ingest {

namespace {

using Json = nlohmann::ordered_json;

std::string character_text(char c) {
    return c == '\0' ? std::string() : std::string(1, c);
}

Json column_json(const ColumnPlan& column) {
    Json json;
    json["source"] = column.source;
    json["name"] = column.name;
    json["field"] = column.field;
    json["type"] = value_type_name(column.type);
    json["unit"] = column.unit;
    json["missing"] = column.missing;
    json["keep"] = column.keep;
    json["decimal_comma"] = column.decimal_comma;
    json["rules"] = Json::array();
    for (const ConversionRule rule : column.rules) json["rules"].push_back(conversion_rule_name(rule));
    json["rest_name"] = column.rest_name;
    json["protection"] = column.protection == Protection::none   ? "none"
                         : column.protection == Protection::drop ? "drop"
                                                                 : "pseudonym";
    json["on_bad_cell"] = column.on_bad_cell == BadCell::reject_row ? "reject_row" : "missing";
    json["labels"] = Json::object();
    for (const auto& [word, value] : column.labels) json["labels"][word] = value;
    return json;
}

Json reshape_json(const Reshape& reshape) {
    Json json;
    json["period_name"] = reshape.period_name;
    json["period_field"] = reshape.period_field;
    json["variables"] = Json::array();
    for (const WideVariable& variable : reshape.variables) {
        Json entry;
        entry["name"] = variable.name;
        entry["field"] = variable.field;
        entry["columns"] = Json::array();
        for (const auto& [period, name] : variable.columns) {
            entry["columns"].push_back({{"period", period}, {"name", name}});
        }
        json["variables"].push_back(std::move(entry));
    }
    return json;
}

Reshape parse_reshape(const Json& json) {
    Reshape reshape;
    reshape.period_name = json.at("period_name");
    reshape.period_field = json.value("period_field", "");
    for (const Json& entry : json.at("variables")) {
        WideVariable variable;
        variable.name = entry.at("name");
        variable.field = entry.value("field", "");
        for (const Json& column : entry.at("columns")) variable.columns[column.at("period")] = column.at("name");
        reshape.variables.push_back(std::move(variable));
    }
    return reshape;
}

tl::unexpected<Error> bad_value(const std::string& key, const std::string& value) {
    return fail(ErrorKind::usage, "plan_bad_value", {{"key", key}, {"value", value}});
}

Result<char> one_character(const Json& json, const std::string& key, bool may_be_empty) {
    const auto text = json.at(key).get<std::string>();
    if (text.size() > 1 || (text.empty() && !may_be_empty) ||
        (!text.empty() && static_cast<unsigned char>(text[0]) >= 0x80) || text == "\n" || text == "\r") {
        return bad_value(key, text);
    }
    return text.empty() ? '\0' : text[0];
}

Result<ColumnPlan> parse_column(const Json& json) {
    ColumnPlan column;
    column.source = json.at("source");
    column.name = json.at("name");
    column.field = json.value("field", "");
    const auto type_name = json.at("type").get<std::string>();
    const auto type = parse_value_type(type_name);
    if (!type) return bad_value("type", type_name);
    column.type = *type;
    column.unit = json.value("unit", "");
    column.missing = json.value("missing", std::vector<std::string>());
    column.keep = json.value("keep", true);
    column.decimal_comma = json.value("decimal_comma", false);
    for (const auto& name : json.value("rules", std::vector<std::string>())) {
        const auto rule = parse_conversion_rule(name);
        if (!rule || !needs_confirmation(*rule)) return bad_value("rules", name);
        column.rules.push_back(*rule);
    }
    column.rest_name = json.value("rest_name", "");
    const auto protection = json.value("protection", std::string());
    if (protection.empty()) {
        // A plan that says nothing protects what it does not know.
        column.protection = default_protection(column.field);
    } else if (protection == "pseudonym") {
        column.protection = Protection::pseudonym;
    } else if (protection == "drop") {
        column.protection = Protection::drop;
    } else if (protection != "none") {
        return bad_value("protection", protection);
    }
    const auto bad_cell = json.value("on_bad_cell", std::string("reject_row"));
    if (bad_cell != "reject_row" && bad_cell != "missing") return bad_value("on_bad_cell", bad_cell);
    column.on_bad_cell = bad_cell == "missing" ? BadCell::missing : BadCell::reject_row;
    if (json.contains("labels")) column.labels = json.at("labels").get<std::map<std::string, std::int64_t>>();
    return column;
}

Result<ImportPlan> parse(const Json& json) {
    ImportPlan plan;
    const auto format_text = json.value("format", std::string("text"));
    const auto format = parse_file_format(format_text);
    if (!format) return bad_value("format", format_text);
    plan.format = *format;
    plan.sheet = json.value("sheet", "");
    const auto encoding_text = json.at("encoding").get<std::string>();
    const auto encoding = parse_encoding_name(encoding_text);
    if (!encoding) return bad_value("encoding", encoding_text);
    plan.encoding = *encoding;
    const auto delimiter = one_character(json, "delimiter", false);
    if (!delimiter) return tl::unexpected(delimiter.error());
    plan.delimiter = *delimiter;
    const auto quote = one_character(json, "quote", true);
    if (!quote) return tl::unexpected(quote.error());
    plan.quote = *quote;
    if (json.contains("escape")) {
        const auto escape = one_character(json, "escape", true);
        if (!escape) return tl::unexpected(escape.error());
        plan.escape = *escape;
    }
    plan.padded = json.value("padded", false);
    plan.preamble_lines = json.value("preamble_lines", std::int64_t{0});
    plan.last_line = json.value("last_line", std::int64_t{0});
    plan.header = json.value("header", true);
    plan.header_rows = json.value("header_rows", std::int64_t{1});
    constexpr std::int64_t most_header_rows = 10;
    if (plan.header_rows < 1 || plan.header_rows > most_header_rows) {
        return bad_value("header_rows", std::to_string(plan.header_rows));
    }
    plan.reject_totals = json.value("reject_totals", true);
    for (const Json& entry : json.at("columns")) {
        auto column = parse_column(entry);
        if (!column) return tl::unexpected(column.error());
        plan.columns.push_back(std::move(*column));
    }
    if (json.contains("reshape") && !json.at("reshape").empty()) plan.reshape = parse_reshape(json.at("reshape"));
    for (const auto& [code, name] : json.value("quality", std::map<std::string, std::string>())) {
        const auto rule = parse_quality_rule(name);
        if (!rule) return tl::unexpected(rule.error());
        if (!quality_rule_fits(code, *rule)) return bad_value("quality." + code, name);
        plan.quality[code] = *rule;
    }
    if (json.contains("answers")) plan.answers = json.at("answers").get<std::map<std::string, std::string>>();
    return plan;
}

}  // namespace

std::string place_text(const ImportPlan& plan, std::int64_t line, std::int64_t column) {
    if (plan.format == FileFormat::text) return std::to_string(line) + ":" + std::to_string(column);
    return plan.sheet + "!" + (column > 0 ? cell_name({line, column}) : std::to_string(line));
}

std::string to_json_text(const ImportPlan& plan) {
    Json json;
    if (plan.format != FileFormat::text) {
        json["format"] = file_format_name(plan.format);
        json["sheet"] = plan.sheet;
    }
    json["encoding"] = encoding_name(plan.encoding);
    json["delimiter"] = character_text(plan.delimiter);
    json["quote"] = character_text(plan.quote);
    json["escape"] = character_text(plan.escape);
    json["padded"] = plan.padded;
    json["preamble_lines"] = plan.preamble_lines;
    if (plan.last_line > 0) json["last_line"] = plan.last_line;
    json["header"] = plan.header;
    json["header_rows"] = plan.header_rows;
    json["reject_totals"] = plan.reject_totals;
    json["columns"] = Json::array();
    for (const ColumnPlan& column : plan.columns) json["columns"].push_back(column_json(column));
    json["answers"] = Json::object();
    for (const auto& [question, choice] : plan.answers) json["answers"][question] = choice;
    json["reshape"] = Json::object();
    if (!plan.reshape.empty()) json["reshape"] = reshape_json(plan.reshape);
    json["quality"] = Json::object();
    for (const auto& [code, rule] : plan.quality) json["quality"][code] = quality_rule_name(rule);
    return json.dump(2);
}

Result<ImportPlan> parse_import_plan(std::string_view text) {
    try {
        return parse(Json::parse(text));
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorKind::usage, "plan_malformed", {{"reason", error.what()}});
    }
}

Result<ImportPlan> load_import_plan(const std::filesystem::path& path) {
    const auto text = read_whole_file(path);
    if (!text) return tl::unexpected(text.error());
    auto plan = parse_import_plan(*text);
    if (!plan) plan.error().file = path.string();
    return plan;
}

Status save_import_plan(const ImportPlan& plan, const std::filesystem::path& path) {
    return write_file_atomically(path, to_json_text(plan) + "\n");
}

}  // namespace twinfirm::ingest
