// SPDX-License-Identifier: GPL-3.0-or-later
// Every code that the program can report has a text in both languages, with the same arguments.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "architecture/source_files.h"

namespace twinfirm::architecture {
namespace {

nlohmann::json catalogue(const std::string& language) {
    return nlohmann::json::parse(read_text(repository() / ("data/messages." + language + ".json")));
}

std::set<std::string> arguments_of(const nlohmann::json& entry) {
    static const std::regex argument(R"(\{(\w+)(?:\|[^{}|]*\|[^{}|]*)?\})");
    const std::string text = entry.value("text", "") + entry.value("hint", "");
    std::set<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), argument), end; it != end; ++it) names.insert((*it)[1]);
    return names;
}

TEST(MessageCodes, BothLanguagesHoldTheSameCodesAndArguments) {
    const auto korean = catalogue("ko");
    const auto english = catalogue("en");
    for (const auto& [code, entry] : korean.items()) {
        ASSERT_TRUE(english.contains(code)) << code << " has no English text";
        EXPECT_EQ(arguments_of(entry), arguments_of(english[code])) << code;
        EXPECT_FALSE(entry.value("text", "").empty()) << code;
        EXPECT_FALSE(english[code].value("text", "").empty()) << code;
        EXPECT_EQ(entry.contains("hint"), english[code].contains("hint")) << code;
    }
    for (const auto& [code, entry] : english.items())
        EXPECT_TRUE(korean.contains(code)) << code << " has no Korean text";
}

TEST(MessageCodes, EveryCodeInTheProgramHasATextWithItsArguments) {
    const auto korean = catalogue("ko");
    const std::vector<std::string> patterns = {
        R"re(fail(?:_at)?\(\s*ErrorKind::\w+,\s*"(\w+)")re",
        R"re(Error\{\s*ErrorKind::\w+,\s*"(\w+)")re",
        R"re("(\w+)",\s*Severity::\w+)re",
    };
    int codes = 0;
    for (const SourceFile& file : product_files()) {
        for (const std::string& pattern : patterns) {
            for (const Found& found : find_all(file, pattern)) {
                ++codes;
                EXPECT_TRUE(korean.contains(found.text)) << file.path << ":" << found.line << ": " << found.text;
            }
        }
    }
    EXPECT_GT(codes, 20) << "the patterns find nothing any more";
}

TEST(MessageCodes, HangulSentencesStandInTheCatalogueOnly) {
    // Sentences end in these syllables; labels of fields, units and sample data do not.
    for (const SourceFile& file : product_files()) {
        if (file.room == "ui") continue;
        for (const Found& found : find_all(file, R"re("[^"\n]*(니다|십시오|하세요)[^"\n]*")re")) {
            ADD_FAILURE() << file.path << ":" << found.line << ": a sentence in the code";
        }
    }
}

}  // namespace
}  // namespace twinfirm::architecture
