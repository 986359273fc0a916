// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/project_file.h"

#include <utility>

#include "twinfirm/app/study_record.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/import_audit.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/store/export_table.h"

namespace twinfirm::app {

namespace {

/// The texts that stood in the file for cells without a value; of several for one reason the usual one.
std::map<std::string, store::AbsentTexts> absent_texts(const store::Project& project, const std::string& table) {
    std::map<std::string, store::AbsentTexts> texts;
    const auto info = project.table(table);
    if (!info) return texts;
    const auto plan = ingest::parse_import_plan(info->import.plan_json);
    if (!plan) return texts;
    for (const ingest::ColumnPlan& column : plan->columns) {
        std::vector<std::string> not_applicable;
        std::vector<std::string> suppressed;
        for (const std::string& word : column.missing) {
            const auto status = ingest::missing_status(word);
            if (status == store::ValueStatus::not_applicable) not_applicable.push_back(word);
            if (status == store::ValueStatus::suppressed) suppressed.push_back(word);
        }
        texts[column.name] = {not_applicable.size() == 1 ? not_applicable.front() : "해당없음",
                              suppressed.size() == 1 ? suppressed.front() : "X"};
    }
    return texts;
}

}  // namespace

Result<store::Project> create_project(const std::filesystem::path& path) {
    return store::Project::create(path);
}

Result<store::Project> open_project(const std::filesystem::path& path, Access access) {
    return store::Project::open(path, access);
}

Result<store::Project> open_or_create_project(const std::filesystem::path& path) {
    std::error_code unreadable;  // then creating says why
    return std::filesystem::exists(path, unreadable) ? open_project(path) : create_project(path);
}

Status export_table(const store::Project& project, const std::string& table, const std::filesystem::path& out, bool raw,
                    const CancellationToken& token) {
    store::ExportOptions options;
    options.raw = raw;
    options.absent = absent_texts(project, table);
    return store::export_table_csv(project, table, out, options, token);
}

Result<std::optional<store::TableInfo>> undo_import(store::Project& project, const std::string& table) {
    if (table == record_table) return fail(ErrorKind::usage, "record_kept", {{"table", table}});
    const auto restored = project.undo_import(table);
    if (!restored) return tl::unexpected(restored.error());
    if (!*restored) return std::nullopt;
    auto info = project.table(table);
    if (!info) return tl::unexpected(info.error());
    return std::optional(std::move(*info));
}

Result<std::vector<store::TableInfo>> check_tables(const store::Project& project, const CancellationToken& token,
                                                   const ProgressSink& progress) {
    auto tables = project.tables();
    if (!tables) return tl::unexpected(tables.error());
    for (std::size_t i = 0; i < tables->size(); ++i) {
        report_progress(progress, "check_tables", static_cast<double>(i) / static_cast<double>(tables->size()));
        TWINFIRM_TRY(project.check_content((*tables)[i].definition.name, token));
    }
    report_progress(progress, "check_tables", 1);
    return tables;
}

Result<PersonalColumns> personal_columns(const store::Project& project, const std::string& table) {
    const auto info = project.table(table);
    if (!info) return tl::unexpected(info.error());
    if (table == record_table) return PersonalColumns{};  // it was written here, not imported
    const auto audit = ingest::parse_import_audit(info->import.audit_json);
    if (!audit) return tl::unexpected(audit.error());
    PersonalColumns columns{audit->dropped, {}};
    for (const ingest::ConversionCount& conversion : audit->conversions) {
        if (conversion.rule == "pseudonym") columns.replaced.push_back(conversion.column);
    }
    return columns;
}

}  // namespace twinfirm::app
