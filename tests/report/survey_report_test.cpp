// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/survey_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "survey/sample_findings.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/survey_tables.h"
#include "twinfirm/report/table_csv.h"

namespace twinfirm::report {
namespace {

std::string header_of(const Table& table) {
    const std::string csv = table_to_csv(table);
    return csv.substr(0, csv.find('\n'));
}

TEST(SurveyReport, BothLanguagesHaveTheSameSectionsTablesAndFigures) {
    const survey::SurveyFindings findings = survey::sample_findings();
    const Document korean = build_survey_report(findings, Language::korean);
    const Document english = build_survey_report(findings, Language::english);
    ASSERT_EQ(korean.sections.size(), english.sections.size());
    std::set<std::string> names;
    for (std::size_t i = 0; i < korean.sections.size(); ++i) {
        const auto& here = korean.sections[i].blocks;
        const auto& there = english.sections[i].blocks;
        ASSERT_EQ(here.size(), there.size()) << korean.sections[i].heading;
        for (std::size_t block = 0; block < here.size(); ++block) {
            ASSERT_EQ(here[block].index(), there[block].index());
            if (const Table* table = std::get_if<Table>(&here[block])) {
                EXPECT_TRUE(names.insert(table->name).second) << table->name;
                EXPECT_EQ(header_of(*table), header_of(std::get<Table>(there[block])));
                for (const auto& row : table->rows) EXPECT_EQ(row.size(), table->columns.size()) << table->name;
            }
        }
    }
    for (const char* name :
         {"survey_sample", "survey_adoption", "stages", "stage_programmes", "stage_transitions", "technology_levels",
          "technology_gaps", "market_growth", "market_sources", "suppliers", "best_practice", "survey_data"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
}

TEST(SurveyReport, EveryTextIsInTheCatalogue) {
    for (const Language language : {Language::korean, Language::english}) {
        const std::string html = document_to_html(build_survey_report(survey::sample_findings(), language));
        for (const char* prefix : {"report_", "survey_s", "survey_r", "chart_", "technology_group", "stage_level"}) {
            EXPECT_EQ(html.find(prefix), std::string::npos) << html.substr(html.find(prefix), 60);
        }
    }
}

TEST(SurveyReport, AWithheldSupplierShowsX) {
    const Table table = supplier_table(survey::sample_findings(), Language::english);
    const auto lone =
        std::find_if(table.rows.begin(), table.rows.end(), [](const auto& row) { return row.front().text == "lone"; });
    ASSERT_NE(lone, table.rows.end());
    for (std::size_t i = 1; i < lone->size(); ++i) {
        EXPECT_EQ((*lone)[i].kind, CellKind::suppressed);
        EXPECT_TRUE((*lone)[i].values.empty());
    }
}

TEST(SurveyReport, GroupsWithOverlappingIntervalsAreNotRanked) {
    survey::SurveyFindings findings = survey::sample_findings();
    const auto ranks = [&] {
        for (const std::string& sentence : survey_sentences(findings, Language::english))
            if (sentence.find("By size") != std::string::npos) return true;
        return false;
    };
    EXPECT_TRUE(ranks());
    for (survey::QuestionRow& row : findings.status->questions.front().rows) row.interval = {0.01, 0.9};
    EXPECT_FALSE(ranks());
}

TEST(SurveyReport, ChangesOfTheLevelOfTechnologyArePoints) {
    for (const std::string& sentence : survey_sentences(survey::sample_findings(), Language::korean)) {
        if (sentence.find("72.3") == std::string::npos) continue;
        EXPECT_NE(sentence.find("+4.2%p"), std::string::npos) << sentence;
        return;
    }
    ADD_FAILURE() << "no sentence on technology";
}

}  // namespace
}  // namespace twinfirm::report
