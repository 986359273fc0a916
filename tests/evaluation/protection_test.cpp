// SPDX-License-Identifier: GPL-3.0-or-later
// Disclosure control of a whole result: what is hidden, and whether it follows from what is shown.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "evaluation/protected_study.h"
#include "twinfirm/disclosure/suppression_audit.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::evaluation {
namespace {

design::Specification crossed_specification(const StudyData& data) {
    design::Specification specification = small_band_specification(data);
    design::Breakdown crossed;
    crossed.key = "size_industry";
    crossed.label = {"규모·업종별", "By size and industry"};
    crossed.cross = {"size", "industry"};
    specification.breakdowns.push_back(crossed);
    return specification;
}

class ProtectedStudy : public ProtectedResult {
  protected:
    static void SetUpTestSuite() {
        const StudyData data = synthetic_study(1500, 0.2, 5);
        evaluate_both(crossed_specification(data), data);
    }
};

/// The published table of one outcome at one time, with the true numbers of firms.
struct Attack {
    disclosure::AggregateTable table;
    std::vector<bool> hidden;
    std::map<std::pair<std::string, std::string>, std::size_t> place;
};

template <class Row, class Firms>
std::map<std::tuple<std::string, std::string, std::optional<int>>, Attack> attacks(const std::vector<Row>& all,
                                                                                   const std::vector<Row>& shown,
                                                                                   Firms firms) {
    std::map<std::tuple<std::string, std::string, std::optional<int>>, Attack> result;
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string estimator;
        if constexpr (std::is_same_v<Row, EffectRow>) estimator = all[i].estimator;
        Attack& attack = result[{all[i].outcome, estimator, all[i].event_time}];
        attack.place[{all[i].group.breakdown, all[i].group.key}] = attack.table.cells.size();
        disclosure::Cell cell;
        cell.value = static_cast<double>(firms(all[i]));
        attack.table.cells.push_back(cell);
        attack.hidden.push_back(shown[i].group.suppressed && cell.value > 0);
    }
    for (auto& [key, attack] : result) {
        const auto sum = [&attack = attack](std::size_t total, const std::vector<std::size_t>& parts) {
            double found = 0;
            for (const std::size_t part : parts) found += attack.table.cells[part].value;
            if (!parts.empty() && found == attack.table.cells[total].value)
                attack.table.relations.push_back({total, parts});
        };
        std::map<std::string, std::vector<std::size_t>> of_breakdown;
        for (const auto& [group, cell] : attack.place) {
            if (!group.first.empty()) of_breakdown[group.first].push_back(cell);
        }
        for (const auto& [breakdown, cells] : of_breakdown) sum(attack.place.at({"", ""}), cells);
        for (const auto& [group, total] : attack.place) {
            std::vector<std::size_t> parts;
            for (const auto& [crossed, cell] : attack.place) {
                if (crossed.first != "size_industry") continue;
                const std::size_t colon = crossed.second.find(':');
                const bool in_size = group.first == "size" && crossed.second.substr(0, colon) == group.second;
                const bool in_industry = group.first == "industry" && crossed.second.substr(colon + 1) == group.second;
                if (in_size || in_industry) parts.push_back(cell);
            }
            sum(total, parts);
        }
    }
    return result;
}

template <class Row, class Firms>
void expect_nothing_recovered(const std::vector<Row>& all, const std::vector<Row>& shown, Firms firms) {
    ASSERT_EQ(all.size(), shown.size());
    std::size_t hidden = 0;
    std::size_t relations = 0;
    for (const auto& [key, attack] : attacks(all, shown, firms)) {
        relations += attack.table.relations.size();
        hidden += static_cast<std::size_t>(std::count(attack.hidden.begin(), attack.hidden.end(), true));
        for (std::size_t i = 0; i < attack.hidden.size(); ++i) {
            const double value = attack.table.cells[i].value;
            EXPECT_TRUE(attack.hidden[i] || value == 0 || value >= 3) << std::get<0>(key) << " " << value;
        }
        const auto audit = disclosure::audit_suppression(attack.table, attack.hidden, {});
        ASSERT_TRUE(audit);
        EXPECT_TRUE(audit->passed()) << std::get<0>(key) << " " << audit->failures().size();
    }
    EXPECT_GT(hidden, 0U);
    EXPECT_GT(relations, 0U) << "a test without sums attacks nothing";
}

TEST_F(ProtectedStudy, NoNumberOfFirmsFollowsFromTotalsSiblingsOrCrossedGroups) {
    expect_nothing_recovered(all_->before_after, shown_->before_after,
                             [](const BeforeAfterRow& row) { return row.change.n; });
    expect_nothing_recovered(all_->effects, shown_->effects, [](const EffectRow& row) { return row.effect.n_treated; });
}

