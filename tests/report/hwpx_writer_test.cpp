// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/hwpx_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "report/evaluation_fixture.h"
#include "report/package_contents.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::report {
namespace {

std::vector<std::smatch> matches(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    return {std::sregex_iterator(text.begin(), text.end(), expression), std::sregex_iterator()};
}

std::set<std::string> first_groups(const std::string& text, const std::string& pattern) {
    std::set<std::string> found;
    for (const std::smatch& match : matches(text, pattern)) found.insert(match[1].str());
    return found;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

/// The elements of one name, without nesting.
std::vector<std::string> elements(const std::string& text, const std::string& name) {
    std::vector<std::string> found;
    const std::string end = "</" + name + ">";
    for (std::size_t at = text.find("<" + name + " "); at != std::string::npos; at = text.find("<" + name + " ", at)) {
        const std::size_t close = text.find(end, at);
        found.push_back(text.substr(at, close - at));
        at = close;
    }
    return found;
}

/// Every cell of each table's grid is covered exactly once.
void expect_full_grid(const std::string& table) {
    const std::size_t rows = std::stoul(matches(table, "rowCnt=\"(\\d+)\"").at(0)[1].str());
    const std::size_t columns = std::stoul(matches(table, "colCnt=\"(\\d+)\"").at(0)[1].str());
    EXPECT_EQ(count(table, "<hp:tr>"), rows);
    std::vector<int> covered(rows * columns, 0);
    for (const std::smatch& cell :
         matches(table, "colAddr=\"(\\d+)\" rowAddr=\"(\\d+)\"/><hp:cellSpan colSpan=\"(\\d+)\" rowSpan=\"(\\d+)\"")) {
        const auto number = [&](std::size_t group) { return std::stoul(cell[group].str()); };
        for (std::size_t row = number(2); row < number(2) + number(4); ++row) {
            for (std::size_t column = number(1); column < number(1) + number(3); ++column) {
                ASSERT_LT(row, rows);
                ASSERT_LT(column, columns);
                ++covered[row * columns + column];
            }
        }
    }
    EXPECT_TRUE(std::all_of(covered.begin(), covered.end(), [](int times) { return times == 1; }));
}

/// What readers tolerate and the word processor may not: dangling references, wrong counts, missing parts.
void expect_sound_package(const testing::PackageContents& package) {
    ASSERT_FALSE(package.order.empty());
    EXPECT_EQ(package.order.front(), "mimetype");
    EXPECT_TRUE(package.first_is_stored);
    EXPECT_EQ(package.at("mimetype"), "application/hwp+zip");
    const std::string& header = package.at("Contents/header.xml");
    const std::string& section = package.at("Contents/section0.xml");
    const std::string& content = package.at("Contents/content.hpf");
    for (const auto& [element, attribute] :
         std::vector<std::pair<std::string, std::string>>{{"charPr", "charPrIDRef"},
                                                          {"paraPr", "paraPrIDRef"},
                                                          {"style", "styleIDRef"},
                                                          {"borderFill", "borderFillIDRef"}}) {
        const std::set<std::string> ids = first_groups(header, "<hh:" + element + " id=\"(\\d+)\"");
        for (const std::string& used : first_groups(header + section, "\\b" + attribute + "=\"(\\d+)\"")) {
            EXPECT_TRUE(used == "4294967295" || ids.contains(used)) << attribute << " " << used;
        }
    }
    for (const auto& [list, element] : std::vector<std::pair<std::string, std::string>>{{"borderFills", "borderFill"},
                                                                                        {"charProperties", "charPr"},
                                                                                        {"paraProperties", "paraPr"},
                                                                                        {"styles", "style"},
                                                                                        {"tabProperties", "tabPr"},
                                                                                        {"numberings", "numbering"}}) {
        const auto stated = matches(header, "<hh:" + list + " itemCnt=\"(\\d+)\"");
        ASSERT_EQ(stated.size(), 1U) << list;
        EXPECT_EQ(std::stoul(stated[0][1].str()), count(header, "<hh:" + element + " ")) << list;
    }
    std::set<std::string> items;
    for (const std::smatch& item : matches(content, "<opf:item id=\"([^\"]+)\" href=\"([^\"]+)\"")) {
        items.insert(item[1].str());
        EXPECT_TRUE(package.entries.contains(item[2].str())) << item[2].str();
    }
    for (const std::string& image : first_groups(section, "binaryItemIDRef=\"([^\"]+)\"")) {
        EXPECT_TRUE(items.contains(image)) << image;
    }
    for (const std::string& table : elements(section, "hp:tbl")) expect_full_grid(table);
    EXPECT_EQ(section.find("linesegarray"), std::string::npos);
    for (const auto& [path, text] : package.entries) {
        if (path.ends_with(".xml") || path.ends_with(".hpf")) {
            EXPECT_EQ(count(text, "<") > 1, true) << path;
            EXPECT_TRUE(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?>")) << path;
        }
    }
}

TEST(HwpxWriter, TheWholeReportIsASoundPackageInBothLanguages) {
    for (const Language language : {Language::korean, Language::english}) {
        const Document document = build_report(testing::small_evaluation(), language);
        const auto bytes = document_to_hwpx(document);
        ASSERT_TRUE(bytes) << bytes.error().code;
        const testing::PackageContents package = testing::unpacked(*bytes);
        expect_sound_package(package);
        const std::string& section = package.at("Contents/section0.xml");
        EXPECT_NE(section.find(document.title), std::string::npos);
        std::size_t tables = 0;
        for (const Section& part : document.sections) {
            for (const Block& block : part.blocks) {
                tables += std::holds_alternative<Table>(block) || std::holds_alternative<Figure>(block) ||
                          std::holds_alternative<NoteBox>(block);
                if (const auto* row = std::get_if<SideBySide>(&block)) tables += row->tables.size();
            }
        }
        EXPECT_EQ(elements(section, "hp:tbl").size(), tables);
        EXPECT_EQ(*document_to_hwpx(document), *bytes);
    }
}

TEST(HwpxWriter, EscapesTextsAndKeepsSpacesAndLines) {
    Document document;
    document.title = "성과 <분석> & \"보고\"";
    Table table;
    table.number = 1;
    table.caption = "규모별";
    table.unit = "%";
    table.columns = {{{}, Alignment::left, 2}, {{}, Alignment::right, 1}};
    Cell name;
    name.text = "10인 미만\n(명)";
    Cell value;
    value.kind = CellKind::number;
    value.text = "△1.5";
    table.header_rows = {{name, value}};
    table.rows = {{name, value}};
    document.sections = {{1, "1.", "개요", {PageBreak{}, table}}};
    const auto bytes = document_to_hwpx(document);
    ASSERT_TRUE(bytes);
    const testing::PackageContents package = testing::unpacked(*bytes);
    expect_sound_package(package);
    const std::string& section = package.at("Contents/section0.xml");
    EXPECT_NE(section.find("성과 &lt;분석&gt; &amp; &quot;보고&quot;"), std::string::npos);
    EXPECT_NE(section.find("<hp:t>10인 미만</hp:t>"), std::string::npos);
    EXPECT_NE(section.find("<hp:t>(명)</hp:t>"), std::string::npos);
    EXPECT_NE(section.find("(단위: %)"), std::string::npos);
    EXPECT_NE(section.find("&lt;표 1&gt; 규모별"), std::string::npos);
    EXPECT_EQ(count(section, "pageBreak=\"1\""), 1U);
    // The heading goes to the new page with what it heads.
    const std::size_t heading = section.find("<hp:t>1. 개요</hp:t>");
    const std::size_t paragraph = section.rfind("<hp:p ", heading);
    EXPECT_NE(section.substr(paragraph, heading - paragraph).find("pageBreak=\"1\""), std::string::npos);
}

TEST(HwpxWriter, PutsPicturesInPlaceOfTheNumbers) {
    const Document document = build_report(testing::small_evaluation(), Language::korean);
    const Pictures pictures = {{"love_plot", {"not really a picture", 1200, 600, 400, 200}}};
    const auto bytes = document_to_hwpx(document, pictures);
    ASSERT_TRUE(bytes);
    const testing::PackageContents package = testing::unpacked(*bytes);
    expect_sound_package(package);
    EXPECT_EQ(package.at("BinData/image1.png"), "not really a picture");
    const std::string& section = package.at("Contents/section0.xml");
    ASSERT_EQ(elements(section, "hp:pic").size(), 1U);
    // Wider than the page: shrunk to the width of the text, the shape kept.
    EXPECT_NE(section.find("<hp:curSz width=\"48190\" height=\"24095\"/>"), std::string::npos);
    EXPECT_EQ(elements(section, "hp:tbl").size() + 1,
              elements(testing::unpacked(*document_to_hwpx(document)).at("Contents/section0.xml"), "hp:tbl").size());
}

}  // namespace
}  // namespace twinfirm::report
