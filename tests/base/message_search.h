// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "twinfirm/base/message.h"

namespace twinfirm {

/// nullptr where no message has that code.
[[nodiscard]] inline const Message* find_message(const Messages& messages, std::string_view code) {
    const auto found =
        std::find_if(messages.begin(), messages.end(), [&](const Message& message) { return message.code == code; });
    return found == messages.end() ? nullptr : &*found;
}

[[nodiscard]] inline bool tells(const Messages& messages, std::string_view code) {
    return find_message(messages, code) != nullptr;
}

/// The count of the first message of that code; 0 = there is none.
[[nodiscard]] inline std::int64_t count_of(const Messages& messages, std::string_view code) {
    const Message* found = find_message(messages, code);
    return found == nullptr ? 0 : found->count;
}

}  // namespace twinfirm
