// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace twinfirm::ui {

/// The study file of the sample data: beside the installed program, else in the source folder it was built from.
[[nodiscard]] std::optional<std::filesystem::path> sample_study();
/// The specification of the sample survey, likewise.
[[nodiscard]] std::optional<std::filesystem::path> sample_survey();
/// A file of the sample data by its name, likewise.
[[nodiscard]] std::optional<std::filesystem::path> sample_file(const std::filesystem::path& file);

}  // namespace twinfirm::ui
