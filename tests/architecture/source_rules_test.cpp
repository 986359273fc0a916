// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of docs/architecture.md that the source text itself can show.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "architecture/source_files.h"

namespace twinfirm::architecture {
namespace {

void expect_only_in(const std::set<std::string>& allowed, const std::string& pattern, const std::string& what) {
    for (const SourceFile& file : product_files()) {
        if (allowed.contains(file.room)) continue;
        for (const Found& found : find_all(file, pattern)) {
            ADD_FAILURE() << file.path << ":" << found.line << ": " << what << " (" << found.text << ")";
        }
    }
}

TEST(SourceRules, QtStaysInTheRoomsThatDraw) {
    expect_only_in({"render", "cli", "ui"}, R"re(#include [<"](Q\w+|qcustomplot\.h)[>"])re", "Qt");
}

TEST(SourceRules, SqlStaysInTheStore) {
    expect_only_in({"store"}, R"re(#include <(sqlite3\.h)>)re", "SQLite");
    expect_only_in({"store"}, R"re("\s*(SELECT|INSERT INTO|CREATE TABLE|DELETE FROM|UPDATE \w+ SET|PRAGMA) )re", "SQL");
}

TEST(SourceRules, EigenStaysInTheRoomsOfTheStatistics) {
    expect_only_in({"stats", "matching", "balance", "effects", "breakdowns", "survey", "validation", "evaluation"},
                   R"re(#include <(Eigen/\w+)>)re", "Eigen");
}

TEST(SourceRules, RandomNumbersAreOurOwn) {
    expect_only_in({}, R"re((std::\w+_distribution|std::shuffle|std::random_device|\bs?rand\())re",
                   "random numbers that differ between libraries");
}

TEST(SourceRules, NothingIsNamedAfterNothing) {
    const std::set<std::string> empty_names = {"common", "utils", "util", "helpers",
                                               "helper", "misc",  "core", "manager"};
    for (const SourceFile& file : product_files()) {
        for (const auto& part : std::filesystem::path(file.path)) {
            EXPECT_FALSE(empty_names.contains(part.stem().string())) << file.path;
        }
    }
}

TEST(SourceRules, EverySourceFileNamesItsLicence) {
    const auto files = source_files({"src", "include", "ui", "tests", "cmake", "packaging", ".ci"},
                                    {".h", ".cpp", ".cmake", ".sh", ".py", "CMakeLists.txt"});
    ASSERT_GT(files.size(), 100u);
    for (const SourceFile& file : files) {
        // A script has its interpreter in the first line.
        const std::string head = file.text.substr(0, 120);
        EXPECT_NE(head.find("SPDX-License-Identifier: GPL-3.0-or-later"), std::string::npos) << file.path;
    }
}

}  // namespace
}  // namespace twinfirm::architecture
