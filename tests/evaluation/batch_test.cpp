// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "evaluation/protected_study.h"
#include "twinfirm/disclosure/suppression_audit.h"

namespace twinfirm::evaluation {
namespace {

/// Provinces of very different size; the last ones have one or two adopters, or none that is matched.
StudyData study_with_provinces() {
    StudyData data = synthetic_study(1500, 0.2, 5);
    const std::vector<std::pair<std::string, std::uint64_t>> shares = {{"경기", 60}, {"경남", 25}, {"서울", 9},
                                                                       {"세종", 3},  {"제주", 2},  {"울릉", 1}};
    Random random(11);
    std::vector<std::string> provinces;
    for (std::size_t i = 0; i < data.panel.firms(); ++i) {
        std::uint64_t place = random.below(100);
        std::size_t province = 0;
        while (place >= shares[province].second) place -= shares[province++].second;
        provinces.push_back(shares[province].first);
    }
    data.panel.attributes().add(stats::Column::from_texts("province", provinces));
    return data;
}

class Batch : public ProtectedResult {
  protected:
    static void SetUpTestSuite() {
        evaluate_both(batch_specification(synthetic_specification(), "province").value(), study_with_provinces());
    }
};

TEST_F(Batch, CrossesTheGroupsWithEveryBreakdownOfTheStudy) {
    const auto study = synthetic_specification();
    const auto joint = batch_specification(study, "province").value();
    ASSERT_EQ(joint.breakdowns.size(), study.breakdowns.size() * 2 + 1);
    EXPECT_EQ(joint.breakdowns[2].variable, "province");
    EXPECT_EQ(joint.breakdowns[3].cross, (std::vector<std::string>{"province", "size"}));
    const auto by_size = batch_specification(study, "size").value();
    EXPECT_EQ(by_size.breakdowns.size(), 3u);
    auto crossed = joint;
    EXPECT_EQ(batch_specification(crossed, joint.breakdowns[3].key).error().code, "batch_crossed");
}

/// What a reader of all reports knows of one table: the firms behind each cell, and which cells are X in every report
/// that they stand in.
struct Union {
    disclosure::AggregateTable table;
    std::vector<bool> hidden;
    std::map<std::tuple<std::string, std::string, std::string>, std::size_t> place;  ///< province, breakdown, group

