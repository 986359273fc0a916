// SPDX-License-Identifier: GPL-3.0-or-later
#include "hwpx_styles.h"

#include <fmt/format.h>

#include <array>

namespace twinfirm::report::hwpx {

namespace {

enum class Font : int { text, headline, table };

/// Fonts that every computer with Hancom Office or Windows has; they are named only.
constexpr std::array<std::string_view, 3> fonts = {"함초롬바탕", "HY헤드라인M", "맑은 고딕"};
constexpr std::array<std::string_view, 7> scripts = {"HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER"};

struct CharStyle {
    double points;
    Font font;
    bool bold;
};
constexpr std::array<CharStyle, static_cast<std::size_t>(Char::count)> chars = {{{13, Font::text, false},
                                                                                 {22, Font::headline, false},
                                                                                 {16, Font::headline, false},
                                                                                 {14, Font::headline, false},
                                                                                 {11, Font::table, true},
                                                                                 {9, Font::table, false},
                                                                                 {9, Font::table, true},
                                                                                 {9, Font::table, false}}};

struct ParaStyle {
    std::string_view align;
    int left;  ///< points
    int hanging;
    int before;
    int after;
    int line_spacing;  ///< per cent
    bool with_next;    ///< stays on the page of the next paragraph
};
constexpr std::array<ParaStyle, static_cast<std::size_t>(Para::count)> paras = {{{"JUSTIFY", 0, 0, 0, 4, 160, false},
                                                                                 {"CENTER", 0, 0, 0, 10, 130, false},
                                                                                 {"CENTER", 0, 0, 2, 2, 130, false},
                                                                                 {"RIGHT", 0, 0, 0, 1, 120, true},
                                                                                 {"LEFT", 0, 0, 16, 6, 130, true},
                                                                                 {"LEFT", 0, 0, 12, 5, 130, true},
                                                                                 {"LEFT", 0, 0, 0, 0, 120, false},
                                                                                 {"CENTER", 0, 0, 0, 0, 120, false},
                                                                                 {"RIGHT", 0, 0, 0, 0, 120, false},
                                                                                 {"JUSTIFY", 20, 20, 4, 3, 160, false},
                                                                                 {"JUSTIFY", 38, 20, 2, 3, 160, false},
                                                                                 {"JUSTIFY", 54, 16, 0, 2, 160, false},
                                                                                 {"JUSTIFY", 70, 16, 0, 2, 150, false},
                                                                                 {"LEFT", 0, 0, 1, 1, 130, false}}};

std::string font_faces() {
    std::string xml = fmt::format(R"(<hh:fontfaces itemCnt="{}">)", scripts.size());
    for (const std::string_view script : scripts) {
        xml += fmt::format(R"(<hh:fontface lang="{}" fontCnt="{}">)", script, fonts.size());
        for (std::size_t i = 0; i < fonts.size(); ++i) {
            xml += fmt::format(
                R"(<hh:font id="{}" face="{}" type="TTF" isEmbedded="0"><hh:typeInfo familyType="FCAT_GOTHIC" )"
                R"(weight="6" proportion="4" contrast="0" strokeVariation="1" armStyle="1" letterform="1" midline="1" )"
                R"(xHeight="1"/></hh:font>)",
                i, fonts[i]);
        }
        xml += "</hh:fontface>";
    }
    return xml + "</hh:fontfaces>";
}

std::string border_fill(Border id, bool lines, std::string_view fill) {
    const std::string_view type = lines ? "SOLID" : "NONE";
    std::string xml = fmt::format(
        R"(<hh:borderFill id="{}" threeD="0" shadow="0" centerLine="NONE" breakCellSeparateLine="0">)"
        R"(<hh:slash type="NONE" Crooked="0" isCounter="0"/><hh:backSlash type="NONE" Crooked="0" isCounter="0"/>)",
        static_cast<int>(id));
    for (const std::string_view side : {"left", "right", "top", "bottom"}) {
        xml += fmt::format(R"(<hh:{}Border type="{}" width="0.12 mm" color="#000000"/>)", side, type);
    }
    xml += R"(<hh:diagonal type="SOLID" width="0.1 mm" color="#000000"/>)";
    if (!fill.empty()) {
        xml += fmt::format(
            R"(<hc:fillBrush><hc:winBrush faceColor="{}" hatchColor="#999999" alpha="0"/></hc:fillBrush>)", fill);
    }
    return xml + "</hh:borderFill>";
}

std::string border_fills() {
    return R"(<hh:borderFills itemCnt="4">)" + border_fill(Border::none, false, "") +
           border_fill(Border::text, false, "none") + border_fill(Border::cell, true, "") +
           border_fill(Border::header, true, "#E6E6E6") + "</hh:borderFills>";
}

/// One attribute for each script.
std::string per_script(std::string_view element, int value) {
    return fmt::format(
        R"(<hh:{0} hangul="{1}" latin="{1}" hanja="{1}" japanese="{1}" other="{1}" symbol="{1}" user="{1}"/>)", element,
        value);
}

std::string char_properties() {
    std::string xml = fmt::format(R"(<hh:charProperties itemCnt="{}">)", chars.size());
    for (std::size_t i = 0; i < chars.size(); ++i) {
        xml += fmt::format(R"(<hh:charPr id="{}" height="{}" textColor="#000000" shadeColor="none" useFontSpace="0" )"
                           R"(useKerning="0" symMark="NONE" borderFillIDRef="2">)",
                           i, static_cast<int>(chars[i].points * units_per_point));
        xml += per_script("fontRef", static_cast<int>(chars[i].font)) + per_script("ratio", 100) +
               per_script("spacing", 0) + per_script("relSz", 100) + per_script("offset", 0);
        if (chars[i].bold) xml += "<hh:bold/>";
        xml +=
            R"(<hh:underline type="NONE" shape="SOLID" color="#000000"/><hh:strikeout shape="NONE" color="#000000"/>)"
            R"(<hh:outline type="NONE"/><hh:shadow type="NONE" color="#B2B2B2" offsetX="10" offsetY="10"/></hh:charPr>)";
    }
    return xml + "</hh:charProperties>";
}

std::string para_properties() {
    std::string xml = fmt::format(R"(<hh:paraProperties itemCnt="{}">)", paras.size());
    for (std::size_t i = 0; i < paras.size(); ++i) {
        const ParaStyle& para = paras[i];
        xml += fmt::format(
            R"(<hh:paraPr id="{}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="1" )"
            R"(suppressLineNumbers="0" checked="0"><hh:align horizontal="{}" vertical="BASELINE"/>)"
            R"(<hh:heading type="NONE" idRef="0" level="0"/><hh:breakSetting breakLatinWord="KEEP_WORD" )"
            R"(breakNonLatinWord="KEEP_WORD" widowOrphan="0" keepWithNext="{}" keepLines="0" pageBreakBefore="0" )"
            R"(lineWrap="BREAK"/><hh:autoSpacing eAsianEng="0" eAsianNum="0"/><hh:margin>)",
            i, para.align, para.with_next ? 1 : 0);
        const std::array<std::pair<std::string_view, int>, 5> margins = {{{"intent", -para.hanging},
                                                                          {"left", para.left},
                                                                          {"right", 0},
                                                                          {"prev", para.before},
                                                                          {"next", para.after}}};
        for (const auto& [side, points] : margins) {
            xml += fmt::format(R"(<hc:{} value="{}" unit="HWPUNIT"/>)", side, points * units_per_point);
        }
        xml += fmt::format(
            R"(</hh:margin><hh:lineSpacing type="PERCENT" value="{}" unit="HWPUNIT"/><hh:border borderFillIDRef="2" )"
            R"(offsetLeft="0" offsetRight="0" offsetTop="0" offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>)",
            para.line_spacing);
    }
    return xml + "</hh:paraProperties>";
}

std::string styles() {
    struct Named {
        std::string_view name;
        std::string_view english;
        Para para;
        Char character;
    };
    constexpr std::array<Named, static_cast<std::size_t>(Style::count)> named = {
        {{"바탕글", "Normal", Para::body, Char::body},
         {"본문", "Body", Para::body, Char::body},
         {"개요 1", "Outline 1", Para::heading, Char::heading},
         {"개요 2", "Outline 2", Para::subheading, Char::subheading},
         {"캡션", "Caption", Para::center, Char::caption}}};
    std::string xml = fmt::format(R"(<hh:styles itemCnt="{}">)", named.size());
    for (std::size_t i = 0; i < named.size(); ++i) {
        xml += fmt::format(R"(<hh:style id="{0}" type="PARA" name="{1}" engName="{2}" paraPrIDRef="{3}" )"
                           R"(charPrIDRef="{4}" nextStyleIDRef="{0}" langID="1042" lockForm="0"/>)",
                           i, named[i].name, named[i].english, static_cast<int>(named[i].para),
                           static_cast<int>(named[i].character));
    }
    return xml + "</hh:styles>";
}

}  // namespace

std::string_view namespaces() {
    return R"(xmlns:ha="http://www.hancom.co.kr/hwpml/2011/app" )"
           R"(xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" )"
           R"(xmlns:hp10="http://www.hancom.co.kr/hwpml/2016/paragraph" )"
           R"(xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" )"
           R"(xmlns:hc="http://www.hancom.co.kr/hwpml/2011/core" )"
           R"(xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head" )"
           R"(xmlns:hhs="http://www.hancom.co.kr/hwpml/2011/history" )"
           R"(xmlns:hm="http://www.hancom.co.kr/hwpml/2011/master-page" )"
           R"(xmlns:hpf="http://www.hancom.co.kr/schema/2011/hpf" )"
           R"(xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf/" )"
           R"(xmlns:ooxmlchart="http://www.hancom.co.kr/hwpml/2016/ooxmlchart" )"
           R"(xmlns:hwpunitchar="http://www.hancom.co.kr/hwpml/2016/HwpUnitChar" )"
           R"(xmlns:epub="http://www.idpf.org/2007/ops" )"
           R"(xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0")";
}

