// SPDX-License-Identifier: GPL-3.0-or-later
// What `match`, `did` and `survey` write of few units.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "base/message_search.h"
#include "base/test_folder.h"
#include "twinfirm/app/did_file.h"
#include "twinfirm/app/match_file.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/survey_table.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/random.h"

namespace twinfirm::app {
namespace {

class OutputProtectionTest : public TestFolder {
  protected:
    std::filesystem::path written(const std::string& name, const std::string& text) {
        EXPECT_TRUE(write_file_atomically(folder_ / name, text));
        return folder_ / name;
    }

    /// The rows of a CSV file as fields; none of the tests' fields holds a comma.
    std::vector<std::vector<std::string>> rows_of(const std::string& name) {
        std::vector<std::vector<std::string>> rows;
        std::istringstream lines(read_whole_file(folder_ / "out" / name).value());
        for (std::string line; std::getline(lines, line);) {
            auto& row = rows.emplace_back();
            std::istringstream fields(line);
            for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
        }
        return rows;
    }
};

std::size_t hidden_in(const std::vector<std::vector<std::string>>& rows) {
    return static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [](const auto& row) { return std::find(row.begin(), row.end(), "X") != row.end(); }));
}

/// Treated units in groups of 2, 6 and 20.
std::string cross_section() {
    Random random(3);
    std::string text = "id,treat,x,g,y\n";
    int id = 0;
    const auto add = [&](int count, const char* group, bool treated) {
        for (int i = 0; i < count; ++i) {
            text += std::to_string(++id) + "," + (treated ? "1" : "0") + "," + std::to_string(random.normal()) + "," +
                    group + "," + std::to_string(random.normal()) + "\n";
        }
    };
    add(2, "a", true);
    add(6, "b", true);
    add(20, "c", true);
    for (const char* group : {"a", "b", "c"}) add(40, group, false);
    return text;
}

TEST_F(OutputProtectionTest, MatchHidesGroupsOfTwoAndWhatWouldTellThem) {
    MatchRequest request;
    request.file = written("data.csv", cross_section());
    request.formula = "treat ~ x";
    request.outcomes = {"y"};
    request.by = {"g"};
    const auto summary = match_file(request, folder_ / "out");
    ASSERT_TRUE(summary) << summary.error().code;
    EXPECT_TRUE(tells(summary->messages, "output_hidden"));
    const auto rows = rows_of("effects.csv");
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(hidden_in(rows), 2u) << "the second smallest goes with the smallest";
    for (const auto& row : rows) {
        const bool small = row[1] == "g=a" || row[1] == "g=b";
        EXPECT_EQ(row[4] == "X", small) << row[1];
        EXPECT_EQ(row[11] == "X", small) << row[1];
    }
}

TEST_F(OutputProtectionTest, AnOverrideNeedsAReasonWhichStandsInTheOutput) {
    MatchRequest request;
    request.file = written("data.csv", cross_section());
    request.formula = "treat ~ x";
    request.outcomes = {"y"};
    request.by = {"g"};
    request.protection = {false, " "};
    EXPECT_EQ(match_file(request, folder_ / "out").error().code, "disclosure_without_reason");
    request.protection.reason = "checked by hand";
    const auto summary = match_file(request, folder_ / "out");
    ASSERT_TRUE(summary);
    EXPECT_TRUE(tells(summary->messages, "output_unprotected"));
    EXPECT_EQ(hidden_in(rows_of("effects.csv")), 0u);
    EXPECT_NE(read_whole_file(folder_ / "out" / "summary.json").value().find("checked by hand"), std::string::npos);
}

/// Cohorts of 2, 9 and 20 firms, and 40 that never adopt.
std::string panel() {
    Random random(5);
    std::string text = "id,year,g,y\n";
    int id = 0;
    const auto add = [&](int firms, int cohort) {
        for (int i = 0; i < firms; ++i) {
            ++id;
            for (int year = 2014; year <= 2018; ++year) {
                text += std::to_string(id) + "," + std::to_string(year) + "," + std::to_string(cohort) + "," +
                        std::to_string(random.normal() + (cohort != 0 && year >= cohort ? 1 : 0)) + "\n";
            }
        }
    };
    add(2, 2015);
    add(9, 2016);
    add(20, 2017);
    add(40, 0);
    return text;
}

TEST_F(OutputProtectionTest, DidHidesCohortsOfTwoInEveryTableTheyStandIn) {
    DidRequest request;
    request.file = written("panel.csv", panel());
    request.id = "id";
    request.time = "year";
    request.first_treated = "g";
    request.outcome = "y";
    request.draws = 50;
    const auto result = did_file(request, folder_ / "out");
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_TRUE(tells(result->messages, "output_hidden"));
    for (const auto& row : rows_of("att_gt.csv")) {
        const bool small = row[0] == "2015" || row[0] == "2016";
        EXPECT_EQ(row[2] == "X", small) << row[0] << " " << row[1];
        EXPECT_EQ(row[9] == "X", small) << row[0] << " " << row[1];
    }
    std::size_t shown = 0;
    for (const auto& row : rows_of("aggregates.csv")) {
        if (row[0] == "group" && (row[1] == "2015" || row[1] == "2016")) {
            EXPECT_EQ(row[2], "X");
        }
        if (row[0] == "group" && row[1] == "2017") {
            EXPECT_NE(row[2], "X");
            ++shown;
        }
        if (row[1].empty()) {
            EXPECT_NE(row[2], "X") << "the mean over all";
        }
    }
    EXPECT_EQ(shown, 1u);
    EXPECT_EQ(read_whole_file(folder_ / "out" / "pretrend.json").value().find("0.028"), std::string::npos)
        << "the share of the smallest cohort tells its size";
    request.protection = {false, "checked"};
    ASSERT_TRUE(did_file(request, folder_ / "out"));
    EXPECT_EQ(hidden_in(rows_of("att_gt.csv")), 0u);
}

TEST_F(OutputProtectionTest, SurveyHidesDomainsOfTwoAndTheirTests) {
    Random random(7);
    std::string text = "w,g,y\n";
    for (const auto& [group, answers] : {std::pair{"a", 2}, std::pair{"b", 7}, std::pair{"c", 30}}) {
        for (int i = 0; i < answers; ++i)
            text += std::string("1,") + group + "," + std::to_string(random.normal()) + "\n";
    }
    SurveyRequest request;
    request.source.file = written("survey.csv", text);
    request.weight = "w";
    request.items = {"y"};
    request.by = {"g"};
    request.test = SurveyTest::t;
    const auto result = analyse_survey(request, folder_ / "out");
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_TRUE(tells(result->messages, "output_hidden"));
    for (const auto& row : rows_of("estimates.csv")) {
        const bool small = row[2] == "a" || row[2] == "b";
        EXPECT_EQ(row[3] == "X" && row[4] == "X", small) << row[2];
    }
    for (const auto& row : rows_of("tests.csv")) {
        if (row[3] == "first") continue;
        EXPECT_TRUE(row.size() < 6 || row[5].empty()) << "every difference is to a hidden group or would give it away";
    }
    request.protection = {false, "checked"};
    ASSERT_TRUE(analyse_survey(request, folder_ / "out"));
    EXPECT_EQ(hidden_in(rows_of("estimates.csv")), 0u);
}

}  // namespace
}  // namespace twinfirm::app
