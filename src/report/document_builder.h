// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/design/report_settings.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/sentence.h"
#include "words.h"

namespace twinfirm::report {

/// Fills a document from top to bottom: counts chapters, tables and figures, leaves empty ones out, and says a note
/// once for figures of a kind.
class DocumentBuilder {
  public:
    /// Share of a chart's own height that is enough where several follow one another.
    static constexpr double compact = 0.77;

    /// Titles, tables and figures to leave out and rewritten sentences are those of the settings, which must
    /// outlive the builder, as the evaluation must.
    DocumentBuilder(const evaluation::Evaluation& evaluation, Language language, const design::ReportSettings& settings)
        : evaluation_(evaluation), words_(evaluation, language), settings_(settings) {
        document_.language = language;
    }

    [[nodiscard]] const Words& words() const { return words_; }

    /// By the study, unless the settings name the report otherwise; the years of the data below.
    void entitle();
    /// An appendix with the next number.
    void open_appendix(std::string_view code);
    void open_section(int level, std::string number, std::string_view code, const MessageArguments& arguments = {});
    /// A chapter of level 1 with the next number.
    void open_chapter(std::string_view code);

    void add(Block block);
    /// Empty texts are left out.
    void add_bullets(const std::vector<std::string>& texts, int level);
    /// Sentences that may be rewritten, and stand as they were rewritten.
    void add_sentences(const Sentences& sentences, int level);
    void add_table(Table table);
    void add_side_by_side(std::vector<Table> tables);
    /// What the caption and the lines below the figure say is taken out of the drawing; the data are described once, in
    /// the overview. `share` of its usual height is enough where several of its kind follow one another.
    void add_figure(Result<charts::Chart> chart, double share = 1);

    /// Lists the rewritten sentences with what they replaced in a last appendix; the last page says by which version
    /// and specification.
    [[nodiscard]] Document finish();

  private:
    /// Remembers the name of a table or figure; false = it is to be left out.
    bool is_wanted(const std::string& name);
    SentenceRecord written(const Sentence& sentence) const;
    void list_rewritten();
    [[nodiscard]] std::string byline() const;
    /// Notes that already stand below an earlier figure of the kind are not said again.
    std::vector<std::string> new_notes(charts::ChartKind kind, std::vector<std::string> notes);

    struct Noted {
        int figure;  ///< the first of the kind
        std::set<std::string> notes;
    };

    const evaluation::Evaluation& evaluation_;
    Words words_;
    const design::ReportSettings& settings_;
    Document document_;
    int chapter_ = 0;
    int appendix_ = 0;
    int tables_ = 0;
    int figures_ = 0;
    std::map<charts::ChartKind, Noted> noted_;
};

}  // namespace twinfirm::report