TEST_F(ProtectedStudy, TheResultReportsTheAttackAndItFoundNothing) {
    EXPECT_TRUE(shown_->disclosure.enabled);
    EXPECT_GT(shown_->disclosure.primary, 0);
    EXPECT_GT(shown_->disclosure.programs, 0);
    EXPECT_EQ(shown_->disclosure.recovered, 0);
    EXPECT_FALSE(all_->disclosure.enabled);
    EXPECT_EQ(all_->disclosure.reason, "test");
    EXPECT_GT(all_->disclosure.primary, 0) << "what was let out without protection is counted";
    EXPECT_EQ(all_->disclosure.complementary, 0);
    for (const EffectRow& row : all_->effects) EXPECT_FALSE(row.group.suppressed);
    EXPECT_EQ(shown_->specification_hash, all_->specification_hash);
}

TEST_F(ProtectedStudy, AHiddenGroupIsHiddenWhereverItIsToldOf) {
    for (const EffectRow& row : shown_->effects) {
        if (!row.group.suppressed) continue;
        EXPECT_TRUE(std::isnan(row.effect.estimate) && std::isnan(row.treated_base) && std::isnan(row.p_holm));
        for (const RankRow& rank : shown_->groups.ranking) {
            EXPECT_FALSE(!row.event_time && rank.outcome == row.outcome &&
                         rank.group.breakdown == row.group.breakdown && rank.group.key == row.group.key);
        }
    }
    for (const BeforeAfterRow& row : shown_->before_after) {
        EXPECT_TRUE(std::isnan(row.before_sum.total)) << "contributions are of no output";
        if (row.group.suppressed) {
            EXPECT_EQ(row.change.n, 0);
        }
        if (row.change.n < 10) {
            EXPECT_TRUE(std::isnan(row.change.median_of_ratios.estimate));
        }
    }
}

/// Keys under which a number of firms stands.
bool counts_firms(const std::string& key) {
    for (const char* name : {"n", "n_treated", "n_control", "treated", "control", "treated_matched",
                             "treated_unmatched", "control_matched", "control_unmatched", "n_zero_base",
                             "stayed_in_profit", "turned_to_profit", "turned_to_loss", "stayed_in_loss", "zero_bases",
                             "observed_treated", "observed_control", "adopters_outside_window"}) {
        if (key == name) return true;
    }
    return false;
}

void expect_no_small_count(const nlohmann::json& json, const std::string& place) {
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            if (counts_firms(key) && value.is_number()) {
                const double count = value.get<double>();
                EXPECT_TRUE(count == 0 || count >= 3) << place << "/" << key << " " << count;
            }
            expect_no_small_count(value, place + "/" + key);
        }
    } else if (json.is_array()) {
        for (std::size_t i = 0; i < json.size(); ++i) expect_no_small_count(json[i], place + "/" + std::to_string(i));
    }
}

TEST_F(ProtectedStudy, ResultJsonHoldsNoSmallNumberOfFirms) {
    const auto json = nlohmann::json::parse(evaluation_to_json(*shown_));
    expect_no_small_count(json, "");
    EXPECT_EQ(json["disclosure"]["recovered"], 0);
    const auto bins = json["overlap"]["bins"];
    EXPECT_TRUE(std::any_of(bins.begin(), bins.end(), [](const auto& bin) {
        return bin["treated_matched"] == "X" || bin["control_matched"] == "X";
    }));
}

TEST(Protection, AGroupThatOneFirmDominatesIsHiddenWithItsTotals) {
    StudyData data = synthetic_study(1500, 0.2, 5);
    std::vector<double> sales(data.panel.values("sales").begin(), data.panel.values("sales").end());
    std::size_t giant = 0;
    while (data.panel.adoption_year[giant] == 0) ++giant;
    for (std::size_t y = 0; y < data.panel.years(); ++y) sales[giant * data.panel.years() + y] *= 1e6;
    data.panel.add_variable("sales", std::move(sales));
    design::Specification specification = synthetic_specification();
    const Evaluation result = evaluate(specification, data).value();
    std::size_t hidden = 0;
    for (const BeforeAfterRow& row : result.before_after) {
        if (row.outcome == "sales" && row.group.breakdown == "size") hidden += row.group.suppressed ? 1 : 0;
        if (row.outcome == "accidents") {
            EXPECT_FALSE(row.group.suppressed) << "a rate is no sum of amounts";
        }
    }
    EXPECT_GT(hidden, 0U);
}

TEST(Protection, MessagesDoNotTellWhatTheTablesHide) {
    const StudyData data = synthetic_study(400, 0.2, 9);
    const Evaluation result = evaluate(synthetic_specification(), data).value();
    const auto check = [](const Messages& messages) {
        for (const Message& message : messages) EXPECT_FALSE(message.count == 1 || message.count == 2) << message.code;
    };
    check(result.messages);
    for (const Cohort& cohort : result.cohorts) {
        check(cohort.messages);
    }
}

}  // namespace
}  // namespace twinfirm::evaluation
