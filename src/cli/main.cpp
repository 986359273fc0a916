// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "session.h"
#include "twinfirm/app/version.h"

namespace {

using namespace twinfirm;

/// `--lang` wins over the locale; English where neither names a language we have.
Language wanted_language(int argc, char** argv) {
    constexpr std::string_view with_value = "--lang=";
    for (int i = 1; i < argc; ++i) {
        std::string_view argument = argv[i];
        std::string_view name;
        if (argument == "--lang" && i + 1 < argc) name = argv[i + 1];
        if (argument.substr(0, with_value.size()) == with_value) name = argument.substr(with_value.size());
        if (const auto language = parse_language(name)) return *language;
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return parse_language(value).value_or(Language::english);
    }
    return Language::english;
}

// The handler may only touch a lock-free flag; the token's flag is one.
const CancellationToken* interrupted = nullptr;
void on_interrupt(int) {
    if (interrupted != nullptr) interrupted->cancel();
}

int run(int argc, char** argv) {
    cli::Session session(wanted_language(argc, argv));
    interrupted = &session.token;
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);

    CLI::App app(session.text("cli_about"), "twinfirm-cli");
    app.set_version_flag("--version", std::string(app::version()), session.text("cli_option_version"));
    app.set_help_flag("--help,-h", session.text("cli_option_help"));
    app.require_subcommand(1);
    app.fallthrough();
    std::string language;
    app.add_option("--lang", language, session.text("cli_option_lang"))->check(CLI::IsMember({"ko", "en"}));
    app.add_flag("--json", session.json, session.text("cli_option_json"));
    app.add_flag("--quiet", session.quiet, session.text("cli_option_quiet"));
    cli::add_inspect_command(app, session);
    cli::add_convert_command(app, session);
    cli::add_new_command(app, session);
    cli::add_import_command(app, session);
    cli::add_export_table_command(app, session);
    cli::add_link_command(app, session);
    cli::add_undo_import_command(app, session);
    cli::add_check_command(app, session);
    cli::add_quality_command(app, session);
    cli::add_demo_command(app, session);
    cli::add_match_command(app, session);
    cli::add_sensitivity_command(app, session);
    cli::add_did_command(app, session);
    cli::add_survey_command(app, session);
    cli::add_allocate_command(app, session);
    cli::add_stages_command(app, session);
    cli::add_technology_command(app, session);
    cli::add_market_command(app, session);
    cli::add_suppliers_command(app, session);
    cli::add_survey_report_command(app, session);
    cli::add_protect_command(app, session);
    cli::add_balance_command(app, session);
    cli::add_run_command(app, session);
    cli::add_lock_command(app, session);
    cli::add_verify_command(app, session);
    cli::add_validate_command(app, session);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        // The options behind the mistake were not read: JSON is wanted wherever it stands.
        session.json = session.json || std::any_of(argv + 1, argv + argc, [](std::string_view argument) {
                           return argument == "--json" || argument.substr(0, 7) == "--json=";
                       });
        session.fail({ErrorKind::usage, "cli_usage", {{"reason", error.what()}}, {}, 0, 0});
    } catch (const std::bad_alloc&) {
        session.fail({ErrorKind::access, "out_of_memory", {}, {}, 0, 0});
    } catch (const std::exception& error) {
        session.fail({ErrorKind::access, "unexpected_error", {{"reason", error.what()}}, {}, 0, 0});
    }
    return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (...) {  // what went wrong before there was a language to say it in
        std::fputs("error: not enough memory or an unexpected failure\n", stderr);
        return 4;
    }
}
