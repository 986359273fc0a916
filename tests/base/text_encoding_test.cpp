// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/text_encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace twinfirm {
namespace {

using namespace std::string_literals;

Result<DetectedEncoding> detect(const std::string& bytes, std::size_t block = 7) {
    EncodingDetector detector;
    for (std::size_t i = 0; i < bytes.size(); i += block) detector.update(std::string_view(bytes).substr(i, block));
    return detector.finish();
}

Result<std::string> decode(TextEncoding encoding, const std::string& bytes, std::size_t block) {
    TextDecoder decoder(encoding);
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += block) {
        TWINFIRM_TRY(decoder.decode(std::string_view(bytes).substr(i, block), out));
    }
    TWINFIRM_TRY(decoder.finish(out));
    return out;
}

TEST(EncodingDetector, KnowsUtf8WithAndWithoutMark) {
    const auto plain = detect("기업명,매출액\n가나,1\n");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->encoding, TextEncoding::utf8);
    EXPECT_FALSE(plain->byte_order_mark);
    const auto marked = detect("\xEF\xBB\xBF기업명\n");
    ASSERT_TRUE(marked);
    EXPECT_TRUE(marked->byte_order_mark);
}

TEST(EncodingDetector, DecidesOnTheLastByte) {
    std::string bytes;
    for (int row = 0; row < 30000; ++row) bytes += "1,plain ascii\n";
    EXPECT_EQ(detect(bytes, 4096)->encoding, TextEncoding::utf8);
    bytes += "\xB0\xA1\n";  // 가
    EXPECT_EQ(detect(bytes, 4096)->encoding, TextEncoding::cp949);
}

TEST(EncodingDetector, KnowsUtf16ByItsMarkAndByItsNulBytes) {
    const auto marked = detect("\xFF\xFE\x00\xAC\x0A\x00"s);
    ASSERT_TRUE(marked);
    EXPECT_EQ(marked->encoding, TextEncoding::utf16_le);
    EXPECT_TRUE(marked->certain);
    const auto big = detect("\0i\0d\0,\0v\0\n\xAC\x00\0,\0"s + "1");
    ASSERT_TRUE(big);
    EXPECT_EQ(big->encoding, TextEncoding::utf16_be);
    EXPECT_FALSE(big->certain);
    EXPECT_EQ(detect("i\0d\0,\0v\0\n\0"s)->encoding, TextEncoding::utf16_le);
    EXPECT_EQ(detect("\xFF\xFE\0\0i\0\0\0"s)->encoding, TextEncoding::utf32_le);
}

TEST(EncodingDetector, NulPaddingIsNotUtf16) {
    const auto found = detect("id,v\n1,2\n" + std::string(4096, '\0'));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->encoding, TextEncoding::utf8);
    EXPECT_EQ(found->trailing_nuls, 4096);
}

TEST(EncodingDetector, NamesTheFirstLinesThatFitNeither) {
    const auto mixed = detect("id,v\n1,한글\n2,\xC7\xD1\xB1\xDB\n3,\xED\x95\n");
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, "encoding_unknown");
    EXPECT_EQ(mixed.error().arguments.at("utf8_line"), "3");
    EXPECT_GE(mixed.error().line, 3);
}

TEST(EncodingDetector, RefusesWhatIsNoText) {
    EXPECT_EQ(detect("").error().code, "file_empty");
    EXPECT_EQ(detect("\x89PNG\r\n\x1A\n....").error().code, "file_not_text");
    EXPECT_EQ(detect("PK\x03\x04....").error().code, "file_not_text");
    EXPECT_EQ(detect(std::string(50, '\0')).error().code, "file_not_text");
}

TEST(EncodingDetector, CountsControlCharactersWhateverTheBlocks) {
    const std::string half(40, '\x18');
    for (const std::string& bytes : {"id,name\n" + half + "1,text\n", half + "\t\t\t\t\n\n\r\n", "가," + half}) {
        for (std::size_t block = 1; block <= bytes.size(); ++block) {
            const auto found = detect(bytes, block);
            ASSERT_FALSE(found) << block;
            EXPECT_EQ(found.error().code, "file_not_text") << block;
        }
    }
    const std::string few = std::string(80, 'a') + "\x18\t\n";
    for (std::size_t block = 1; block <= few.size(); ++block) EXPECT_TRUE(detect(few, block)) << block;
}

TEST(EncodingDetector, RefusesOverlongAndSurrogateUtf8) {
    EXPECT_EQ(detect("\xC0\xAF,\xC0\xAF\n")->encoding, TextEncoding::cp949);
    EXPECT_FALSE(decode(TextEncoding::utf8, "\xC0\xAF\n", 4));
    EXPECT_FALSE(detect("\xED\xA0\x80\n"));
}

