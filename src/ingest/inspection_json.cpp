// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "twinfirm/ingest/cell_reading.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

namespace {

using Json = nlohmann::ordered_json;

/// A cell that no plain form reads, with what it would be under each rule that the plan could name.
Json odd_cell_json(const Offender& cell) {
    Json json;
    json["line"] = cell.line;
    json["text"] = cell.text;
    json["readings"] = Json::array();
    for (const ProposedReading& reading : proposed_readings(cell.text)) {
        json["readings"].push_back({{"rule", conversion_rule_name(reading.rule)}, {"value", reading.text()}});
    }
    return json;
}

/// The variables with their periods, and the first rows as they would be.
Json reshape_json(const Inspection& inspection) {
    constexpr std::size_t rows_shown = 3;
    const Reshape& reshape = inspection.reshape;
    const auto& columns = inspection.plan.columns;
    const auto place_of = [&](const std::string& name) {
        return static_cast<std::size_t>(
            std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; }) -
            columns.begin());
    };
    Json json;
    json["period"] = reshape.period_name;
    json["variables"] = Json::array();
    std::set<int> periods;
    std::set<std::string> wide;
    for (const WideVariable& variable : reshape.variables) {
        Json entry;
        entry["name"] = variable.name;
        entry["field"] = variable.field;
        entry["columns"] = Json::object();
        for (const auto& [period, name] : variable.columns) {
            entry["columns"][std::to_string(period)] = name;
            periods.insert(period);
            wide.insert(name);
        }
        json["variables"].push_back(std::move(entry));
    }
    json["preview"] = Json::array();
    for (std::size_t row = 0; row < std::min(rows_shown, inspection.preview.size()); ++row) {
        const auto& cells = inspection.preview[row];
        for (const int period : periods) {
            Json entry;
            for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
                if (!wide.contains(columns[i].name)) entry[columns[i].name] = cells[i];
            }
            entry[reshape.period_name] = period;
            for (const WideVariable& variable : reshape.variables) {
                const auto column = variable.columns.find(period);
                const std::size_t place = column == variable.columns.end() ? cells.size() : place_of(column->second);
                entry[variable.name] = place < cells.size() ? cells[place] : std::string();
            }
            json["preview"].push_back(std::move(entry));
        }
    }
    return json;
}

Json column_json(const ColumnPlan& plan, const InspectedColumn& seen) {
    Json json;
    json["name"] = plan.name;
    json["type"] = value_type_name(plan.type);
    json["unit"] = plan.unit;
    json["missing"] = Json::object();
    for (const auto& [code, count] : seen.missing) json["missing"][code] = count;
    json["field"] = seen.suggested_field;
    json["confidence"] = seen.confidence;
    json["reason"] = seen.reason;
    json["accepted"] = !plan.field.empty();
    json["keep"] = plan.keep;
    json["values"] = seen.values;
    json["odd_cells"] = Json::array();
    for (const Offender& cell : seen.odd_cells) json["odd_cells"].push_back(odd_cell_json(cell));
    return json;
}

Json problem_json(const Problem& problem, const ImportPlan& plan, const MessageCatalogue& catalogue) {
    Json json;
    json["code"] = problem.message.code;
    json["severity"] = problem.message.severity == Severity::warning ? "warning" : "info";
    json["message"] = catalogue.text(problem.message);
    json["line"] = problem.line;
    json["column"] = problem.column;
    json["count"] = problem.message.count;
    if (plan.format != FileFormat::text && problem.line > 0) {
        json["cell"] = place_text(plan, problem.line, problem.column);
    }
    return json;
}

Json question_json(const Question& question, const MessageCatalogue& catalogue) {
    Json json;
    json["id"] = question.id;
    json["code"] = question.code;
    json["message"] = catalogue.text("ask_" + question.code, question.arguments);
    json["choices"] = question.choices;
    json["line"] = question.line;
    json["column"] = question.column;
    return json;
}

}  // namespace

std::string to_json_text(const Inspection& inspection, const MessageCatalogue& catalogue) {
    Json json;
    json["file"] = inspection.file;
    json["bytes"] = inspection.bytes;
    json["sha256"] = inspection.sha256;
    json["format"] = file_format_name(inspection.plan.format);
    if (!inspection.plan.sheet.empty()) json["sheet"] = inspection.plan.sheet;
    json["encoding"] = encoding_name(inspection.plan.encoding);
    json["byte_order_mark"] = inspection.byte_order_mark;
    json["delimiter"] = std::string(1, inspection.plan.delimiter);
    json["header_lines"] = inspection.plan.header ? inspection.plan.header_rows : 0;
    json["preamble_lines"] = inspection.plan.preamble_lines;
    json["rows"] = inspection.rows;
    json["listed_rows"] = inspection.listed_rows;
    json["columns"] = Json::array();
    for (std::size_t i = 0; i < inspection.columns.size(); ++i) {
        json["columns"].push_back(column_json(inspection.plan.columns[i], inspection.columns[i]));
    }
    json["problems"] = Json::array();
    for (const Problem& problem : inspection.problems)
        json["problems"].push_back(problem_json(problem, inspection.plan, catalogue));
    json["questions"] = Json::array();
    for (const Question& question : inspection.questions)
        json["questions"].push_back(question_json(question, catalogue));
    json["reshape"] = inspection.reshape.empty() ? Json() : reshape_json(inspection);
    json["offers"] = Json::array();
    for (const Question& offer : inspection.offers) json["offers"].push_back(question_json(offer, catalogue));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace twinfirm::ingest
