// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/convert.h"

namespace twinfirm::cli {

namespace {

std::string character(char c) {
    if (c == '\0') return "-";
    if (c == '\t') return "TAB";
    if (c == ' ') return "SPACE";
    return std::string(1, c);
}

void print_json(const ingest::CsvConversion& done, const std::string& out, const Session& session) {
    nlohmann::ordered_json json;
    json["out"] = out;
    json["encoding"] = encoding_name(done.encoding);
    json["delimiter"] = std::string(1, done.dialect.delimiter);
    json["quote"] = done.dialect.quote == '\0' ? "" : std::string(1, done.dialect.quote);
    json["escape"] = done.dialect.escape == '\0' ? "" : std::string(1, done.dialect.escape);
    json["header_rows"] = done.header_rows;
    json["preamble_lines"] = done.preamble_lines;
    json["rows"] = done.rows;
    json["columns"] = done.columns;
    json["messages"] = nlohmann::ordered_json::array();
    for (const Message& message : done.messages) {
        json["messages"].push_back(
            {{"code", message.code}, {"message", session.catalogue().text(message)}, {"count", message.count}});
    }
    fmt::print("{}\n", json.dump(1));
}

}  // namespace

void add_convert_command(CLI::App& app, Session& session) {
    auto path = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    auto sheet = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("convert", session.text("cli_convert"));
    command->add_option("file", *path, session.text("cli_option_file"))->required();
    command->add_option("--out", *out, session.text("cli_convert_out"))->required();
    command->add_option("--sheet", *sheet, session.text("cli_option_sheet"));
    command->callback([path, out, sheet, &session] {
        const auto done = app::convert(*path, *out, *sheet, session.token, session.progress());
        session.end_progress();
        if (!done) return session.fail(done.error());
        fmt::print(stderr, "{}\n",
                   session.text("cli_convert_reading", {{"encoding", std::string(encoding_name(done->encoding))},
                                                        {"delimiter", character(done->dialect.delimiter)},
                                                        {"quote", character(done->dialect.quote)},
                                                        {"header_rows", std::to_string(done->header_rows)}}));
        session.print(done->messages);
        if (session.json) return print_json(*done, *out, session);
        fmt::print("{}\n", session.text("cli_convert_done", {{"out", *out},
                                                             {"rows", std::to_string(done->rows)},
                                                             {"columns", std::to_string(done->columns)}}));
    });
}

}  // namespace twinfirm::cli
