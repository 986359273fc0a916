// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/protect_table.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "aggregate_source.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/disclosure/cell_suppression.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::app {

namespace {

using disclosure::CellInterval;
using disclosure::CellState;
using Json = nlohmann::ordered_json;

std::string_view name_of(disclosure::Sensitivity reason) {
    switch (reason) {
        case disclosure::Sensitivity::frequency:
            return "frequency";
        case disclosure::Sensitivity::dominance:
            return "dominance";
        case disclosure::Sensitivity::p_percent:
            return "p_percent";
        case disclosure::Sensitivity::none:
            break;
    }
    return "complementary";
}

std::string_view name_of(disclosure::Disclosure disclosure) {
    switch (disclosure) {
        case disclosure::Disclosure::shown:
            return "shown";
        case disclosure::Disclosure::exact:
            return "exact";
        case disclosure::Disclosure::too_close:
            return "too_close";
        case disclosure::Disclosure::none:
            break;
    }
    return "protected";
}

std::string dominance_text(const disclosure::PrimaryRules& rules) {
    std::string text;
    for (const disclosure::Dominance& rule : rules.dominance) {
        if (!text.empty()) text += ", ";
        text += "(" + std::to_string(rule.largest) + ", " + shortest_text(rule.percent) + "%)";
    }
    return text.empty() ? "-" : text;
}

/// The table for readers: nothing but a number or X, and what X means.
std::string table_csv(const AggregateSource& source, const std::vector<bool>& hidden, const ProtectRequest& request,
                      const MessageCatalogue& catalogue) {
    CsvWriter csv;
    for (const std::string& column : source.columns) csv.text(store::guard_formula(column));
    csv.text(store::guard_formula(source.figure));
    csv.end_row();
    for (std::size_t i = 0; i < source.table.cells.size(); ++i) {
        for (const std::string& label : source.labels[i]) csv.text(store::guard_formula(label));
        hidden[i] ? csv.text("X") : csv.number(source.table.cells[i].value);
        csv.end_row();
    }
    csv.missing();
    csv.end_row();
    const bool any = std::find(hidden.begin(), hidden.end(), true) != hidden.end();
    if (!request.override_reason.empty()) {
        csv.text(catalogue.text("protect_override_note", {{"reason", request.override_reason}}));
    } else if (any) {
        csv.text(catalogue.text("protect_legend", {}));
    } else {
        csv.text(catalogue.text("protect_nothing_hidden", {}));
    }
    csv.end_row();
    return csv.bytes();
}

std::string audit_json(const AggregateSource& source, const disclosure::SuppressionAudit& audit,
                       const ProtectRequest& request, const ProtectResult& result) {
    const auto bound = [](double value) { return std::isfinite(value) ? Json(value) : Json(); };
    Json json;
    json["rules"] = {{"minimum_frequency", request.rules.minimum_frequency},
                     {"dominance", dominance_text(request.rules)},
                     {"p_percent", request.rules.p_percent}};
    json["override_reason"] = request.override_reason.empty() ? Json() : Json(request.override_reason);
    json["cells"] = result.cells;
    json["sensitive"] = result.sensitive;
    json["complementary"] = result.complementary;
    json["loss_percent"] = result.loss_percent;
    json["linear_programs"] = result.programs;
    json["recovered"] = result.recovered;
    json["hidden"] = Json::array();
    for (const CellInterval& cell : audit.cells) {
        json["hidden"].push_back({{"cell", source.table.cells[cell.cell].name},
                                  {"reason", name_of(cell.protection.reason)},
                                  {"low", bound(cell.low)},
                                  {"high", bound(cell.high)},
                                  {"audit", name_of(cell.disclosure)}});
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

double loss_percent(const AggregateSource& source, double loss) {
    const std::vector<bool> totals = source.table.totals();
    double all = 0;
    for (std::size_t i = 0; i < totals.size(); ++i)
        if (!totals[i]) all += std::abs(source.table.cells[i].value);
    return all > 0 ? 100 * loss / all : 0;
}

}  // namespace

Result<ProtectResult> protect_table_file(const ProtectRequest& request, const CancellationToken& token,
                                         const ProgressSink& progress) {
    const MessageCatalogue catalogue(request.language);
    const auto source = read_aggregate(request, catalogue.text("protect_total", {}), token, progress);
    if (!source) return tl::unexpected(source.error());
    auto done = disclosure::protect_table(source->table, request.rules, token);
    if (!done) return tl::unexpected(done.error());

    ProtectResult result;
    result.messages = source->messages;
    result.cells = source->table.cells.size();
    std::vector<bool> hidden = done->suppression.suppressed();
    for (const CellState state : done->suppression.states) result.sensitive += state == CellState::sensitive;
    result.complementary = done->suppression.complementary;
    result.loss_percent = loss_percent(*source, done->suppression.loss);
    if (!request.override_reason.empty()) {
        hidden.assign(hidden.size(), false);
        result.messages.push_back(
            {"protect_overridden", Severity::warning, {}, static_cast<std::int64_t>(result.sensitive)});
    }
    const std::clock_t start = std::clock();
    const auto audit = disclosure::audit_suppression(source->table, hidden, request.rules, token);
    if (!audit) return tl::unexpected(audit.error());
    result.audit_seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    result.programs = audit->programs;
    result.recovered = audit->failures().size();

    TWINFIRM_TRY(write_file_atomically(request.out, table_csv(*source, hidden, request, catalogue)));
    if (!request.audit.empty()) {
        TWINFIRM_TRY(write_file_atomically(request.audit, audit_json(*source, *audit, request, result)));
    }
    return result;
}

}  // namespace twinfirm::app
