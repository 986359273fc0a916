// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace twinfirm::report {

/// Text for element contents and attributes in double quotes. Characters that XML 1.0 does not allow are left out.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace twinfirm::report
