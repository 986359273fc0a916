// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "session.h"
#include "twinfirm/app/balance_preview.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study.h"
#include "twinfirm/evaluation/evaluation_json.h"
#include "twinfirm/report/sample_tables.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string study;
    std::string project;
    unsigned threads = 0;
};

Result<evaluation::Evaluation> compute(const Options& options, const Session& session) {
    const auto study = app::load_study(options.study);
    if (!study) return tl::unexpected(study.error());
    auto project = app::open_or_create_project(options.project);
    if (!project) return tl::unexpected(project.error());
    const auto files = app::import_study_files(*project, *study, std::filesystem::path(options.study).parent_path(),
                                               session.token, session.progress());
    if (!files) return tl::unexpected(files.error());
    for (const app::ImportedFile& file : *files) session.print(file.messages);
    return app::BalancePreview().compute(*project, study->specification, options.threads, session.token,
                                         session.progress());
}

/// Places that a text takes on a terminal: Hangul and its like two.
std::size_t width_of(const std::string& text) {
    std::size_t width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;  // not the first of its character
        width += byte >= 0xEA && byte <= 0xEF ? 2 : 1;
    }
    return width;
}

void print(const report::Table& table) {
    std::vector<std::size_t> widths(table.columns.size(), 0);
    const auto shown = [](const report::Cell& cell) {
        std::string text = cell.covered ? std::string() : cell.text;
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text;
    };
    for (const auto* rows : {&table.header_rows, &table.rows}) {
        for (const auto& row : *rows) {
            for (std::size_t c = 0; c < row.size(); ++c) {
                if (row[c].column_span == 1) widths[c] = std::max(widths[c], width_of(shown(row[c])));
            }
        }
    }
    fmt::print("{}{}\n", table.caption, table.unit.empty() ? "" : " (" + table.unit + ")");
    for (const auto* rows : {&table.header_rows, &table.rows}) {
        for (const auto& row : *rows) {
            std::string line;
            for (std::size_t c = 0; c < row.size();) {
                // A cell that lies over its neighbours has their room, too.
                const auto span = static_cast<std::size_t>(std::max(1, row[c].column_span));
                std::size_t room = 2 * (span - 1);
                for (std::size_t i = c; i < std::min(c + span, row.size()); ++i) room += widths[i];
                const std::string text = shown(row[c]);
                const std::string blank(room - std::min(room, width_of(text)), ' ');
                line += "  " + (table.columns[c].alignment == report::Alignment::right ? blank + text : text + blank);
                c += span;
            }
            line.erase(line.find_last_not_of(' ') + 1);
            fmt::print("{}\n", line);
        }
    }
    fmt::print("\n");
}

void print(const evaluation::Evaluation& result, const Session& session) {
    using Json = nlohmann::ordered_json;
    if (session.json) {
        const Json whole = Json::parse(evaluation::evaluation_to_json(result));
        Json object;
        for (const char* key : {"specification_hash", "estimand", "data", "flow", "size", "reasons", "cohorts",
                                "overlap", "balance", "balance_interactions", "messages"}) {
            if (whole.contains(key)) object[key] = whole[key];
        }
        fmt::print("{}\n", object.dump(1));
        return;
    }
    for (const evaluation::Cohort& cohort : result.cohorts) {
        if (cohort.messages.empty()) continue;
        fmt::print(stderr, "{}\n", session.text("cli_cohort", {{"year", std::to_string(cohort.year)}}));
        session.print(cohort.messages);
    }
    session.print(result.messages);
    for (const report::Table& table :
         {report::flow_table(result, session.language()), report::reasons_table(result, session.language()),
          report::balance_table(result, session.language()),
          report::balance_interactions_table(result, session.language())}) {
        if (!table.rows.empty()) print(table);
    }
    fmt::print("{}\n", session.text("cli_balance_done"));
}

}  // namespace

void add_balance_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("balance", session.text("cli_balance"));
    command->add_option("study", options->study, session.text("cli_run_study"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"))->required();
    command->add_option("--threads", options->threads, session.text("cli_option_threads"));
    command->callback([options, &session] {
        const auto result = compute(*options, session);
        session.end_progress();
        if (!result) return session.fail(result.error());
        print(*result, session);
    });
}

}  // namespace twinfirm::cli
