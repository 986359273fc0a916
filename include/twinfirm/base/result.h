// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace twinfirm {

/// Who has to act on an error; the command line's exit codes are these numbers.
enum class ErrorKind : int {
    statistics = 1,   ///< the analysis could not be done (no overlap, no controls, ...)
    usage = 2,        ///< wrong call or specification
    input = 3,        ///< bad input file or project
    access = 4,       ///< cannot read or write (disk, permission, lock)
    cancelled = 130,  ///< the user cancelled
};

/// Named values that are put into a message's text, as `{name}`.
using MessageArguments = std::map<std::string, std::string>;

/// Why something could not be done. Holds a code and its arguments, never a sentence: the texts stand in
/// data/messages.{ko,en}.json and are looked up by MessageCatalogue.
struct Error {
    ErrorKind kind = ErrorKind::input;
    std::string code;
    MessageArguments arguments;
    std::string file;         ///< path of the file concerned, or empty
    std::int64_t line = 0;    ///< 1-based line in `file`, 0 = none
    std::int64_t column = 0;  ///< 1-based column in that line, 0 = none
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// `return fail(ErrorKind::input, "csv_unclosed_quote", {{"line", "12"}});`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string code, MessageArguments arguments = {}) {
    return tl::unexpected<Error>(Error{kind, std::move(code), std::move(arguments), {}, 0, 0});
}

/// The same with the place in a file.
[[nodiscard]] inline tl::unexpected<Error> fail_at(ErrorKind kind, std::string code, MessageArguments arguments,
                                                   std::string file, std::int64_t line = 0, std::int64_t column = 0) {
    return tl::unexpected<Error>(Error{kind, std::move(code), std::move(arguments), std::move(file), line, column});
}

}  // namespace twinfirm

/// Leaves the function with the error of `expression` (a Result or Status), if it has one.
#define TWINFIRM_TRY(expression)                                                            \
    do {                                                                                    \
        if (auto twinfirm_status = (expression); !twinfirm_status) {                        \
            return ::tl::unexpected<::twinfirm::Error>(std::move(twinfirm_status.error())); \
        }                                                                                   \
    } while (false)
