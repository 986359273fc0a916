// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/link_key.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// A table and the key its rows are found by.
struct LinkedTable {
    std::string name;
    const store::TableData* table = nullptr;
    ingest::LinkKey key;
};

/// The key for comparing hashes with plain texts: nothing where the tables need none and it is not there.
/// `tables` are compared with each other part by part of their keys.
/// Errors: `link_keys_differ` {table, other}, `link_key_missing` {table, path}, those of PseudonymKey.
[[nodiscard]] Result<std::optional<PseudonymKey>> link_secret(const store::Project& project,
                                                              const std::vector<LinkedTable>& tables,
                                                              const std::filesystem::path& key_file);

}  // namespace twinfirm::app
