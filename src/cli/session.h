// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"

namespace twinfirm::cli {

/// What every command of one call shares: the language, how to print, when to stop, and the exit code.
class Session {
  public:
    explicit Session(Language language) : catalogue_(language) {}

    [[nodiscard]] Language language() const { return catalogue_.language(); }
    [[nodiscard]] const MessageCatalogue& catalogue() const { return catalogue_; }
    /// A text of the catalogue.
    [[nodiscard]] std::string text(std::string_view code, const MessageArguments& arguments = {}) const {
        return catalogue_.text(code, arguments);
    }

    bool json = false;   ///< one JSON object on stdout instead of text
    bool quiet = false;  ///< no progress
    int exit_code = 0;
    CancellationToken token;

    /// Prints the error (stderr, or JSON on stdout) and sets the exit code.
    void fail(const Error& error);
    /// Prints warnings and notes to stderr.
    void print(const Messages& messages) const;
    /// A bar on stderr where that is a terminal, else nothing.
    [[nodiscard]] ProgressSink progress() const;
    /// Ends the bar's line.
    void end_progress() const;

  private:
    MessageCatalogue catalogue_;
};

void add_inspect_command(CLI::App& app, Session& session);
void add_convert_command(CLI::App& app, Session& session);
void add_new_command(CLI::App& app, Session& session);
void add_import_command(CLI::App& app, Session& session);
void add_export_table_command(CLI::App& app, Session& session);
void add_link_command(CLI::App& app, Session& session);
void add_undo_import_command(CLI::App& app, Session& session);
void add_check_command(CLI::App& app, Session& session);
void add_quality_command(CLI::App& app, Session& session);
void add_demo_command(CLI::App& app, Session& session);
void add_match_command(CLI::App& app, Session& session);
void add_sensitivity_command(CLI::App& app, Session& session);
void add_did_command(CLI::App& app, Session& session);
void add_survey_command(CLI::App& app, Session& session);
void add_allocate_command(CLI::App& app, Session& session);
void add_stages_command(CLI::App& app, Session& session);
void add_technology_command(CLI::App& app, Session& session);
void add_market_command(CLI::App& app, Session& session);
void add_suppliers_command(CLI::App& app, Session& session);
void add_survey_report_command(CLI::App& app, Session& session);
void add_protect_command(CLI::App& app, Session& session);
void add_balance_command(CLI::App& app, Session& session);
void add_run_command(CLI::App& app, Session& session);
void add_lock_command(CLI::App& app, Session& session);
void add_verify_command(CLI::App& app, Session& session);
void add_validate_command(CLI::App& app, Session& session);

}  // namespace twinfirm::cli
