// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>

#include "session.h"
#include "twinfirm/app/inspect.h"

namespace twinfirm::cli {

namespace {

void print(const ingest::Inspection& inspection, const Session& session) {
    fmt::print("{}\n",
               session.text("cli_inspect_file", {{"file", inspection.file},
                                                 {"bytes", std::to_string(inspection.bytes)},
                                                 {"encoding", std::string(encoding_name(inspection.plan.encoding))},
                                                 {"rows", std::to_string(inspection.rows)},
                                                 {"listed", std::to_string(inspection.listed_rows)}}));
    for (std::size_t i = 0; i < inspection.plan.columns.size(); ++i) {
        const ingest::ColumnPlan& column = inspection.plan.columns[i];
        fmt::print(
            "  {:>3}  {}  {}{}{}\n", i + 1, column.name, ingest::value_type_name(column.type),
            column.unit.empty() ? "" : " (" + column.unit + ")",
            column.field.empty() ? "" : fmt::format("  → {} {:.2f}", column.field, inspection.columns[i].confidence));
    }
    for (const ingest::Problem& problem : inspection.problems) {
        const std::string place =
            problem.line > 0 ? " [" + ingest::place_text(inspection.plan, problem.line, problem.column) + "]" : "";
        fmt::print("{}: {}{}\n",
                   session.text(problem.message.severity == Severity::warning ? "cli_warning" : "cli_note"),
                   session.catalogue().text(problem.message), place);
    }
    for (const ingest::Question& question : inspection.questions) {
        std::string choices;
        for (const std::string& choice : question.choices) choices += (choices.empty() ? "" : ", ") + choice;
        fmt::print("{}: {} ({}: {})\n", session.text("cli_question"),
                   session.text("ask_" + question.code, question.arguments), question.id, choices);
    }
    for (const ingest::Question& offer : inspection.offers) {
        fmt::print("{}: {} ({}=yes)\n", session.text("cli_offer"), session.text("ask_" + offer.code, offer.arguments),
                   offer.id);
    }
}

}  // namespace

void add_inspect_command(CLI::App& app, Session& session) {
    auto path = std::make_shared<std::string>();
    auto sheet = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("inspect", session.text("cli_inspect"));
    command->add_option("file", *path, session.text("cli_option_file"))->required();
    command->add_option("--sheet", *sheet, session.text("cli_option_sheet"));
    command->callback([path, sheet, &session] {
        std::map<std::string, std::string> answers;
        if (!sheet->empty()) answers["workbook_sheet"] = *sheet;
        const auto inspection = app::inspect(*path, answers, session.token, session.progress());
        session.end_progress();
        if (!inspection) return session.fail(inspection.error());
        if (session.json) {
            fmt::print("{}\n", ingest::to_json_text(*inspection, session.catalogue()));
        } else {
            print(*inspection, session);
        }
    });
}

}  // namespace twinfirm::cli
