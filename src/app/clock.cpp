// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/clock.h"

#include <fmt/core.h>

#include <ctime>

namespace twinfirm::app {

std::string utc_time_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace twinfirm::app
