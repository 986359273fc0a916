// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// `disk_full` or `file_not_writable`, by errno.
inline tl::unexpected<Error> not_writable(const std::filesystem::path& path, int reason) {
    if (reason == ENOSPC || reason == EDQUOT) {
        return fail_at(ErrorKind::access, "disk_full", {{"path", path.string()}}, path.string());
    }
    return fail_at(ErrorKind::access, "file_not_writable", {{"path", path.string()}, {"reason", std::strerror(reason)}},
                   path.string());
}

}  // namespace twinfirm
