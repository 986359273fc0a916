// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "report/evaluation_fixture.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/report_review.h"

namespace twinfirm::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ReportOptions with(const design::ReportSettings& settings) {
    ReportOptions options;
    options.settings = settings;
    return options;
}

std::string html_of(const evaluation::Evaluation& evaluation, const design::ReportSettings& settings,
                    Language language = Language::korean) {
    return document_to_html(build_report(evaluation, language, with(settings)));
}

const SentenceRecord& sentence_of(const Document& document, const std::string& key) {
    for (const SentenceRecord& sentence : document.sentences) {
        if (sentence.key == key) return sentence;
    }
    throw std::out_of_range(key);
}

std::vector<std::string> codes(const Messages& messages) {
    std::vector<std::string> list;
    for (const Message& message : messages) list.push_back(message.code);
    return list;
}

TEST(ReportSettings, NameTheReport) {
    const auto evaluation = testing::small_evaluation();
    design::ReportSettings settings;
    settings.title = {"부산 보고서", "Busan"};
    settings.organisation = {"중소벤처기업부", "Ministry of SMEs"};
    settings.author = {"홍길동", "Hong"};
    settings.date = "2026-06-09";
    const Document korean = build_report(evaluation, Language::korean, with(settings));
    EXPECT_EQ(korean.title, "부산 보고서");
    EXPECT_EQ(korean.byline, "중소벤처기업부 · 홍길동 · 2026. 6. 9.");
    EXPECT_EQ(build_report(evaluation, Language::english, with(settings)).byline,
              "Ministry of SMEs · Hong · 2026-06-09");
    EXPECT_THAT(html_of(evaluation, settings), HasSubstr("중소벤처기업부 · 홍길동"));
}

TEST(ReportSettings, ChooseTablesAndCharts) {
    const auto evaluation = testing::small_evaluation();
    design::ReportSettings settings;
    settings.leave_out = {"balance", "love_plot", "nowhere"};
    const Document document = build_report(evaluation, Language::korean, with(settings));
    int number = 0;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) {
                EXPECT_NE(table->name, "balance");
            }
            if (const auto* figure = std::get_if<Figure>(&block)) {
                EXPECT_NE(figure->name, "love_plot");
                EXPECT_EQ(figure->number, ++number) << "numbered without gaps";
            }
        }
    }
    const Messages messages = report_messages(document, settings);
    ASSERT_THAT(codes(messages), ElementsAre("report_part_unknown"));
    EXPECT_EQ(messages[0].arguments.at("name"), "nowhere");

    settings.leave_out.clear();
    settings.only = {"headline"};
    std::vector<std::string> names;
    for (const Section& section : build_report(evaluation, Language::korean, with(settings)).sections) {
        for (const Block& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) names.push_back(table->name);
            EXPECT_FALSE(std::holds_alternative<Figure>(block));
        }
    }
    EXPECT_THAT(names, ElementsAre("headline"));
}

TEST(ReportSettings, KeysOfSentencesAreUniqueAndDoNotDependOnTheLanguage) {
    for (const ReportKind kind : {ReportKind::evaluation, ReportKind::press_release}) {
        ReportOptions options;
        options.kind = kind;
        const auto evaluation = testing::small_evaluation();
        const Document korean = build_report(evaluation, Language::korean, options);
        const Document english = build_report(evaluation, Language::english, options);
        std::set<std::string> keys;
        ASSERT_EQ(korean.sentences.size(), english.sentences.size());
        for (std::size_t i = 0; i < korean.sentences.size(); ++i) {
            EXPECT_TRUE(keys.insert(korean.sentences[i].key).second) << korean.sentences[i].key;
            EXPECT_EQ(korean.sentences[i].key, english.sentences[i].key);
        }
        EXPECT_TRUE(keys.contains("summary.effects"));
        EXPECT_TRUE(keys.contains("outcome.sales"));
        const auto json = nlohmann::json::parse(sentences_json(korean, english));
        ASSERT_EQ(json.size(), keys.size());
        EXPECT_EQ(json[0].at("ko"), korean.sentences[0].generated);
        EXPECT_EQ(json[0].at("en"), english.sentences[0].generated);
    }
}

TEST(RewrittenSentences, StandInTheReportAndAreListedWithWhatTheyReplaced) {
    auto evaluation = testing::small_evaluation();
    design::ReportSettings settings;
    const std::string generated = sentence_of(build_report(evaluation, Language::korean), "outcome.sales").generated;
    settings.sentences = {{"outcome.sales", {"매출액이 5.4% 늘었음", generated}, {}}};
    const Document document = build_report(evaluation, Language::korean, with(settings));
    EXPECT_EQ(sentence_of(document, "outcome.sales").state, SentenceState::rewritten);
    const Section& annex = document.sections.back();
    EXPECT_EQ(annex.number + " " + annex.heading, "붙임 4. 분석자가 고친 문장");
    const auto& list = std::get<BulletList>(annex.blocks.at(1));
    ASSERT_EQ(list.items.size(), 2u);
    EXPECT_EQ(list.items[0].text, "(편집) 매출액이 5.4% 늘었음");
    EXPECT_EQ(list.items[1].text, "생성된 문장: " + generated);
    EXPECT_THAT(report_messages(document, settings), IsEmpty());
    EXPECT_THAT(html_of(evaluation, settings, Language::english), Not(HasSubstr("매출액이 5.4% 늘었음")))
        << "the other language keeps its generated sentence";
}

TEST(RewrittenSentences, AreKeptWithAWarningWhenNumbersChange) {
    auto evaluation = testing::small_evaluation();
    design::ReportSettings settings;
    const std::string generated = sentence_of(build_report(evaluation, Language::korean), "outcome.sales").generated;
    settings.sentences = {{"outcome.sales", {"매출액이 5.4% 늘었음", generated}, {}}};
    for (auto& row : evaluation.effects) {
        if (row.outcome == "sales" && !row.group.suppressed) row.percent = 0.0605;
    }
    const Document document = build_report(evaluation, Language::korean, with(settings));
    const SentenceRecord& sentence = sentence_of(document, "outcome.sales");
    EXPECT_EQ(sentence.state, SentenceState::outdated);
    EXPECT_EQ(sentence.written, "매출액이 5.4% 늘었음");
    EXPECT_THAT(html_of(evaluation, settings), HasSubstr("매출액이 5.4% 늘었음"));
    const Messages messages = report_messages(document, settings);
    ASSERT_THAT(codes(messages), ElementsAre("report_sentence_outdated", "report_sentence_numbers"));
    EXPECT_THAT(messages[0].arguments.at("generated"), HasSubstr("6.1%"));
    EXPECT_EQ(messages[1].arguments.at("numbers"), "5.4");
    EXPECT_THAT(html_of(evaluation, settings), HasSubstr("고친 뒤에 바탕이 된 문장이 바뀌었음"));
}

TEST(RewrittenSentences, ThatCannotBeCheckedOrPlacedAreNamed) {
    const auto evaluation = testing::small_evaluation();
    design::ReportSettings settings;
    settings.sentences = {{"summary.compared", {"비교함", ""}, {}}, {"no.such.key", {"무엇", ""}, {}}};
    const Document document = build_report(evaluation, Language::korean, with(settings));
    EXPECT_THAT(codes(report_messages(document, settings)),
                ElementsAre("report_sentence_unchecked", "report_sentence_unknown"));
}

}  // namespace
}  // namespace twinfirm::report
