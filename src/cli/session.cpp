// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

namespace twinfirm::cli {

void Session::fail(const Error& error) {
    exit_code = static_cast<int>(error.kind);
    const std::string message = catalogue_.text(error);
    const std::string hint = catalogue_.hint(error);
    if (json) {
        const nlohmann::ordered_json object = {{"error",
                                                {{"code", error.code},
                                                 {"message", message},
                                                 {"file", error.file},
                                                 {"line", error.line},
                                                 {"column", error.column},
                                                 {"hint", hint}}}};
        fmt::print("{}\n", object.dump(1));
        return;
    }
    std::string place;
    if (!error.file.empty()) {
        place = " [" + error.file;
        if (error.line > 0) place += ":" + std::to_string(error.line);
        if (error.column > 0) place += ":" + std::to_string(error.column);
        place += "]";
    }
    end_progress();
    fmt::print(stderr, "error: {}{}\n", message, place);
    if (!hint.empty()) fmt::print(stderr, "  {}\n", hint);
}

void Session::print(const Messages& messages) const {
    for (const Message& message : messages) {
        const std::string hint = catalogue_.hint(message);
        fmt::print(stderr, "{}: {}\n", text(message.severity == Severity::warning ? "cli_warning" : "cli_note"),
                   catalogue_.text(message));
        if (!hint.empty()) fmt::print(stderr, "  {}\n", hint);
    }
}

ProgressSink Session::progress() const {
    if (quiet || ::isatty(STDERR_FILENO) == 0) return {};
    return [this](std::string_view stage, double done) {
        constexpr int width = 30;
        const int filled = static_cast<int>(done * width);
        std::string bar(static_cast<std::size_t>(filled), '#');
        bar.resize(width, '.');
        fmt::print(stderr, "\r[{}] {:3.0f}% {}\033[K", bar, done * 100, text("stage_" + std::string(stage)));
        std::fflush(stderr);
    };
}

void Session::end_progress() const {
    if (!quiet && ::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
}

}  // namespace twinfirm::cli
