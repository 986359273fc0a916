// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "study_table.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::app {

inline constexpr std::uint32_t no_firm = UINT32_MAX;

/// Which firm of the panel each row of a table is of.
struct FirmRows {
    std::vector<std::uint32_t> firm;   ///< no_firm where the register does not hold it
    std::vector<std::size_t> columns;  ///< places of the key's columns: they are no variables
    bool linked = false;  ///< found by another key than the register's: what was not found is told in messages already
};

/// Finds the firms of tables that are keyed as the register is, or otherwise: then through the crosswalk, or through
/// the register itself where it holds the other key.
class FirmFinder {
  public:
    /// @param register_firms  firm of the panel for each row of the register
    FirmFinder(const store::Project& project, const design::Specification& specification, StudyTable firms,
               std::vector<std::uint32_t> register_firms, std::optional<StudyTable> crosswalk,
               const stats::Panel& panel, std::filesystem::path key_file);

    /// Linked rows without a firm, without a usable key, and firms without a row are counted in messages (`link_*`).
    /// Errors: `role_column_missing`, `link_column_missing`, `link_ambiguous` {table, field, count, rows}, those of
    /// link_secret. Cost: O(rows), linked O(n log n).
    [[nodiscard]] Result<FirmRows> find(const StudyTable& table, const std::string& key, Messages& messages) const;

  private:
    [[nodiscard]] Result<FirmRows> by_register_key(const StudyTable& table) const;
    [[nodiscard]] Result<FirmRows> by_other_key(const StudyTable& table, const std::string& key,
                                                Messages& messages) const;

    const store::Project& project_;
    const design::Roles& roles_;
    StudyTable firms_;
    std::vector<std::uint32_t> register_firms_;
    std::optional<StudyTable> crosswalk_;
    const stats::Panel& panel_;
    std::filesystem::path key_file_;
};

}  // namespace twinfirm::app
