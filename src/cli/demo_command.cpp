// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/demo.h"

namespace twinfirm::cli {

namespace {

struct Options {
    demo::DemoOptions demo;
    std::string years;
    std::string out;
};

/// `2012-2019`
Status read_years(const std::string& text, demo::DemoOptions& options) {
    if (text.empty()) return {};
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, options.first_year);
    const bool range = first.ec == std::errc{} && first.ptr != end && *first.ptr == '-';
    const auto last = range ? std::from_chars(first.ptr + 1, end, options.last_year) : first;
    if (!range || last.ec != std::errc{} || last.ptr != end) {
        return fail(ErrorKind::usage, "cli_usage", {{"reason", "--years " + text}});
    }
    return {};
}

}  // namespace

void add_demo_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("demo", session.text("cli_demo"));
    command->add_option("--out", options->out, session.text("cli_option_out"))->required();
    command->add_option("--firms", options->demo.firms, session.text("cli_demo_firms"));
    command->add_option("--seed", options->demo.seed, session.text("cli_option_seed"));
    command->add_option("--years", options->years, session.text("cli_demo_years"));
    command->add_flag("--dirty", options->demo.dirty, session.text("cli_demo_dirty"));
    command->add_option("--effect", options->demo.effect_scale, session.text("cli_demo_effect"));
    command->add_option("--hidden", options->demo.hidden, session.text("cli_demo_hidden"));
    command->add_flag("--same-year-selection", options->demo.same_year_selection,
                      session.text("cli_demo_same_year_selection"));
    command->add_flag("--events", options->demo.events, session.text("cli_demo_events"));
    command->add_flag("--status-survey", options->demo.status_survey, session.text("cli_demo_status_survey"));
    command->callback([options, &session] {
        if (const Status years = read_years(options->years, options->demo); !years) return session.fail(years.error());
        const auto files = app::write_demo(options->demo, options->out, session.token, session.progress());
        session.end_progress();
        if (!files) return session.fail(files.error());
        if (session.json) {
            fmt::print("{}\n",
                       nlohmann::ordered_json{{"out", options->out}, {"study", options->out + "/study.json"}}.dump(1));
        } else {
            fmt::print("{}\n", session.text("cli_demo_done", {{"out", options->out}}));
        }
    });
}

}  // namespace twinfirm::cli