    void add(const std::string& province, const Group& group, double firms, bool is_hidden) {
        place[{province, group.breakdown, group.key}] = table.cells.size();
        disclosure::Cell cell;
        cell.value = firms;
        table.cells.push_back(cell);
        hidden.push_back(is_hidden && firms > 0);
    }
    void relate() {
        const auto sum = [&](std::size_t total, const std::vector<std::size_t>& parts) {
            double found = 0;
            for (const std::size_t part : parts) found += table.cells[part].value;
            if (!parts.empty() && found == table.cells[total].value) table.relations.push_back({total, parts});
        };
        std::set<std::string> provinces;
        std::set<std::string> breakdowns;
        for (const auto& [key, cell] : place) {
            if (!std::get<0>(key).empty()) provinces.insert(std::get<0>(key));
            if (!std::get<1>(key).empty()) breakdowns.insert(std::get<1>(key));
        }
        std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> over_provinces;
        for (const auto& [key, cell] : place) {
            if (!std::get<0>(key).empty()) over_provinces[{std::get<1>(key), std::get<2>(key)}].push_back(cell);
        }
        for (const auto& [group, parts] : over_provinces) sum(place.at({"", group.first, group.second}), parts);
        provinces.insert("");
        for (const std::string& province : provinces) {
            for (const std::string& breakdown : breakdowns) {
                std::vector<std::size_t> parts;
                for (const auto& [key, cell] : place) {
                    if (std::get<0>(key) == province && std::get<1>(key) == breakdown) parts.push_back(cell);
                }
                sum(place.at({province, "", ""}), parts);
            }
        }
    }
};

/// The tables of the national report and of every province's, laid side by side.
template <class Rows, class Firms>
std::map<std::tuple<std::string, std::string, std::optional<int>>, Union> unite(const Evaluation& shown,
                                                                                const Evaluation& all, Rows rows,
                                                                                Firms firms) {
    std::map<std::tuple<std::string, std::string, std::optional<int>>, Union> united;
    const auto add = [&](const std::string& province, const Evaluation& published, const Evaluation& truth) {
        const auto& of_truth = rows(truth);
        const auto& of_published = rows(published);
        ASSERT_EQ(of_truth.size(), of_published.size());
        for (std::size_t i = 0; i < of_truth.size(); ++i) {
            const auto& row = of_truth[i];
            if (row.group.breakdown == "province") continue;  // the same cells as the provinces' own
            std::string estimator;
            if constexpr (std::is_same_v<std::decay_t<decltype(row)>, EffectRow>) estimator = row.estimator;
            const auto key = std::make_tuple(row.outcome, estimator, row.event_time);
            united[key].add(province, row.group, static_cast<double>(firms(row)), of_published[i].group.suppressed);
        }
    };
    add("", without_batch_crosses(shown, "province"), without_batch_crosses(all, "province"));
    for (const BatchGroup& entry : batch_groups(all, "province")) {
        add(entry.group.key, part_of_group(shown, entry.group), part_of_group(all, entry.group));
    }
    for (auto it = united.begin(); it != united.end();) {
        // Years since adoption are of the national report alone.
        const bool everywhere = std::any_of(it->second.place.begin(), it->second.place.end(),
                                            [](const auto& cell) { return !std::get<0>(cell.first).empty(); });
        it = everywhere ? std::next(it) : united.erase(it);
    }
    for (auto& [key, table] : united) table.relate();
    return united;
}

template <class Rows, class Firms>
void expect_the_union_holds(const Evaluation& shown, const Evaluation& all, Rows rows, Firms firms) {
    std::size_t hidden = 0;
    std::size_t recovered_without = 0;
    for (const auto& [key, attack] : unite(shown, all, rows, firms)) {
        EXPECT_GT(attack.table.relations.size(), 10u);
        hidden += static_cast<std::size_t>(std::count(attack.hidden.begin(), attack.hidden.end(), true));
        std::vector<bool> by_rule_only;
        for (std::size_t i = 0; i < attack.hidden.size(); ++i) {
            const double value = attack.table.cells[i].value;
            EXPECT_TRUE(attack.hidden[i] || value == 0 || value >= 3) << std::get<0>(key) << " " << value;
            by_rule_only.push_back(value > 0 && value < 3);
        }
        const auto audit = disclosure::audit_suppression(attack.table, attack.hidden, {});
        ASSERT_TRUE(audit);
        EXPECT_TRUE(audit->passed()) << std::get<0>(key) << " " << audit->failures().size();
        recovered_without += disclosure::audit_suppression(attack.table, by_rule_only, {})->failures().size();
    }
    EXPECT_GT(hidden, 0u);
    EXPECT_GT(recovered_without, 0u) << "an attack that never succeeds proves nothing";
}

TEST_F(Batch, NothingFollowsFromAllReportsTogether) {
    expect_the_union_holds(
        *shown_, *all_, [](const Evaluation& result) -> const auto& { return result.before_after; },
        [](const BeforeAfterRow& row) { return row.change.n; });
    expect_the_union_holds(
        *shown_, *all_, [](const Evaluation& result) -> const auto& { return result.effects; },
        [](const EffectRow& row) { return row.effect.n_treated; });
    EXPECT_EQ(shown_->disclosure.recovered, 0);
}

TEST_F(Batch, APartHoldsNumbersOfTheJointResultOnly) {
    const auto groups = batch_groups(*shown_, "province");
    ASSERT_GE(groups.size(), 4u);
    for (const BatchGroup& entry : groups) {
        const Evaluation part = part_of_group(*shown_, entry.group);
        ASSERT_FALSE(part.before_after.empty());
        for (const EffectRow& row : part.effects) {
            const auto same = std::find_if(shown_->effects.begin(), shown_->effects.end(), [&](const EffectRow& joint) {
                const bool own = row.group.breakdown.empty();
                return joint.outcome == row.outcome && joint.event_time == row.event_time &&
                       joint.estimator == row.estimator &&
                       joint.group.breakdown == (own ? "province" : "province_x_" + row.group.breakdown) &&
                       joint.group.key == (own ? entry.group.key : entry.group.key + ":" + row.group.key);
            });
            ASSERT_NE(same, shown_->effects.end());
            EXPECT_EQ(same->effect.n_treated, row.effect.n_treated);
            if (std::isfinite(row.effect.estimate)) {
                EXPECT_EQ(same->effect.estimate, row.effect.estimate);
            }
            EXPECT_EQ(row.group.label.ko.find("×"), std::string::npos) << row.group.label.ko;
        }
        EXPECT_NE(part.specification.title.ko.find(entry.group.label.ko), std::string::npos);
        EXPECT_TRUE(part.flow.empty() && part.overlap.empty() && part.cohorts.empty() && part.lists.empty());
    }
}

TEST_F(Batch, AProvinceWithTooFewAdoptersHasAReportWithoutEffects) {
    const auto groups = batch_groups(*shown_, "province");
    const auto small =
        std::find_if(groups.begin(), groups.end(), [](const BatchGroup& entry) { return !entry.shows_effects; });
    ASSERT_NE(small, groups.end());
    for (const EffectRow& row : part_of_group(*shown_, small->group).effects) {
        EXPECT_TRUE(std::isnan(row.effect.estimate));
    }
    EXPECT_TRUE(std::any_of(groups.begin(), groups.end(), [](const BatchGroup& entry) { return entry.shows_effects; }));
}

}  // namespace
}  // namespace twinfirm::evaluation
