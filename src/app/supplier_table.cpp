// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/supplier_table.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "source_table.h"
#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/ingest/canonical_field.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A column of texts under its wanted or one of its usual names; empty texts where it is optional and not there.
Result<std::vector<std::string>> texts_of(const SourceTable& table, const std::string& wanted,
                                          std::initializer_list<std::string_view> usual, bool needed) {
    const auto name = table.name_of(wanted, usual);
    if (!name) return tl::unexpected(name.error());
    if (name->empty()) {
        if (!needed) return std::vector<std::string>(table.frame.rows());
        return fail_at(ErrorKind::usage, "survey_column_unknown", {{"column", std::string(*usual.begin())}},
                       table.place);
    }
    auto texts = table.texts(*name);
    if (!texts) return texts;
    for (std::string& text : *texts) text = trimmed(text);
    return texts;
}

int level_of(const std::string& text) {
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') return text[0] - '0';
    return ingest::level_of_word(text).value_or(0);
}

Result<std::map<std::string, double>> effects_of(const SupplierRequest& request, const CancellationToken& token,
                                                 const ProgressSink& progress, Messages& messages) {
    std::map<std::string, double> effects;
    if (!request.effects) return effects;
    const auto table = read_source(*request.effects, token, progress);
    if (!table) return tl::unexpected(table.error());
    messages.insert(messages.end(), table->messages.begin(), table->messages.end());
    const auto firms = texts_of(*table, request.effect_firm, {"firm_id", "기업ID"}, true);
    if (!firms) return tl::unexpected(firms.error());
    const auto name = table->name_of(request.effect, {"effect", "효과", "difference"});
    if (!name) return tl::unexpected(name.error());
    const auto values = table->numbers(name->empty() ? "effect" : *name);
    if (!values) return tl::unexpected(values.error());
    for (std::size_t row = 0; row < firms->size(); ++row)
        if (std::isfinite((*values)[row])) effects[(*firms)[row]] = (*values)[row];
    return effects;
}

std::string levels_text(const std::map<int, std::int64_t>& levels) {
    std::string text;
    for (const auto& [level, count] : levels)
        text += (text.empty() ? "" : " ") + std::to_string(level) + ":" + std::to_string(count);
    return text;
}

std::string suppliers_csv(const survey::SupplierFindings& findings) {
    CsvWriter csv;
    csv.header({"supplier", "firms", "events", "levels", "n", "mean", "std_error", "shrunken", "shrunken_error",
                "ci_low", "ci_high", "withheld"});
    for (const survey::SupplierFinding& row : findings.suppliers) {
        csv.text(row.supplier);
        if (row.levels_withheld) {
            csv.missing().missing().missing();
        } else {
            csv.integer(row.firms).integer(row.events).text(levels_text(row.levels));
        }
        row.effect_withheld ? csv.missing() : csv.integer(row.n);
        csv.number(row.mean).number(row.std_error).number(row.shrunken).number(row.shrunken_error);
        csv.number(row.interval.low).number(row.interval.high);
        csv.text(row.levels_withheld ? "all" : row.effect_withheld ? "effect" : "");
        csv.end_row();
    }
    return csv.bytes();
}

std::string summary_json(const SupplierResult& result) {
    const survey::SupplierFindings& findings = result.findings;
    Json json = {{"engine_version", version()},
                 {"suppliers", findings.suppliers.size()},
                 {"firms", findings.firms},
                 {"events", findings.events},
                 {"without_supplier", findings.without_supplier},
                 {"idle", result.idle},
                 {"unregistered", result.unregistered},
                 {"n", findings.n},
                 {"mean", findings.mean},
                 {"within_sd", findings.within_sd},
                 {"between_sd", findings.between_sd},
                 {"q", findings.q},
                 {"q_df", findings.q_df},
                 {"q_p", findings.q_p},
                 {"warnings", Json::array()}};
    for (const Message& message : result.messages) json["warnings"].push_back(message.code);
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<SupplierResult> analyse_suppliers(const SupplierRequest& request, const std::filesystem::path& folder,
                                         const CancellationToken& token, const ProgressSink& progress) {
    const auto table = read_source(request.events, token, progress, true);
    if (!table) return tl::unexpected(table.error());
    SupplierResult result;
    result.messages = table->messages;
    const auto suppliers = texts_of(*table, request.supplier, {"supplier", "공급기업"}, true);
    if (!suppliers) return tl::unexpected(suppliers.error());
    const auto firms = texts_of(*table, request.firm, {"firm_id", "기업ID"}, true);
    if (!firms) return tl::unexpected(firms.error());
    const auto levels = texts_of(*table, request.level, {"level", "구축수준", "수준"}, false);
    if (!levels) return tl::unexpected(levels.error());
    const auto effects = effects_of(request, token, progress, result.messages);
    if (!effects) return tl::unexpected(effects.error());

    std::vector<survey::SupplierEvent> events;
    std::set<std::string> adopters;
    std::set<std::string> active;
    for (std::size_t row = 0; row < suppliers->size(); ++row) {
        const auto effect = effects->find((*firms)[row]);
        events.push_back({(*suppliers)[row], (*firms)[row], level_of((*levels)[row]),
                          effect == effects->end() ? std::numeric_limits<double>::quiet_NaN() : effect->second});
        adopters.insert((*firms)[row]);
        if (!(*suppliers)[row].empty()) active.insert((*suppliers)[row]);
    }
    std::int64_t unmatched = 0;
    for (const auto& [firm, effect] : *effects)
        if (!adopters.contains(firm)) ++unmatched;
    if (unmatched > 0) {
        result.messages.push_back({"suppliers_effects_unmatched", Severity::warning, {}, unmatched});
    }
    if (request.registered) {
        const auto list = read_source(*request.registered, token, progress);
        if (!list) return tl::unexpected(list.error());
        const auto names = texts_of(*list, request.registered_supplier, {"supplier", "공급기업", "기업명"}, true);
        if (!names) return tl::unexpected(names.error());
        const std::set<std::string> known(names->begin(), names->end());
        result.registered = static_cast<std::int64_t>(known.size() - known.count(""));
        for (const std::string& name : known)
            if (!name.empty() && !active.contains(name)) ++result.idle;
        for (const std::string& name : active)
            if (!known.contains(name)) ++result.unregistered;
        if (result.unregistered > 0) {
            result.messages.push_back({"suppliers_unregistered", Severity::warning, {}, result.unregistered});
        }
    }
    result.findings = survey::supplier_effects(events, request.settings);
    result.messages.insert(result.messages.end(), result.findings.messages.begin(), result.findings.messages.end());
    if (folder.empty()) return result;
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "suppliers.csv", suppliers_csv(result.findings)));
    TWINFIRM_TRY(write_file_atomically(folder / "suppliers.json", summary_json(result)));
    return result;
}

}  // namespace twinfirm::app