std::string header_xml() {
    std::string xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><hh:head )";
    xml += namespaces();
    xml += R"( version="1.4" secCnt="1"><hh:beginNum page="1" footnote="1" endnote="1" pic="1" tbl="1" equation="1"/>)"
           "<hh:refList>";
    xml += font_faces() + border_fills() + char_properties();
    xml += R"(<hh:tabProperties itemCnt="1"><hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/></hh:tabProperties>)"
           R"(<hh:numberings itemCnt="1"><hh:numbering id="1" start="0">)";
    for (int level = 1; level <= 7; ++level) {
        xml += fmt::format(
            R"(<hh:paraHead start="1" level="{0}" align="LEFT" useInstWidth="1" autoIndent="1" widthAdjust="0" )"
            R"(textOffsetType="PERCENT" textOffset="50" numFormat="DIGIT" charPrIDRef="4294967295" )"
            R"(checkable="0">^{0}.</hh:paraHead>)",
            level);
    }
    xml += "</hh:numbering></hh:numberings>";
    xml += para_properties() + styles();
    return xml + R"(</hh:refList><hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/>)"
                 R"(</hh:compatibleDocument><hh:docOption><hh:linkinfo path="" pageInherit="0" footnoteInherit="0"/>)"
                 R"(</hh:docOption><hh:trackchageConfig flags="56"/></hh:head>)";
}

}  // namespace twinfirm::report::hwpx
