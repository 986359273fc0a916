// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace twinfirm::architecture {

struct SourceFile {
    std::string path;  ///< relative to the repository
    std::string room;  ///< module, `ui`, or empty for tests, build files ...
    std::string text;
};

[[nodiscard]] std::filesystem::path repository();
[[nodiscard]] std::string read_text(const std::filesystem::path& path);

/// Files below these folders with one of these endings, sorted by path.
[[nodiscard]] std::vector<SourceFile> source_files(const std::vector<std::string>& folders,
                                                   const std::vector<std::string>& endings);
/// C++ of the product: src, include and ui.
[[nodiscard]] std::vector<SourceFile> product_files();

/// Every text that the first group of the pattern takes in the file, with its line number.
struct Found {
    std::string text;
    int line = 0;
};
[[nodiscard]] std::vector<Found> find_all(const SourceFile& file, const std::string& pattern);

/// The table of rooms in docs/architecture.md: what each room may use, `base` and itself left out.
[[nodiscard]] std::map<std::string, std::set<std::string>> rooms();

}  // namespace twinfirm::architecture
