// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the #include lines with the table of rooms in docs/architecture.md.
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "architecture/source_files.h"

namespace twinfirm::architecture {
namespace {

TEST(Layering, TheTableNamesEveryRoom) {
    const auto table = rooms();
    ASSERT_GE(table.size(), 10u) << "the table of docs/architecture.md could not be read";
    for (const SourceFile& file : product_files()) {
        EXPECT_TRUE(table.contains(file.room)) << file.path << ": no row for `" << file.room << "`";
    }
    for (const auto& [room, uses] : table) {
        for (const std::string& used : uses) {
            EXPECT_TRUE(table.contains(used)) << "`" << room << "` may use `" << used << "`, which has no row";
        }
    }
}

TEST(Layering, ARoomIncludesOnlyWhatTheTableAllows) {
    const auto table = rooms();
    for (const SourceFile& file : product_files()) {
        const auto row = table.find(file.room);
        if (row == table.end()) continue;
        for (const Found& include : find_all(file, R"re(#include "twinfirm/(\w+)/)re")) {
            const bool allowed =
                include.text == file.room || include.text == "base" || row->second.contains(include.text);
            EXPECT_TRUE(allowed) << file.path << ":" << include.line << ": `" << file.room << "` may not use `"
                                 << include.text << "`";
        }
    }
}

TEST(Layering, NoRoomIsUsedByOneThatItUses) {
    auto open = rooms();
    bool removed = true;
    while (removed) {
        removed = false;
        for (auto room = open.begin(); room != open.end();) {
            bool waits = false;
            for (const std::string& used : room->second) waits = waits || open.contains(used);
            room = waits ? std::next(room) : (removed = true, open.erase(room));
        }
    }
    for (const auto& [room, uses] : open) ADD_FAILURE() << "`" << room << "` is part of a circle";
}

TEST(Layering, TheBuildLinksOnlyWhatTheTableAllows) {
    const auto table = rooms();
    const SourceFile build{"src/CMakeLists.txt", "", read_text(repository() / "src/CMakeLists.txt")};
    const std::regex module(R"(^(\w+)\s*(?:USES\s+([a-z \n]+))?)");
    int modules = 0;
    for (const Found& found : find_all(build, R"(twinfirm_module\(([^)]*)\))")) {
        std::smatch match;
        ASSERT_TRUE(std::regex_search(found.text, match, module));
        const auto row = table.find(match[1]);
        ASSERT_NE(row, table.end()) << match[1];
        ++modules;
        std::istringstream names(match[2]);
        for (std::string used; names >> used;) {
            EXPECT_TRUE(used == "base" || row->second.contains(used))
                << build.path << ":" << found.line << ": " << match[1] << " links " << used;
        }
    }
    EXPECT_GE(modules, 10);
}

}  // namespace
}  // namespace twinfirm::architecture
