// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/import_file.h"

#include "twinfirm/app/clock.h"
#include "twinfirm/app/table_quality.h"
#include "twinfirm/base/sha256.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/personal_data.h"
#include "twinfirm/ingest/plan_replay.h"

namespace twinfirm::app {

namespace {

/// The stored table, if it came from these bytes by this plan.
std::optional<store::ImportRecord> same_import(const store::Project& project, const std::string& table,
                                               const std::string& sha256, const std::string& plan_json) {
    const auto info = project.table(table);
    if (!info || info->import.sha256 != sha256 || info->import.plan_json != plan_json) return std::nullopt;
    return info->import;
}

/// The plan as it is if the header is still the one it was made for; else with last year's decisions at this year's
/// places, once the analyst has accepted the differences.
Result<ingest::ImportPlan> fitting_plan(const std::filesystem::path& file, const ingest::ImportPlan& plan,
                                        const std::map<std::string, std::string>& answers, Messages& messages,
                                        const CancellationToken& token, const ProgressSink& progress) {
    const Status fits = ingest::check_plan_header(file, plan, token);
    if (fits || fits.error().code != "plan_does_not_fit") {
        if (!fits) return tl::unexpected(fits.error());
        return plan;
    }
    std::map<std::string, std::string> others = answers;
    others.erase("plan_differences");
    auto inspection = ingest::inspect_file(file, others, token, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    ingest::PlanReplay replay = ingest::replay_plan(plan, *inspection);
    const std::string differences = ingest::difference_list(replay.differences);
    const auto answer = answers.find("plan_differences");
    if (answer == answers.end() || answer->second != "yes") {
        return fail_at(ErrorKind::usage, "plan_differs", {{"differences", differences}}, file.string());
    }
    messages.push_back({"plan_differences_accepted",
                        Severity::warning,
                        {{"differences", differences}},
                        static_cast<std::int64_t>(replay.differences.size())});
    return std::move(replay.plan);
}

/// Tells what is doubtful in a panel, a register or a table of adoptions; greater ones only on demand (`quality`), as
/// they are read into memory.
Status look_over(const store::Project& project, ImportedFile& imported, const CancellationToken& token) {
    constexpr std::int64_t most_rows = 200'000;
    if (!is_panel(imported.plan) && !holds_adoptions(imported.plan)) return {};
    if (imported.audit.rows_stored > most_rows) {
        imported.messages.push_back({"quality_not_checked", Severity::info, {{"table", imported.table}}, 0});
        return {};
    }
    auto issues = table_quality(project, imported.table, token);
    if (!issues) return tl::unexpected(issues.error());
    for (Message& message : ingest::quality_messages(*issues)) imported.messages.push_back(std::move(message));
    return {};
}

}  // namespace

Result<ImportedFile> import_file(store::Project& project, const std::filesystem::path& file, const std::string& table,
                                 const std::optional<ingest::ImportPlan>& plan, const CancellationToken& token,
                                 const ProgressSink& progress, const std::map<std::string, std::string>& answers,
                                 const std::filesystem::path& key_file) {
    ImportedFile imported;
    imported.table = table;
    std::string sha256;
    if (plan) {
        auto fitting = fitting_plan(file, *plan, answers, imported.messages, token, progress);
        if (!fitting) return tl::unexpected(fitting.error());
        imported.plan = std::move(*fitting);
        auto hash = sha256_of_file(file);
        if (!hash) return tl::unexpected(hash.error());
        sha256 = std::move(*hash);
    } else {
        auto inspection = ingest::inspect_file(file, answers, token, progress);
        if (!inspection) return tl::unexpected(inspection.error());
        if (const auto open = inspection->open_questions(); !open.empty()) {
            const ingest::Question& question = open.front();
            std::string choices;
            for (const std::string& choice : question.choices) choices += (choices.empty() ? "" : ", ") + choice;
            MessageArguments arguments = question.arguments;
            arguments["cause"] = question.code;
            arguments["question"] = question.id;
            arguments["choices"] = choices;
            return fail_at(ErrorKind::usage, "import_question_open", std::move(arguments), file.string(), question.line,
                           question.column);
        }
        for (const ingest::Problem& problem : inspection->problems) imported.messages.push_back(problem.message);
        imported.plan = std::move(inspection->plan);
        sha256 = inspection->sha256;
    }
    const std::string plan_json = ingest::to_json_text(imported.plan);
    std::optional<PseudonymKey> key;
    if (ingest::PersonalData::needs_key(imported.plan)) {
        auto loaded = PseudonymKey::load_or_create(key_file.empty() ? default_pseudonym_key_path() : key_file);
        if (!loaded) return tl::unexpected(loaded.error());
        key.emplace(*loaded);
    }
    if (const auto record = same_import(project, table, sha256, plan_json)) {
        auto audit = ingest::parse_import_audit(record->audit_json);
        if (!audit) return tl::unexpected(audit.error());
        const bool same_key = audit->key.empty() || (key && audit->key == key->identification());
        if (same_key) {
            imported.audit = std::move(*audit);
            imported.already_there = true;
            return imported;
        }
    }

    if (const auto former = project.table(table)) {
        imported.messages.push_back(
            {"table_replaced",
             Severity::warning,
             {{"table", table}, {"file", former->import.file_name}, {"time", former->import.time}},
             former->rows});
    }
    std::error_code unknown_size;
    const std::uintmax_t bytes = std::filesystem::file_size(file, unknown_size);
    const store::ImportSource source{file.filename().string(), unknown_size ? 0 : static_cast<std::int64_t>(bytes)};
    auto transaction = project.begin_import(source);
    if (!transaction) return tl::unexpected(transaction.error());
    const PseudonymKey* secret = key ? &*key : nullptr;
    auto audit = imported.plan.quality.empty()
                     ? ingest::import_csv(file, imported.plan, table, **transaction, token, progress, secret)
                     : import_with_quality_rules(file, imported.plan, table, **transaction, token, progress, secret);
    if (!audit) return tl::unexpected(audit.error());
    TWINFIRM_TRY(ingest::check_audit(*audit));
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY((*transaction)
                     ->commit({audit->file_name, audit->bytes, audit->sha256, plan_json, ingest::to_json_text(*audit),
                               utc_time_now()}));
    imported.audit = std::move(*audit);
    // The table is stored: whatever happens now, the import has succeeded.
    if (const Status looked_over = look_over(project, imported, token); !looked_over) {
        const Error& error = looked_over.error();
        imported.messages.push_back({"quality_not_looked_over", Severity::warning, {{"table", table}}, 0});
        if (error.kind != ErrorKind::cancelled) {
            imported.messages.push_back({error.code, Severity::warning, error.arguments, 0});
        }
    }
    return imported;
}

}  // namespace twinfirm::app
