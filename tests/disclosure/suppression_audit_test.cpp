// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/suppression_audit.h"

#include <gtest/gtest.h>

#include "disclosure/small_tables.h"

namespace twinfirm::disclosure {
namespace {

std::vector<bool> hide(const AggregateTable& table, const std::vector<std::size_t>& cells) {
    std::vector<bool> suppressed(table.cells.size(), false);
    for (const std::size_t cell : cells) suppressed[cell] = true;
    return suppressed;
}

TEST(SuppressionAudit, ASingleHiddenCellIsTheTotalMinusTheOthers) {
    const auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    const auto audit = audit_suppression(table, hide(table, {cell_at(table, 0, 1)}), {});
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->cells.size(), 1u);
    EXPECT_EQ(audit->cells[0].low, 2);
    EXPECT_EQ(audit->cells[0].high, 2);
    EXPECT_EQ(audit->cells[0].disclosure, Disclosure::exact);
    EXPECT_EQ(audit->programs, 0u);
}

TEST(SuppressionAudit, AHiddenSquareLeavesTheIntervalOfItsSmallestCells) {
    const auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    const auto audit = audit_suppression(
        table, hide(table, {cell_at(table, 0, 1), cell_at(table, 0, 2), cell_at(table, 1, 1), cell_at(table, 1, 2)}),
        {});
    ASSERT_TRUE(audit);
    EXPECT_TRUE(audit->passed());
    // row 0: 2 + 30, row 1: 18 + 12; columns 20 and 42
    ASSERT_EQ(audit->cells.size(), 4u);
    EXPECT_NEAR(audit->cells[0].low, 0, 1e-9);
    EXPECT_NEAR(audit->cells[0].high, 20, 1e-9);
    EXPECT_NEAR(audit->cells[1].low, 12, 1e-9);
    EXPECT_NEAR(audit->cells[1].high, 32, 1e-9);
    EXPECT_NEAR(audit->cells[3].low, 10, 1e-9);
    EXPECT_NEAR(audit->cells[3].high, 30, 1e-9);
}

TEST(SuppressionAudit, ASensitiveCellThatIsShownFails) {
    const auto table = count_table({{40, 2}, {25, 18}});
    const auto audit = audit_suppression(table, hide(table, {}), {});
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->failures().size(), 1u);
    EXPECT_EQ(audit->failures()[0].disclosure, Disclosure::shown);
}

TEST(SuppressionAudit, AnIntervalOfTwoWholeNumbersIsTooCloseForACountOfTwo) {
    // Row and column of ones: the hidden square can move by one only.
    const auto table = count_table({{2, 0, 9}, {0, 1, 9}, {9, 9, 9}});
    PrimaryRules rules;
    rules.minimum_frequency = 5;
    const auto audit = audit_suppression(
        table, hide(table, {cell_at(table, 0, 0), cell_at(table, 0, 1), cell_at(table, 1, 0), cell_at(table, 1, 1)}),
        rules);
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->failures().size(), 2u);
    EXPECT_NEAR(audit->failures()[0].low, 1, 1e-9);
    EXPECT_NEAR(audit->failures()[0].high, 2, 1e-9);
    EXPECT_EQ(audit->failures()[0].disclosure, Disclosure::too_close);
}

TEST(SuppressionAudit, AMagnitudeMustBeUncertainByItsProtection) {
    AggregateTable table;
    table.content = Content::magnitudes;
    for (const double value : {5000.0, 400.0, 900.0, 6300.0}) {
        table.cells.push_back({});
        table.cells.back().value = value;
        table.cells.back().contributors = 20;
    }
    table.cells[0].largest = 4700;
    table.cells[0].second = 200;
    table.relations.push_back({3, {0, 1, 2}});
    auto audit = audit_suppression(table, hide(table, {0, 1}), {});
    ASSERT_TRUE(audit);
    EXPECT_NEAR(audit->cells[0].high, 5400, 1e-6);
    EXPECT_EQ(audit->cells[0].disclosure, Disclosure::too_close);  // 605 are asked for
    audit = audit_suppression(table, hide(table, {0, 2}), {});
    ASSERT_TRUE(audit);
    EXPECT_TRUE(audit->passed());
}

TEST(SuppressionAudit, ATotalThatIsHiddenIsBoundedByNothing) {
    const auto table = count_table({{2, 4}, {30, 40}});
    std::vector<std::size_t> row{cell_at(table, 0, 0), 1 * 3 + 0, 1, 0};  // the cell and all its totals
    const auto audit = audit_suppression(table, hide(table, row), {});
    ASSERT_TRUE(audit);
    EXPECT_TRUE(audit->passed());
    for (const CellInterval& cell : audit->cells) EXPECT_EQ(cell.high, std::numeric_limits<double>::infinity());
}

