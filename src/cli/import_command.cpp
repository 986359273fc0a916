// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>

#include "session.h"
#include "twinfirm/app/import_file.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string file;
    std::string project;
    std::string table;
    std::string plan;
    std::string sheet;
    std::string save_plan;
    std::string key_file;
    std::vector<std::string> answers;
};

/// `ID=CHOICE`; the id itself holds no equals sign.
Result<std::map<std::string, std::string>> parse_answers(const std::vector<std::string>& texts) {
    std::map<std::string, std::string> answers;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) return fail(ErrorKind::usage, "cli_usage", {{"reason", "--answer " + text}});
        answers[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return answers;
}

Result<app::ImportedFile> run(const Options& options, const Session& session) {
    auto project = app::open_project(options.project);
    if (!project) return tl::unexpected(project.error());
    session.print(project->notices());
    std::optional<ingest::ImportPlan> plan;
    if (!options.plan.empty()) {
        auto loaded = ingest::load_import_plan(options.plan);
        if (!loaded) return tl::unexpected(loaded.error());
        plan = std::move(*loaded);
    }
    auto answers = parse_answers(options.answers);
    if (!answers) return tl::unexpected(answers.error());
    if (!options.sheet.empty()) {
        (*answers)["workbook_sheet"] = options.sheet;
        if (plan) plan->sheet = options.sheet;
    }
    auto imported = app::import_file(*project, options.file, options.table, plan, session.token, session.progress(),
                                     *answers, options.key_file);
    if (imported && !options.save_plan.empty()) {
        TWINFIRM_TRY(ingest::save_import_plan(imported->plan, options.save_plan));
    }
    return imported;
}

void print_cells(std::string_view heading, const std::vector<ingest::ListedCell>& cells, const ingest::ImportPlan& plan,
                 const Session& session) {
    constexpr std::size_t shown = 20;
    if (cells.empty()) return;
    fmt::print("{}\n", session.text(heading));
    for (std::size_t i = 0; i < std::min(shown, cells.size()); ++i) {
        const ingest::ListedCell& cell = cells[i];
        fmt::print("  {}  {}  {}  {}\n", ingest::place_text(plan, cell.line, cell.column), cell.name,
                   session.text("row_" + cell.reason), cell.text);
    }
    if (cells.size() > shown) {
        fmt::print("  {}\n", session.text("cli_import_more", {{"count", std::to_string(cells.size() - shown)}}));
    }
}

void print(const app::ImportedFile& imported, const Session& session) {
    const ingest::ImportAudit& audit = imported.audit;
    if (session.json) {
        fmt::print("{}\n", ingest::to_json_text(audit));
        return;
    }
    session.print(imported.messages);
    fmt::print("{}\n", session.text(imported.already_there ? "cli_import_already_there" : "cli_import_done",
                                    {{"file", audit.file_name},
                                     {"table", imported.table},
                                     {"read", std::to_string(audit.rows_read)},
                                     {"stored", std::to_string(audit.rows_stored)},
                                     {"rejected", std::to_string(audit.rows_rejected)}}));
    for (const auto& [reason, count] : audit.rejected_by_reason) {
        fmt::print("  {}: {}\n", session.text("row_" + reason), count);
    }
    for (const ingest::ConversionCount& conversion : audit.conversions) {
        fmt::print("  {} · {}: {}\n", conversion.column, session.text("rule_" + conversion.rule), conversion.count);
    }
    for (const ingest::RegistrationCount& count : audit.registrations) {
        fmt::print("  {} · {}\n", count.column,
                   session.text("registration_" + count.kind,
                                {{"column", count.column}, {"count", std::to_string(count.count)}}));
    }
    if (!audit.dropped.empty()) {
        std::string columns;
        for (const std::string& name : audit.dropped) columns += (columns.empty() ? "" : ", ") + name;
        fmt::print("  {}\n", session.text("cli_import_dropped", {{"columns", columns}}));
    }
    for (const ingest::KeptJoinKey& kept : audit.join_keys) {
        fmt::print("  {}\n",
                   session.text("cli_import_join_key", {{"column", kept.column}, {"key_column", kept.key_column}}));
    }
    print_cells("cli_import_rejected", audit.rejected, imported.plan, session);
    print_cells("cli_import_changed", audit.changed, imported.plan, session);
}

}  // namespace

void add_import_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("import", session.text("cli_import"));
    command->add_option("file", options->file, session.text("cli_option_file"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"))->required();
    command->add_option("--table", options->table, session.text("cli_option_table"))->required();
    command->add_option("--plan", options->plan, session.text("cli_option_plan"));
    command->add_option("--sheet", options->sheet, session.text("cli_option_sheet"));
    command->add_option("--save-plan", options->save_plan, session.text("cli_option_save_plan"));
    command->add_option("--key-file", options->key_file, session.text("cli_option_key_file"));
    command->add_option("--answer", options->answers, session.text("cli_option_answer"));
    command->callback([options, &session] {
        const auto imported = run(*options, session);
        session.end_progress();
        if (!imported) return session.fail(imported.error());
        print(*imported, session);
    });
}

}  // namespace twinfirm::cli
