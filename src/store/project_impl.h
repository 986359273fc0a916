// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "catalogue.h"
#include "database.h"
#include "project_lock.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

/// Refuses where an import of a file of this size needs more room than the disk has, or says so afterwards
/// (`ran_out`): `disk_space_short` (path, needed, free in MB).
[[nodiscard]] Status check_disk_space(const std::filesystem::path& path, std::int64_t bytes, bool ran_out = false);

struct Project::Impl {
    std::filesystem::path path;
    Access access = Access::read_write;
    std::optional<ProjectLock> lock;  // before `database`: the lock is let go after the connection is closed
    Database database;
    Messages notices;
    bool importing = false;
    bool structure_checked = false;

    /// Refuses to write where it is not allowed, and to a file whose pages do not fit together: the next page taken
    /// from a damaged free list could be one that is in use.
    [[nodiscard]] Status prepare_to_write();

    /// One change of the catalogue as one transaction.
    [[nodiscard]] Status change(const std::function<Status(Catalogue&)>& edit);
};

}  // namespace twinfirm::store
