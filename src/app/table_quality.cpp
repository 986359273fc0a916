// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/table_quality.h"

#include <algorithm>

#include "twinfirm/ingest/csv_import.h"

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

Result<std::vector<ingest::QualityIssue>> table_quality(const store::Project& project, const std::string& table,
                                                        const CancellationToken& token) {
    const auto data = project.read(table, {}, token);
    if (!data) return tl::unexpected(data.error());
    return ingest::check_quality(*data);
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
    // A row that several rules drop is counted with the first.
    const auto rows_before = static_cast<std::int64_t>(collector.table().rows);
    std::vector<char> gone(collector.table().rows, 0);
    for (const ingest::QualityIssue& issue : issues) {
        const auto rule = plan.quality.find(issue.code);
        if (rule == plan.quality.end() || rule->second != ingest::QualityRule::drop_row) continue;
        for (const ingest::QualityCase& found : issue.cases) {
            char& mark = gone[static_cast<std::size_t>(found.row - 1)];
            if (mark != 0) continue;
            mark = 1;
            const std::string reason = "quality_" + issue.code;
            ++audit->rejected_by_reason[reason];
            if (audit->rejected.size() < ingest::ImportAudit::listed_at_most) {
                audit->rejected.push_back({0, 0, issue.column, reason, "#" + std::to_string(found.row)});
            }
        }
    }
    for (const ingest::QualityAction& action : ingest::apply_quality_rules(issues, plan.quality, collector.table())) {
        audit->quality.push_back(
            {action.code, action.column, std::string(ingest::quality_rule_name(action.rule)), action.count});
    }
    const std::int64_t dropped = rows_before - static_cast<std::int64_t>(collector.table().rows);
    audit->rows_stored -= dropped;
    audit->rows_rejected += dropped;
    TWINFIRM_TRY(collector.pass_on(sink));
    return audit;
}

}  // namespace twinfirm::app
