// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/import_audit.h"

#include <nlohmann/json.hpp>

namespace twinfirm::ingest {

namespace {

using Json = nlohmann::ordered_json;
using Counts = std::map<std::string, std::int64_t>;

Json counts_json(const Counts& counts) {
    Json json = Json::object();
    for (const auto& [reason, count] : counts) json[reason] = count;
    return json;
}

Json cells_json(const std::vector<ListedCell>& cells) {
    Json json = Json::array();
    for (const ListedCell& cell : cells) {
        Json entry;
        entry["line"] = cell.line;
        entry["column"] = cell.column;
        entry["name"] = cell.name;
        entry["reason"] = cell.reason;
        entry["text"] = cell.text;
        json.push_back(std::move(entry));
    }
    return json;
}

std::vector<ListedCell> parse_cells(const Json& json) {
    std::vector<ListedCell> cells;
    for (const Json& entry : json) {
        cells.push_back({entry.at("line"), entry.at("column"), entry.at("name"), entry.at("reason"), entry.at("text")});
    }
    return cells;
}

}  // namespace

Status check_audit(const ImportAudit& audit) {
    std::int64_t reasons = 0;
    for (const auto& [reason, count] : audit.rejected_by_reason) reasons += count;
    if (audit.rows_read == audit.rows_stored + audit.rows_rejected && reasons == audit.rows_rejected) return {};
    return fail(ErrorKind::input, "audit_does_not_add_up",
                {{"read", std::to_string(audit.rows_read)},
                 {"stored", std::to_string(audit.rows_stored)},
                 {"rejected", std::to_string(audit.rows_rejected)}});
}

std::string to_json_text(const ImportAudit& audit) {
    Json json;
    json["file"] = audit.file_name;
    json["bytes"] = audit.bytes;
    json["sha256"] = audit.sha256;
    json["table"] = audit.table;
    json["preamble_lines"] = audit.preamble_lines;
    json["blank_lines"] = audit.blank_lines;
    json["rows_read"] = audit.rows_read;
    json["rows_stored"] = audit.rows_stored;
    json["rows_rejected"] = audit.rows_rejected;
    json["rejected_by_reason"] = counts_json(audit.rejected_by_reason);
    json["rejected"] = cells_json(audit.rejected);
    json["changed_by_reason"] = counts_json(audit.changed_by_reason);
    json["changed"] = cells_json(audit.changed);
    json["conversions"] = Json::array();
    for (const ConversionCount& conversion : audit.conversions) {
        Json entry;
        entry["rule"] = conversion.rule;
        entry["column"] = conversion.column;
        entry["count"] = conversion.count;
        json["conversions"].push_back(std::move(entry));
    }
    json["registrations"] = Json::array();
    for (const RegistrationCount& count : audit.registrations) {
        json["registrations"].push_back({{"column", count.column}, {"kind", count.kind}, {"count", count.count}});
    }
    json["dropped"] = audit.dropped;
    json["join_keys"] = Json::array();
    for (const KeptJoinKey& kept : audit.join_keys) {
        json["join_keys"].push_back({{"column", kept.column}, {"key_column", kept.key_column}});
    }
    json["quality"] = Json::array();
    for (const QualityCount& count : audit.quality) {
        json["quality"].push_back(
            {{"code", count.code}, {"column", count.column}, {"rule", count.rule}, {"count", count.count}});
    }
    json["key"] = audit.key;
    return json.dump(2);
}

Result<ImportAudit> parse_import_audit(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        ImportAudit audit;
        audit.file_name = json.at("file");
        audit.bytes = json.at("bytes");
        audit.sha256 = json.at("sha256");
        audit.table = json.at("table");
        audit.preamble_lines = json.at("preamble_lines");
        audit.blank_lines = json.at("blank_lines");
        audit.rows_read = json.at("rows_read");
        audit.rows_stored = json.at("rows_stored");
        audit.rows_rejected = json.at("rows_rejected");
        audit.rejected_by_reason = json.at("rejected_by_reason").get<Counts>();
        audit.rejected = parse_cells(json.at("rejected"));
        audit.changed_by_reason = json.at("changed_by_reason").get<Counts>();
        audit.changed = parse_cells(json.at("changed"));
        for (const Json& entry : json.at("conversions")) {
            audit.conversions.push_back({entry.at("rule"), entry.at("column"), entry.at("count")});
        }
        for (const Json& entry : json.value("registrations", Json::array())) {
            audit.registrations.push_back({entry.at("column"), entry.at("kind"), entry.at("count")});
        }
        audit.dropped = json.value("dropped", std::vector<std::string>());
        for (const Json& entry : json.value("join_keys", Json::array())) {
            audit.join_keys.push_back({entry.at("column"), entry.at("key_column")});
        }
        for (const Json& entry : json.value("quality", Json::array())) {
            audit.quality.push_back({entry.at("code"), entry.at("column"), entry.at("rule"), entry.at("count")});
        }
        audit.key = json.value("key", std::string());
        return audit;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorKind::input, "audit_malformed", {{"reason", error.what()}});
    }
}

}  // namespace twinfirm::ingest
