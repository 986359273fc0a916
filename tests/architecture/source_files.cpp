// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/source_files.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

namespace twinfirm::architecture {

namespace {

/// src/stats/x.cpp and include/twinfirm/stats/x.h are of the room `stats`.
std::string room_of(const std::filesystem::path& path) {
    std::vector<std::string> parts;
    for (const auto& part : path) parts.push_back(part.string());
    if (parts.size() > 2 && parts[0] == "src") return parts[1];
    if (parts.size() > 3 && parts[0] == "include") return parts[2];
    return !parts.empty() && parts[0] == "ui" ? "ui" : "";
}

bool ends_with_one_of(const std::string& name, const std::vector<std::string>& endings) {
    return std::any_of(endings.begin(), endings.end(), [&](const auto& ending) { return name.ends_with(ending); });
}

}  // namespace

std::filesystem::path repository() {
    return TWINFIRM_SOURCE_DIR;
}

std::string read_text(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::vector<SourceFile> source_files(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
    std::vector<SourceFile> files;
    for (const std::string& folder : folders) {
        if (!std::filesystem::exists(repository() / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(repository() / folder)) {
            if (!entry.is_regular_file() || !ends_with_one_of(entry.path().filename().string(), endings)) continue;
            const auto path = std::filesystem::relative(entry.path(), repository());
            files.push_back({path.generic_string(), room_of(path), read_text(entry.path())});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::vector<SourceFile> product_files() {
    return source_files({"src", "include", "ui"}, {".h", ".cpp"});
}

std::vector<Found> find_all(const SourceFile& file, const std::string& pattern) {
    const std::regex regex(pattern);
    std::vector<Found> found;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), regex), end; it != end; ++it) {
        const auto lines = std::count(file.text.begin(), file.text.begin() + it->position(), '\n');
        found.push_back({(*it)[1], static_cast<int>(lines) + 1});
    }
    return found;
}

std::map<std::string, std::set<std::string>> rooms() {
    const std::regex row(R"(^\| `(\w+)` \|[^|]*\|([^|]*)\|$)");
    const std::regex name(R"(`(\w+)`)");
    std::map<std::string, std::set<std::string>> result;
    std::istringstream document(read_text(repository() / "docs/architecture.md"));
    for (std::string line; std::getline(document, line);) {
        std::smatch match;
        if (!std::regex_match(line, match, row)) continue;
        std::set<std::string>& used = result[match[1]];
        const std::string uses = match[2];
        for (std::sregex_iterator it(uses.begin(), uses.end(), name), end; it != end; ++it) used.insert((*it)[1]);
    }
    return result;
}

}  // namespace twinfirm::architecture
