// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>

#include "session.h"
#include "twinfirm/app/validate.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

void print(const validation::Validation& result, const Session& session) {
    for (const app::ValidatedFamily& family : app::validated_families(result)) {
        fmt::print("{}\n", session.text(family.failed == 0 ? "cli_validate_agrees" : "cli_validate_differs",
                                        {{"family", family.family},
                                         {"cases", std::to_string(family.cases)},
                                         {"numbers", std::to_string(family.numbers)},
                                         {"lines", std::to_string(family.lines)},
                                         {"failed", std::to_string(family.failed)}}));
    }
    for (const validation::Comparison& row : result.rows) {
        if (row.pass) continue;
        fmt::print("{}\n", session.text("cli_validate_difference", {{"case", row.family + "/" + row.name},
                                                                    {"quantity", row.quantity},
                                                                    {"reference", shortest_text(row.reference)},
                                                                    {"ours", shortest_text(row.ours)},
                                                                    {"digits", fixed_text(row.digits, 1)}}));
    }
}

}  // namespace

void add_validate_command(CLI::App& app, Session& session) {
    auto request = std::make_shared<app::ValidationRequest>();
    CLI::App* command = app.add_subcommand("validate", session.text("cli_validate"));
    command->add_option("--reference", request->reference, session.text("cli_validate_reference"));
    command->add_option("--out", request->out, session.text("cli_validate_out"));
    command->callback([request, &session] {
        request->language = session.language();
        const auto result = app::run_validation(*request, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        if (session.json) {
            fmt::print("{}", app::validation_json(*result, session.language()));
            if (!result->passed()) session.exit_code = static_cast<int>(ErrorKind::statistics);
            return;
        }
        print(*result, session);
        if (result->passed()) return;
        std::int64_t failed = 0;
        for (const validation::Comparison& row : result->rows) failed += row.pass ? 0 : 1;
        Error error{ErrorKind::statistics, "validation_failed", {{"count", std::to_string(failed)}}, {}, 0, 0};
        session.fail(error);
    });
}

}  // namespace twinfirm::cli
