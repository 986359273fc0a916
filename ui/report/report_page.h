// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <memory>

#include "twinfirm/report/document.h"
#include "widgets/result_page.h"

class QCheckBox;
class QComboBox;
class QGroupBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTextBrowser;
class QTreeView;
class QUrl;

namespace twinfirm::ui {

struct ComposedReport;
class ReportComposer;
class ReportOutline;
class ResultExport;
class SentenceEditor;
class TitleForm;

/// Step 6: the report as it will be, to be edited and taken out: its kind and language, titles, sentences, tables and
/// charts; an earlier result beside this one; as a file, single charts, all results.
class ReportPage : public ResultPage {
    Q_OBJECT

  public:
    ReportPage(OpenStudy& study, const Localization& localization, ResultExport& exporter, QWidget* parent = nullptr);
    ~ReportPage() override;

    [[nodiscard]] QString explanation() const override;
    /// Asks for a place and writes there.
    void export_report();
    void export_chart();
    void export_folder();
    void export_batch();
    void print_report();

  protected:
    void show_result(const evaluation::Evaluation& evaluation) override;
    void retranslate_labels() override;
    void showEvent(QShowEvent* event) override;

  private:
    void build_choices();
    void build_exports();
    void build_text();
    void fill_choices();
    void update_buttons();
    /// Orders the text of the present result, settings and choice.
    void compose();
    void show_report();
    void show_outline();
    void show_pictures();
    void show_warnings();
    void show_charts();
    void choose_row(const QModelIndex& row);
    void follow_link(const QUrl& link);
    void show_sentence(const QString& key);
    void fit_editor();
    void write_sentence(const report::SentenceRecord& sentence, const QString& text);
    void choose_earlier();
    /// Asks why, and computes the result anew without disclosure control; or with it again.
    void override_disclosure(bool open);
    [[nodiscard]] Language report_language() const;
    /// False: the result is out of date, and that was said.
    [[nodiscard]] bool may_export();

    ResultExport& exporter_;
    ReportComposer* composer_;
    ReportOutline* outline_;
    QLabel* kind_label_;
    QComboBox* kind_;
    QLabel* language_label_;
    QComboBox* language_box_;
    QPushButton* earlier_;
    QLabel* earlier_name_;
    QLabel* contents_label_;
    QTreeView* sections_;
    QTextBrowser* text_;
    QSplitter* text_above_editor_;
    QStackedWidget* editors_;
    QLabel* no_editor_;
    TitleForm* titles_;
    SentenceEditor* sentence_;
    QLabel* warnings_;
    QGroupBox* export_group_;
    QPushButton* report_;
    QLabel* chart_label_;
    QComboBox* chart_;
    QPushButton* save_chart_;
    QPushButton* folder_;
    QPushButton* batch_;
    QCheckBox* unprotected_;
    std::shared_ptr<const ComposedReport> shown_;  ///< holds the text that the browser shows
    bool opening_outline_ = false;
    bool outdated_text_ = false;  ///< something was set while the page was not seen
};

}  // namespace twinfirm::ui
