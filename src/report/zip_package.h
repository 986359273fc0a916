// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::report {

struct PackageEntry {
    std::string path;
    std::string bytes;
    bool stored = false;  ///< not compressed
};

/// A zip archive with these entries in this order, the same bytes every time. Error: `document_not_packed`.
[[nodiscard]] Result<std::string> zip_package(const std::vector<PackageEntry>& entries);

}  // namespace twinfirm::report
