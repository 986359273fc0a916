// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/html_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/evaluation_fixture.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(HtmlWriter, EscapesEveryText) {
    Document document;
    document.title = "<script>alert(\"a\") & b";
    document.sections = {{1, "1.", "<b>", {Paragraph{"x < y"}, BulletList{{{0, "<i>"}}}}}};
    const std::string html = document_to_html(document);
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&quot;a&quot;) &amp; b"));
    EXPECT_THAT(html, HasSubstr("□ &lt;i&gt;"));
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
}

TEST(HtmlWriter, WritesTheWholeReportIntoOneFile) {
    const std::string html = document_to_html(build_report(testing::small_evaluation(), Language::korean));
    EXPECT_EQ(count(html, "<table>"), count(html, "</table>"));
    EXPECT_EQ(count(html, "<tr>"), count(html, "</tr>"));
    EXPECT_THAT(html, HasSubstr("&lt;표 2&gt; 분석 대상 기업의 흐름"));
    EXPECT_THAT(html, HasSubstr("[그림 1]"));
    EXPECT_THAT(html, HasSubstr("△43.5<br>[△44.5, △42.5]"));
    EXPECT_THAT(html, HasSubstr("colspan=\"4\""));
    EXPECT_THAT(html, Not(HasSubstr("http")));
}

TEST(HtmlWriter, PutsADrawingInPlaceOfTheNumbers) {
    const Document document = build_report(testing::small_evaluation(), Language::korean);
    const std::string html = document_to_html(document, {{"love_plot", "<svg id=\"love\"></svg>"}});
    EXPECT_EQ(count(html, "<svg id=\"love\"></svg>"), 1u);
    EXPECT_EQ(count(html, "<table>") + 1, count(document_to_html(document), "<table>"));
}

}  // namespace
}  // namespace twinfirm::report