TEST(EncodingDetector, KnowsUtf32WithAndWithoutMark) {
    EXPECT_EQ(detect("\0\0\xFE\xFF\0\0\xAC\0"s)->encoding, TextEncoding::utf32_be);
    const std::string little = "i\0\0\0d\0\0\0,\0\0\0\0\xAC\0\0\n\0\0\0"s;
    EXPECT_EQ(detect(little)->encoding, TextEncoding::utf32_le);
    EXPECT_TRUE(detect(little)->certain);
    const std::string big = "\0\0\0i\0\0\0d\0\0\0,\0\0\xAC\0\0\0\0\n"s;
    EXPECT_EQ(detect(big)->encoding, TextEncoding::utf32_be);
    for (const std::size_t block : {1U, 3U, 100U}) {
        EXPECT_EQ(decode(TextEncoding::utf32_le, little, block).value(), "id,가\n");
        EXPECT_EQ(decode(TextEncoding::utf32_be, big, block).value(), "id,가\n");
    }
}

TEST(EncodingDetector, TellsLinesOfBothEncodingsFromUnreadableOnes) {
    const std::string mixture = "기업,값\n\xB0\xA1,1\n나,2\n\x8C\x63,3";  // 가 and 똠 in CP949
    const auto mixed = detect(mixture);
    ASSERT_TRUE(mixed) << mixed.error().code;
    EXPECT_EQ(mixed->encoding, TextEncoding::mixed);
    EXPECT_FALSE(mixed->certain);
    EXPECT_EQ(mixed->cp949_lines, 2);
    EXPECT_EQ(mixed->first_cp949_line, 2);
    for (const std::size_t block : {1U, 2U, 5U, 100U}) {
        EXPECT_EQ(decode(TextEncoding::mixed, mixture, block).value(), "기업,값\n가,1\n나,2\n똠,3");
    }

    const auto unreadable = detect(mixture + "\n\xFF,4\n다,5\n\xFF");
    ASSERT_FALSE(unreadable);
    EXPECT_EQ(unreadable.error().code, "encoding_unknown");
    EXPECT_EQ(unreadable.error().line, 5);
    EXPECT_EQ(unreadable.error().arguments.at("lines"), "5, 7");
    EXPECT_EQ(unreadable.error().arguments.at("count"), "2");
    const auto stopped = decode(TextEncoding::mixed, mixture + "\n\xFF,4\n", 3);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().line, 5);
}

TEST(TextDecoder, ReadsTheExtendedSyllablesOfCp949) {
    for (std::size_t block = 1; block < 6; ++block) {
        EXPECT_EQ(decode(TextEncoding::cp949, "\x8C\x63\x94\xEE,\xB0\xA1", block).value(), "똠뷁,가");
    }
}

TEST(TextDecoder, GivesTheSameForBlocksOfAnySize) {
    const std::string utf8 = "\xEF\xBB\xBF가나, abc 𝄞 ΩΩ\n";
    for (std::size_t block = 1; block < 12; ++block) {
        EXPECT_EQ(decode(TextEncoding::utf8, utf8, block).value(), "가나, abc 𝄞 ΩΩ\n");
        EXPECT_EQ(decode(TextEncoding::utf16_le, "\xFF\xFE\x00\xAC\x34\xD8\x1E\xDD\x0A\x00"s, block).value(), "가𝄞\n");
        EXPECT_EQ(decode(TextEncoding::utf16_be, "\xAC\x00\xD8\x34\xDD\x1E\x00\x0A"s, block).value(), "가𝄞\n");
        EXPECT_EQ(decode(TextEncoding::utf32_le, "\xFF\xFE\0\0\x00\xAC\0\0"s, block).value(), "가");
    }
}

TEST(TextDecoder, NamesTheLineOfTheFirstBadByte) {
    const auto bad = decode(TextEncoding::utf8, "a\nb\nc\xFF\n", 3);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, "text_undecodable");
    EXPECT_EQ(bad.error().line, 3);
    EXPECT_EQ(decode(TextEncoding::cp949, "a\n\xC9\x41\n", 5).error().line, 2);
    EXPECT_EQ(decode(TextEncoding::utf8, "a\n\xED\x95", 5).error().line, 2);
    EXPECT_FALSE(decode(TextEncoding::utf16_le, "\x00\xD8\x41\x00"s, 4));
}

TEST(TextEncodingNames, RoundTrip) {
    for (const auto encoding : {TextEncoding::utf8, TextEncoding::cp949, TextEncoding::utf16_le, TextEncoding::utf16_be,
                                TextEncoding::utf32_le}) {
        EXPECT_EQ(parse_encoding_name(encoding_name(encoding)), encoding);
    }
    EXPECT_EQ(parse_encoding_name("latin-1"), std::nullopt);
}

}  // namespace
}  // namespace twinfirm
