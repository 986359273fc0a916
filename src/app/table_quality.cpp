// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/table_quality.h"

#include <algorithm>

#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/quality_action.h"
#include "twinfirm/ingest/register_check.h"

namespace twinfirm::app {

namespace {

bool has_field(const ingest::ImportPlan& plan, std::string_view field) {
    return std::any_of(plan.columns.begin(), plan.columns.end(), [&](const ingest::ColumnPlan& column) {
        return column.keep && column.field == field && column.protection != ingest::Protection::drop;
    });
}

}  // namespace

bool is_panel(const ingest::ImportPlan& plan) {
    return has_field(plan, "year") && (has_field(plan, "firm_id") || has_field(plan, "brn") || has_field(plan, "crn") ||
                                       has_field(plan, "firm_name"));
}

bool holds_adoptions(const ingest::ImportPlan& plan) {
    return has_field(plan, "adopt_year") &&
           (has_field(plan, "firm_id") || has_field(plan, "brn") || has_field(plan, "crn"));
}

Result<std::vector<ingest::QualityIssue>> table_quality(const store::Project& project, const std::string& table,
                                                        const CancellationToken& token,
                                                        const std::string& register_table) {
    const auto data = project.read(table, {}, token);
    if (!data) return tl::unexpected(data.error());
    auto issues = ingest::check_quality(*data);
    if (register_table.empty()) return issues;
    const auto firms = project.read(register_table, {}, token);
    if (!firms) return tl::unexpected(firms.error());
    for (ingest::QualityIssue& issue : ingest::check_against_register(*data, *firms)) {
        issues.push_back(std::move(issue));
    }
    return issues;
}

Result<std::vector<ingest::QualityIssue>> file_quality(const std::filesystem::path& file,
                                                       const ingest::ImportPlan& plan, const CancellationToken& token) {
    ingest::ImportPlan open = plan;
    for (ingest::ColumnPlan& column : open.columns) column.protection = ingest::Protection::none;
    ingest::TableCollector collector;
    const auto audit = ingest::import_csv(file, open, "file", collector, token);
    if (!audit) return tl::unexpected(audit.error());
    return ingest::check_quality(collector.table());
}

Result<ingest::ImportAudit> import_with_quality_rules(const std::filesystem::path& file, const ingest::ImportPlan& plan,
                                                      const std::string& table, store::RowSink& sink,
                                                      const CancellationToken& token, const ProgressSink& progress,
                                                      const PseudonymKey* key) {
    ingest::TableCollector collector;
    auto audit = ingest::import_csv(file, plan, table, collector, token, progress, key);
    if (!audit) return audit;
    const auto issues = ingest::check_quality(collector.table());
    for (const ingest::QualityAction& action : ingest::apply_quality_rules(issues, plan.quality, collector.table())) {
        const std::string reason = "quality_" + action.code;
        for (const std::int64_t row : action.rows) {
            ++audit->rejected_by_reason[reason];
            if (audit->rejected.size() < ingest::ImportAudit::listed_at_most) {
                audit->rejected.push_back({0, 0, action.column, reason, "#" + std::to_string(row)});
            }
        }
        const auto dropped = static_cast<std::int64_t>(action.rows.size());
        audit->rows_stored -= dropped;
        audit->rows_rejected += dropped;
        audit->quality.push_back(
            {action.code, action.column, std::string(ingest::quality_rule_name(action.rule)), action.count});
    }
    TWINFIRM_TRY(collector.pass_on(sink));
    return audit;
}

}  // namespace twinfirm::app
