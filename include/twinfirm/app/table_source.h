// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace twinfirm::app {

/// A file, read by its likeliest reading, or a table of a project.
struct TableSource {
    std::filesystem::path file;     ///< empty if the table is a project's
    std::filesystem::path project;  ///< empty if the table is a file
    std::string table;              ///< of the project
};

}  // namespace twinfirm::app
