// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/group_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/evaluation_fixture.h"

namespace twinfirm::report {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

evaluation::Evaluation with_groups() {
    evaluation::Evaluation result = testing::small_evaluation();
    const evaluation::Group large{"size", "1", {"10인 이상", "10 and more"}, false};
    const evaluation::Group small{"size", "0", {"10인 미만", "Under 10"}, true};
    for (evaluation::EffectRow& row : result.effects) {
        if (row.group.key != "1" || row.event_time || row.outcome != "sales") continue;
        row.p_holm = 0.002;
        row.p_bh = 0.001;
        row.minimum_detectable = 0.0488;
    }
    result.groups.ranking = {{"sales", large, 0.05, 0.04, 0.02, 0.06, 1.5, 1, 3, 0.625}};
    const evaluation::PercentedEffect effect{testing::estimate(0.0535, 0.031, 0.0765, 1234, 1200), 0.055, 0.031, 0.08};
    const effects::Estimate growth = testing::estimate(0.4, 0.3, 0.5, 100, 0);
    for (const char* year : {"base", "lagged"}) {
        result.groups.band_shifts.push_back({"sales", small, year, 0, {}, {}, {}});
        result.groups.band_shifts.push_back({"sales", large, year, 100, growth, growth, effect});
    }
    result.groups.support = {{"sales", "mean", effect, 0.75}, {"sales", "slope", {}, 0.75}};
    result.groups.margins = {{"sales", "extensive", effect, 0.2, 0.3, 0.2, 0.25, 12}};
    result.groups.representation = {{"log(sales)", "", 22.5, 22.1, -0.35}};
    result.groups.adopters_unmatched = 11;
    for (evaluation::BeforeAfterRow& row : result.before_after) {
        if (row.outcome == "sales" && row.group.breakdown.empty()) row.change.signs = {3900, 20, 15, 12};
    }
    result.specification.derived = {{"lp", design::DerivedKind::ratio, "value_added", "emp"},
                                    {"alive", design::DerivedKind::survival, "", ""}};
    return result;
}

std::string shown(const Table& table) {
    std::string text = table.caption;
    for (const auto& row : table.rows) {
        for (const Cell& cell : row) text += "|" + cell.text;
    }
    return text;
}

TEST(GroupTables, SayWhatTheyHoldInBothLanguages) {
    const evaluation::Evaluation evaluation = with_groups();
    const design::Breakdown& size = evaluation.specification.breakdowns.front();
    for (const Language language : {Language::korean, Language::english}) {
        for (const Table& table :
             {band_shift_table(evaluation, language), group_tests_table(evaluation, size, language),
              detectable_grid_table(evaluation, language), ranking_table(evaluation, size, "sales", language),
              zero_margin_table(evaluation, language), support_table(evaluation, language),
              representation_table(evaluation, language), profit_turn_table(evaluation, language)}) {
            ASSERT_FALSE(table.rows.empty()) << table.name;
            EXPECT_EQ(shown(table).find("report_"), std::string::npos) << shown(table);
            EXPECT_EQ(shown(table).find('{'), std::string::npos) << shown(table);
            for (const std::string& note : table.notes) {
                EXPECT_EQ(note.find("report_"), std::string::npos) << note;
                EXPECT_EQ(note.find('{'), std::string::npos) << note;
                EXPECT_FALSE(note.empty()) << table.name;
            }
            for (const auto& row : table.rows) {
                ASSERT_EQ(row.size(), table.columns.size()) << table.name;
                for (std::size_t c = 0; c < row.size(); ++c) {
                    if (row[c].kind != CellKind::number) continue;
                    EXPECT_EQ(row[c].values.size(), table.columns[c].csv_names.size()) << table.name;
                }
            }
        }
    }
}

TEST(GroupTables, ShowTheSmallestDetectableEffectInTheOutcomesUnit) {
    const Table table = detectable_grid_table(with_groups(), Language::korean);
    EXPECT_EQ(table.rows[0][2].kind, CellKind::suppressed);
    EXPECT_EQ(table.rows[1][2].text, "5.0") << "exp(0.0488) - 1";
}

TEST(GroupTables, BandsOfSuppressedGroupsStaySuppressedInEveryYear) {
    const Table table = band_shift_table(with_groups(), Language::korean);
    ASSERT_EQ(table.rows.size(), 4U);
    for (const std::size_t row : {0U, 1U}) {
        for (std::size_t c = 4; c < 8; ++c) EXPECT_EQ(table.rows[row][c].kind, CellKind::suppressed);
    }
    EXPECT_EQ(table.rows[3][5].text, "40.0\n[30.0, 50.0]");
}

TEST(GroupTables, SupportIsNamedInMoneyOfTheLanguage) {
    EXPECT_THAT(support_table(with_groups(), Language::korean).caption, HasSubstr("1억원"));
    EXPECT_THAT(support_table(with_groups(), Language::english).caption, HasSubstr("KRW 100 million"));
    EXPECT_THAT(support_table(with_groups(), Language::english).notes, Contains(HasSubstr("one adopter")));
}

TEST(GroupTables, AFewFirmsThatTurnAreNotCountedOut) {
    evaluation::Evaluation evaluation = with_groups();
    EXPECT_EQ(profit_turn_table(evaluation, Language::korean).rows[0][2].text, "20");
    for (evaluation::BeforeAfterRow& row : evaluation.before_after) {
        row.change.signs.turned_to_loss = evaluation::hidden_count;
    }
    EXPECT_EQ(profit_turn_table(evaluation, Language::korean).rows[0][3].kind, CellKind::suppressed);
}

TEST(GroupTables, StateTheBandYearAndHowVariablesAreMade) {
    design::Breakdown bands = with_groups().specification.breakdowns.front();
    EXPECT_THAT(band_year_note(bands, Language::english), HasSubstr("g−1"));
    bands.band_year = design::BandYear::lagged;
    EXPECT_THAT(band_year_note(bands, Language::korean), HasSubstr("g−2"));
    bands.edges.clear();
    EXPECT_TRUE(band_year_note(bands, Language::korean).empty());
    const auto lines = derived_variable_lines(with_groups(), Language::english);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], HasSubstr("/"));
}

}  // namespace
}  // namespace twinfirm::report
