// SPDX-License-Identifier: GPL-3.0-or-later
// What is told while a design is typed is what the run would say.
#include "twinfirm/app/check_columns.h"

#include <functional>

#include "imported_tables.h"
#include "twinfirm/app/results.h"

namespace twinfirm::app {
namespace {

class CheckColumns : public ImportedTables {
  protected:
    void SetUp() override {
        ImportedTables::SetUp();
        std::string firms = "기업ID,기업명,업종코드,시도,설립일,도입연도,구축수준,메모\n";
        std::string panel = "기업ID,연도,매출액,종업원수,비고\n";
        for (int i = 0; i < 60; ++i) {
            const std::string id = "F" + std::to_string(100 + i);
            const bool adopts = i % 4 == 0;
            firms += id + ",회사" + std::to_string(i) + "," + (i % 2 == 0 ? "C25112" : "C29294") + ",서울,2001-02-03," +
                     (adopts ? "2016,2" : ",") + ",가나\n";
            for (int year = 2012; year <= 2019; ++year) {
                panel += id + "," + std::to_string(year) + "," + std::to_string(100 + i * 7 % 31 + year % 5) + "," +
                         std::to_string(10 + (i * 5) % 17) + ",다라\n";
            }
        }
        import("firms", firms);
        import("panel", panel);
        tables_ = project_->tables().value();
        design::Specification& s = specification_ = design::preset("basic").value();
        s.roles.survey_table.clear();
        s.process_kpis.clear();
        s.covariates = {"log(sales)", "emp", "firm_age"};
        std::erase_if(s.outcomes, [](const design::Outcome& outcome) { return outcome.variable != "sales"; });
        s.breakdowns.clear();
        s.matching.exact.clear();
    }

    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> keys;
        for (const Error& error : check_columns(tables_, specification_)) keys.push_back(error.arguments.at("key"));
        return keys;
    }

    std::vector<store::TableInfo> tables_;
    design::Specification specification_;
};

TEST_F(CheckColumns, NothingIsWrongWithAStudyThatRuns) {
    EXPECT_TRUE(keys().empty()) << keys().front();
    const auto run = evaluate_project(*project_, specification_, 1);
    EXPECT_TRUE(run) << run.error().code;
}

TEST_F(CheckColumns, SaysWhatTheRunSays) {
    using Change = std::function<void(design::Specification&)>;
    const std::vector<std::pair<std::string, Change>> faults = {
        {"/covariates/1", [](auto& s) { s.covariates[1] = "log("; }},
        {"/covariates/1", [](auto& s) { s.covariates[1] = "emp +"; }},
        {"/covariates/2", [](auto& s) { s.covariates[2] = "asets"; }},
        {"/covariates/2", [](auto& s) { s.covariates[2] = "sales:asets"; }},
        {"/covariates/2", [](auto& s) { s.covariates[2] = "exporter"; }},
        {"/matching/exact/0", [](auto& s) { s.matching.exact = {"indstry"}; }},
        {"/effects/cluster", [](auto& s) { s.effects.cluster = "regoin"; }},
        {"/over_time/placebo_outcome", [](auto& s) { s.over_time.placebo_outcome = "luck"; }},
        {"/outcomes/0", [](auto& s) { s.outcomes[0].variable = "비고"; }},
        {"/outcomes/0", [](auto& s) { s.outcomes[0].variable = "profit"; }},
        {"/breakdowns/0",
         [](auto& s) {
             s.breakdowns = {design::preset("recommended").value().breakdowns.front()};
             s.breakdowns[0].variable = "nowhere";
         }},
        {"/roles/year", [](auto& s) { s.roles.year = "yaer"; }},
        {"/roles/adoption_year", [](auto& s) { s.roles.adoption_year = "when"; }},
    };
    const design::Specification right = specification_;
    for (const auto& [key, change] : faults) {
        specification_ = right;
        change(specification_);
        const auto errors = check_columns(tables_, specification_);
        ASSERT_FALSE(errors.empty()) << key;
        EXPECT_EQ(errors.front().arguments.at("key"), key);
        const auto run = evaluate_project(*project_, specification_, 1);
        ASSERT_FALSE(run) << key;
        EXPECT_EQ(run.error().code, errors.front().code) << key;
        EXPECT_EQ(run.error().kind, errors.front().kind) << key;
        for (const auto& [name, value] : run.error().arguments) {
            EXPECT_EQ(errors.front().arguments.at(name), value) << key;
        }
    }
}

TEST_F(CheckColumns, WithoutTablesOnlyTheFormulasAreRead) {
    tables_.pop_back();
    specification_.covariates = {"log(", "nowhere"};
    EXPECT_EQ(keys(), (std::vector<std::string>{"/covariates/0"}));
}

TEST_F(CheckColumns, OutcomesAndBandsNeedNumbersThatAreThere) {
    specification_.outcomes[0].variable = "profit";
    design::Breakdown band = design::preset("recommended").value().breakdowns.front();
    band.variable = "시도";
    specification_.breakdowns = {band};
    EXPECT_EQ(keys(), (std::vector<std::string>{"/outcomes/0", "/breakdowns/0"}));
}

TEST_F(CheckColumns, OffersWhatACovariateCanBe) {
    const std::vector<std::string> names = study_variables(tables_, specification_);
    EXPECT_EQ(names, (std::vector<std::string>{"sales", "emp", "firm_age", "industry", "region", "ksic", "sido",
                                               "founded", "메모"}));
    tables_.clear();
    EXPECT_TRUE(study_variables(tables_, specification_).empty());
}

}  // namespace
}  // namespace twinfirm::app