TEST(SuppressionAudit, NegativeValuesTakeTheReadersLowerBoundAway) {
    AggregateTable table;
    table.content = Content::magnitudes;
    for (const double value : {-50.0, 30.0, -20.0}) {
        table.cells.push_back({});
        table.cells.back().value = value;
    }
    table.relations.push_back({2, {0, 1}});
    const auto audit = audit_suppression(table, hide(table, {0, 1}), {});
    ASSERT_TRUE(audit);
    EXPECT_EQ(audit->cells[0].low, -std::numeric_limits<double>::infinity());
}

/// Least and largest of each hidden cell over all tables of whole numbers with the same shown cells and sums.
class AllTables {
  public:
    AllTables(const AggregateTable& table, const std::vector<bool>& suppressed) : table_(table) {
        for (std::size_t i = 0; i < table.cells.size(); ++i) {
            value_.push_back(table.cells[i].value);
            low_.push_back(1e9);
            high_.push_back(-1e9);
            if (suppressed[i]) hidden_.push_back(i);
        }
        walk(0);
    }
    [[nodiscard]] double low(std::size_t cell) const { return low_[cell]; }
    [[nodiscard]] double high(std::size_t cell) const { return high_[cell]; }

  private:
    void walk(std::size_t at) {
        if (at == hidden_.size()) {
            for (const Relation& relation : table_.relations) {
                double sum = -value_[relation.total];
                for (const std::size_t part : relation.parts) sum += value_[part];
                if (sum != 0) return;
            }
            for (const std::size_t cell : hidden_) {
                low_[cell] = std::min(low_[cell], value_[cell]);
                high_[cell] = std::max(high_[cell], value_[cell]);
            }
            return;
        }
        for (double value = 0; value <= 12; ++value) {
            value_[hidden_[at]] = value;
            walk(at + 1);
        }
    }
    const AggregateTable& table_;
    std::vector<std::size_t> hidden_;
    std::vector<double> value_;
    std::vector<double> low_;
    std::vector<double> high_;
};

TEST(SuppressionAudit, TheIntervalsAreThoseOfAllPossibleTables) {
    Random random(11);
    for (int round = 0; round < 30; ++round) {
        std::vector<std::vector<double>> counts(3, std::vector<double>(3));
        for (auto& row : counts)
            for (double& count : row) count = static_cast<double>(random.below(4));
        const auto table = count_table(counts);
        std::vector<bool> suppressed(table.cells.size(), false);
        for (int i = 0; i < 5; ++i) suppressed[cell_at(table, random.below(3), random.below(3))] = true;
        const AllTables all(table, suppressed);
        const auto audit = audit_suppression(table, suppressed, {});
        ASSERT_TRUE(audit);
        for (const CellInterval& cell : audit->cells) {
            if (!suppressed[cell.cell]) continue;
            EXPECT_NEAR(cell.low, all.low(cell.cell), 1e-9) << round << " " << table.cells[cell.cell].name;
            EXPECT_NEAR(cell.high, all.high(cell.cell), 1e-9) << round << " " << table.cells[cell.cell].name;
        }
    }
}

TEST(SuppressionAudit, LargeSumsOfMoneyAreBoundedAsExactlyAsSmallOnes) {
    auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    table.content = Content::magnitudes;
    for (Cell& cell : table.cells) cell.value *= 1e12;
    const auto audit = audit_suppression(
        table, hide(table, {cell_at(table, 0, 1), cell_at(table, 0, 2), cell_at(table, 1, 1), cell_at(table, 1, 2)}),
        {});
    ASSERT_TRUE(audit);
    EXPECT_NEAR(audit->cells[0].high, 20e12, 1);
    EXPECT_NEAR(audit->cells[1].low, 12e12, 1);
}

TEST(SuppressionAudit, ARaisedTokenEndsIt) {
    const auto table = count_table({{40, 2, 30}, {25, 18, 12}});
    CancellationToken token;
    token.cancel();
    const auto audit = audit_suppression(table, std::vector<bool>(table.cells.size(), true), {}, token);
    ASSERT_FALSE(audit);
    EXPECT_EQ(audit.error().code, "cancelled");
}

}  // namespace
}  // namespace twinfirm::disclosure
