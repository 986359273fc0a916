// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "adoption.h"
#include "population.h"

namespace twinfirm::demo {

/// Everything the files are written from.
struct World {
    const DemoOptions& options;
    const Population& population;
    const std::vector<Adoption>& adoptions;  ///< in the order of the register
    std::vector<std::int32_t> adoption_of;   ///< place in `adoptions` of each firm, -1 = none
};

/// "F0000001" for the first firm.
[[nodiscard]] std::string firm_id(std::size_t firm);

[[nodiscard]] Status write_firms(const World& world, const std::filesystem::path& path, const CancellationToken& token);

/// Gives the number of firm-years (rows that the dirty file repeats are counted once).
[[nodiscard]] Result<std::int64_t> write_panel(const World& world, const std::filesystem::path& path,
                                               const CancellationToken& token, const ProgressSink& progress);

/// Gives the number of respondents.
[[nodiscard]] Result<std::int64_t> write_survey(const World& world, const std::filesystem::path& path);

/// Gives the number of adoptions.
[[nodiscard]] Result<std::int64_t> write_adoptions(const World& world, const std::filesystem::path& path);

/// Gives the number of factories drawn.
[[nodiscard]] Result<std::int64_t> write_status_survey(const World& world, const std::filesystem::path& path,
                                                       const std::filesystem::path& truth_path);

/// survey_study.json, and besides the status survey what it reads: supplied.csv (adoptions with supplier and target),
/// supplier_effects.csv, suppliers.csv, technology.csv, market.csv, best_practice.csv.
[[nodiscard]] Status write_survey_study(const World& world, const std::filesystem::path& directory);

[[nodiscard]] Status write_truth(const World& world, const std::filesystem::path& path,
                                 const std::filesystem::path& average_path);

}  // namespace twinfirm::demo
