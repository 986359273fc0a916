// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm {

enum class Severity { info, warning };

/// Something the analyst must know about a result that was reached nevertheless.
struct Message {
    std::string code;  ///< key in data/messages.{ko,en}.json
    Severity severity = Severity::warning;
    MessageArguments arguments;
    std::int64_t count = 0;  ///< how many rows, firms or columns it concerns; 0 = not countable

    friend bool operator==(const Message&, const Message&) = default;
};

using Messages = std::vector<Message>;

}  // namespace twinfirm
