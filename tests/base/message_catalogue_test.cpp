// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/message_catalogue.h"

#include <gtest/gtest.h>

namespace twinfirm {

TEST(MessageCatalogue, PutsArgumentsIn) {
    const MessageCatalogue korean(Language::korean);
    const MessageCatalogue english(Language::english);
    EXPECT_EQ(korean.text("file_not_found", {{"path", "a.csv"}}), "‘a.csv’ 파일이 없습니다.");
    EXPECT_EQ(english.text("file_not_found", {{"path", "a.csv"}}), "There is no file ‘a.csv’.");
    EXPECT_FALSE(korean.hint("file_not_found", {}).empty());
}

TEST(MessageCatalogue, CountComesFromTheMessage) {
    const MessageCatalogue english(Language::english);
    const Message message{"duplicate_rows_equal", Severity::warning, {{"table", "panel"}}, 12};
    EXPECT_NE(english.text(message).find("12 rows"), std::string::npos);
}

TEST(MessageCatalogue, OneIsSingular) {
    const MessageCatalogue english(Language::english);
    EXPECT_EQ(english.text(Message{"rows_total", Severity::info, {}, 1}), "1 row of totals is listed, not stored.");
    EXPECT_EQ(english.text(Message{"rows_total", Severity::info, {}, 2}), "2 rows of totals are listed, not stored.");
    EXPECT_NE(english.text("rows_total", {}).find("{count|row|rows}"), std::string::npos);
}

TEST(MessageCatalogue, AnArgumentMayDependOnTheLanguage) {
    const MessageArguments path = {{"path", "a.csv"}, {"path@ko", "가.csv"}};
    EXPECT_EQ(MessageCatalogue(Language::korean).text("file_not_found", path), "‘가.csv’ 파일이 없습니다.");
    EXPECT_EQ(MessageCatalogue(Language::english).text("file_not_found", path), "There is no file ‘a.csv’.");
}

TEST(MessageCatalogue, UnknownCodeAndMissingArgumentStayVisible) {
    const MessageCatalogue english(Language::english);
    EXPECT_EQ(english.text("no_such_code", {}), "no_such_code");
    EXPECT_EQ(english.text("file_not_found", {}), "There is no file ‘{path}’.");
}

TEST(MessageCatalogue, TheCauseOfAMessageBecomesItsText) {
    const MessageCatalogue english(Language::english);
    const Message message{"cohort_left_out", Severity::warning, {{"year", "2016"}, {"cause", "no_adopters"}}, 0};
    const std::string text = english.text(message);
    EXPECT_NE(text.find("2016"), std::string::npos);
    EXPECT_NE(text.find(english.text("no_adopters", {})), std::string::npos);
}

TEST(MessageCatalogue, LanguagesAreReadFromLocaleNames) {
    EXPECT_EQ(parse_language("ko_KR.UTF-8"), Language::korean);
    EXPECT_EQ(parse_language("en"), Language::english);
    EXPECT_EQ(parse_language("de_DE"), std::nullopt);
    EXPECT_EQ(parse_language("kok"), std::nullopt);
}

}  // namespace twinfirm
