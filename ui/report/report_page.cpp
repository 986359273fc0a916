// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextOption>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "report/report_composer.h"
#include "report/report_outline.h"
#include "report/result_export.h"
#include "report/sentence_editor.h"
#include "report/title_form.h"
#include "twinfirm/app/differencing.h"
#include "twinfirm/report/narrative.h"

namespace twinfirm::ui {

ReportPage::ReportPage(OpenStudy& study, const Localization& localization, ResultExport& exporter, QWidget* parent)
    : ResultPage(study, localization, parent),
      exporter_(exporter),
      composer_(new ReportComposer(this)),
      outline_(new ReportOutline(this)),
      kind_label_(new QLabel),
      kind_(new QComboBox),
      language_label_(new QLabel),
      language_box_(new QComboBox),
      earlier_(new QPushButton),
      earlier_name_(new QLabel),
      contents_label_(new QLabel),
      sections_(new QTreeView),
      text_(new QTextBrowser),
      text_above_editor_(new QSplitter(Qt::Vertical)),
      editors_(new QStackedWidget),
      no_editor_(new QLabel),
      titles_(new TitleForm),
      sentence_(new SentenceEditor),
      warnings_(new QLabel),
      export_group_(new QGroupBox),
      report_(new QPushButton),
      chart_label_(new QLabel),
      chart_(new QComboBox),
      save_chart_(new QPushButton),
      folder_(new QPushButton),
      batch_(new QPushButton),
      unprotected_(new QCheckBox) {
    build_choices();
    build_exports();
    build_text();
    const auto changed = [this] {
        fill_choices();
        compose();
    };
    connect(&study, &OpenStudy::report_settings_changed, this, changed);
    connect(&study.jobs(), &JobRunner::started, this, &ReportPage::update_buttons);
    connect(&study.jobs(), &JobRunner::finished, this, &ReportPage::update_buttons);
    connect(composer_, &ReportComposer::composed, this, &ReportPage::show_report);
    connect(composer_, &ReportComposer::pictures_drawn, this, &ReportPage::show_pictures);
    set_up();
}

// The browser lets the text go before it is gone.
ReportPage::~ReportPage() {
    text_->setDocument(nullptr);
}

void ReportPage::build_choices() {
    kind_->setObjectName(QStringLiteral("report_kind"));
    language_box_->setObjectName(QStringLiteral("report_language"));
    for (QComboBox* box : {kind_, language_box_}) box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    kind_label_->setBuddy(kind_);
    language_label_->setBuddy(language_box_);
    earlier_->setObjectName(QStringLiteral("report_earlier"));
    earlier_name_->setObjectName(QStringLiteral("report_earlier_name"));
    earlier_name_->setProperty("part", "description");
    auto* choices = new QHBoxLayout;
    choices->addWidget(kind_label_);
    choices->addWidget(kind_);
    choices->addSpacing(12);
    choices->addWidget(language_label_);
    choices->addWidget(language_box_);
    choices->addSpacing(12);
    choices->addWidget(earlier_);
    choices->addWidget(earlier_name_, 1);
    result_layout()->addLayout(choices);
    connect(kind_, &QComboBox::activated, this, [this](int row) {
        app::ReportChoice choice = this->study().report_choice();
        choice.kind = static_cast<report::ReportKind>(kind_->itemData(row).toInt());
        this->study().set_report_choice(choice);
    });
    connect(language_box_, &QComboBox::activated, this, [this](int row) {
        app::ReportChoice choice = this->study().report_choice();
        const QVariant chosen = language_box_->itemData(row);
        choice.language = chosen.isValid() ? std::optional(static_cast<Language>(chosen.toInt())) : std::nullopt;
        this->study().set_report_choice(choice);
    });
    connect(earlier_, &QPushButton::clicked, this, &ReportPage::choose_earlier);
}

void ReportPage::build_text() {
    sections_->setObjectName(QStringLiteral("report_sections"));
    sections_->setModel(outline_);
    sections_->setHeaderHidden(true);
    sections_->setUniformRowHeights(true);
    sections_->setTextElideMode(Qt::ElideRight);
    sections_->setIndentation(14);
    sections_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    contents_label_->setBuddy(sections_);
    text_->setObjectName(QStringLiteral("report_text"));
    text_->setWordWrapMode(QTextOption::WordWrap);  // a number is never broken: a wide table scrolls instead
    text_->setOpenLinks(false);
    editors_->setObjectName(QStringLiteral("report_editors"));
    no_editor_->setProperty("part", "description");
    no_editor_->setWordWrap(true);
    no_editor_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    for (QWidget* editor : std::initializer_list<QWidget*>{no_editor_, titles_, sentence_}) editors_->addWidget(editor);
    warnings_->setObjectName(QStringLiteral("report_warnings"));
    warnings_->setProperty("part", "warnings");
    warnings_->setWordWrap(true);
    auto* left = new QWidget;
    auto* left_layout = new QVBoxLayout(left);
    left_layout->setContentsMargins(0, 0, 0, 0);
    left_layout->addWidget(contents_label_);
    left_layout->addWidget(sections_, 1);
    auto* right = text_above_editor_;
    right->setChildrenCollapsible(false);
    right->addWidget(text_);
    right->addWidget(editors_);
    right->setStretchFactor(0, 1);
    connect(editors_, &QStackedWidget::currentChanged, this, &ReportPage::fit_editor);
    fit_editor();
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setSizes({230, 590});
    splitter->setStretchFactor(1, 1);
    result_layout()->addWidget(splitter, 1);
    result_layout()->addWidget(warnings_);
    connect(sections_->selectionModel(), &QItemSelectionModel::currentChanged, this, &ReportPage::choose_row);
    connect(outline_, &ReportOutline::part_chosen, this, [this](const QString& name, bool wanted) {
        this->study().set_report_settings(
            with_part(this->study().report_settings(), composer_->report()->whole.parts, name.toStdString(), wanted));
    });
    connect(text_, &QTextBrowser::anchorClicked, this, &ReportPage::follow_link);
    connect(titles_, &TitleForm::edited, &study(), &OpenStudy::set_report_settings);
    connect(sentence_, &SentenceEditor::written, this, &ReportPage::write_sentence);
}

void ReportPage::retranslate_labels() {
    set_heading(tr("6  Report"), tr("Read and edit the report here, then save it with its charts and tables."));
    kind_label_->setText(tr("&Kind"));
    kind_->setAccessibleName(tr("Kind of the report"));
    language_label_->setText(tr("Lan&guage"));
    language_box_->setAccessibleName(tr("Language of the report"));
    fill_choices();
    contents_label_->setText(tr("Contents"));
    sections_->setAccessibleName(tr("Contents of the report: what is checked stands in it"));
    no_editor_->setText(
        tr("Choose the titles or a sentence, here or at the left, to write it anew. Tables and charts "
           "without a check mark are left out."));
    text_->setAccessibleName(tr("Text of the report"));
    export_group_->setTitle(tr("Save"));
    report_->setText(tr("Report…"));
    report_->setToolTip(tr("As PDF, Hancom document, workbook or web page"));
    report_->setAccessibleName(tr("Save the report"));
    chart_label_->setText(tr("C&hart"));
    chart_->setAccessibleName(tr("Chart to save"));
    save_chart_->setText(tr("Save chart…"));
    save_chart_->setAccessibleName(tr("Save the chosen chart"));
    folder_->setText(tr("All results…"));
    folder_->setAccessibleName(tr("Save all results into a folder"));
    batch_->setText(tr("By group…"));
    batch_->setToolTip(
        tr("One report for each region, or for each group of another breakdown, beside the national one"));
    batch_->setAccessibleName(tr("Save a report for each group of a breakdown"));
    unprotected_->setText(tr("Show &hidden…"));
    unprotected_->setToolTip(
        tr("Turns disclosure control off. Needs a reason, which stands in the report and in the "
           "project's record."));
    unprotected_->setAccessibleName(tr("Show the numbers that disclosure control hides"));
}

void ReportPage::fill_choices() {
    const app::ReportChoice& choice = study().report_choice();
    kind_->clear();
    kind_->addItem(tr("Evaluation report"), static_cast<int>(report::ReportKind::evaluation));
    kind_->addItem(tr("Press release tables"), static_cast<int>(report::ReportKind::press_release));
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(choice.kind)));
    language_box_->clear();
    language_box_->addItem(tr("As the window"), QVariant());
    // A language is always named in itself.
    language_box_->addItem(QStringLiteral("한국어"), static_cast<int>(Language::korean));
    language_box_->addItem(QStringLiteral("English"), static_cast<int>(Language::english));
    language_box_->setCurrentIndex(choice.language ? language_box_->findData(static_cast<int>(*choice.language)) : 0);
    const bool compared = !choice.earlier.empty();
    earlier_->setText(compared ? tr("Without comparison") : tr("Earlier result beside it…"));
    earlier_->setToolTip(tr("Sets the result.json of an earlier study beside this one in a chapter of its own"));
    earlier_->setAccessibleName(earlier_->text());
    const QFileInfo earlier(QString::fromStdString(choice.earlier));
    const QString name = QStringLiteral("%1/%2").arg(earlier.dir().dirName(), earlier.fileName());
    earlier_name_->setText(!compared                             ? QString()
                           : study().earlier_result() == nullptr ? tr("%1 (not read)").arg(name)
                                                                 : name);
    earlier_name_->setToolTip(compared ? earlier.filePath() : QString());
}

Language ReportPage::report_language() const {
    return study().report_choice().language.value_or(language());
}

void ReportPage::show_result(const evaluation::Evaluation&) {
    chart_->clear();  // those of another result are not to be saved
    outdated_text_ = true;
    compose();
    update_buttons();
}

void ReportPage::show_charts() {
    const int before = chart_->currentIndex();
    chart_->clear();
    for (const app::NamedChart& chart : shown_->charts) chart_->addItem(QString::fromStdString(chart.chart.title));
    chart_->setCurrentIndex(before >= 0 && before < chart_->count() ? before : 0);
    update_buttons();
}

void ReportPage::showEvent(QShowEvent* event) {
    ResultPage::showEvent(event);
    if (outdated_text_) compose();
}

void ReportPage::compose() {
    outdated_text_ = !isVisible();
    if (!isVisible() || !study().evaluation()) return;
    constexpr int margin = 36;
    composer_->compose({study().evaluation(), study().report_options(), report_language(), text_->font(),
                        text_->viewport()->width() - margin});
}

void ReportPage::show_report() {
    const int place = text_->verticalScrollBar()->value();
    const auto before = std::exchange(shown_, composer_->report());
    const ComposedReport& report = *shown_;
    text_->setDocument(report.text.get());
    show_pictures();
    text_->verticalScrollBar()->setValue(place);
    show_outline();
    show_charts();
    titles_->show_settings(study().report_settings(), report_language(), QString::fromStdString(report.whole.title));
    if (sentence_->sentence()) show_sentence(QString::fromStdString(sentence_->sentence()->key));
    show_warnings();
}

void ReportPage::show_outline() {
    QStringList folded;
    for (int row = 0; row < outline_->rowCount(); ++row) {
        const QModelIndex section = outline_->index(row, 0);
        if (!sections_->isExpanded(section)) folded << section.data().toString();
    }
    const QString anchor = sections_->currentIndex().data(ReportOutline::anchor_role).toString();
    const int former_rows = outline_->rowCount();
    const QPersistentModelIndex former = sections_->currentIndex();
    opening_outline_ = true;
    outline_->show_report(*shown_, tr("Titles and author"));
    if (former_rows > 0 && former.isValid()) {
        opening_outline_ = false;
        return;
    }
    // The rows are new: they open and fold as those before.
    sections_->expandToDepth(0);
    for (int row = 0; row < outline_->rowCount(); ++row) {
        const QModelIndex section = outline_->index(row, 0);
        if (former_rows > 0 && folded.contains(section.data().toString())) sections_->collapse(section);
    }
    const QModelIndexList same = anchor.isEmpty() ? QModelIndexList()
                                                  : outline_->match(outline_->index(0, 0), ReportOutline::anchor_role,
                                                                    anchor, 1, Qt::MatchExactly | Qt::MatchRecursive);
    sections_->setCurrentIndex(same.isEmpty() ? outline_->index(0, 0) : same.front());
    opening_outline_ = false;
    if (former_rows == 0 || same.isEmpty()) editors_->setCurrentWidget(titles_);
}

void ReportPage::show_pictures() {
    // The text keeps a place of the right size for each.
    for (const auto& [name, image] : composer_->pictures()) {
        text_->document()->addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("figure:") + name), image);
    }
    text_->viewport()->update();
}

void ReportPage::show_warnings() {
    QStringList lines;
    Messages messages = composer_->report()->messages;
    if (study().evaluation() && study().earlier_result() != nullptr) {
        // Two results of nearly the same firms tell about the few that differ.
        const Messages differing = app::differencing_messages(*study().evaluation(), *study().earlier_result());
        messages.insert(messages.begin(), differing.begin(), differing.end());
    }
    for (const Message& message : messages) {
        lines << QStringLiteral("! ") + QString::fromStdString(localization().catalogue().text(message));
    }
    constexpr int most = 3;
    const auto more = lines.size() - most;
    if (more > 0) {
        lines = lines.mid(0, most);
        lines << tr("… and %1 more").arg(more);
    }
    warnings_->setText(lines.join(QLatin1Char('\n')));
    warnings_->setVisible(!lines.isEmpty());
}

void ReportPage::choose_row(const QModelIndex& row) {
    if (opening_outline_) return;
    sentence_->commit();
    const auto entry = static_cast<ReportOutline::Entry>(row.data(ReportOutline::entry_role).toInt());
    const QString anchor = row.data(ReportOutline::anchor_role).toString();
    if (!anchor.isEmpty()) text_->scrollToAnchor(anchor);
    if (entry == ReportOutline::Entry::sentence) {
        show_sentence(row.data(ReportOutline::key_role).toString());
    } else {
        editors_->setCurrentWidget(entry == ReportOutline::Entry::titles ? static_cast<QWidget*>(titles_) : no_editor_);
    }
}

/// Only a sentence needs room; the text has what the others leave.
void ReportPage::fit_editor() {
    QWidget* current = editors_->currentWidget();
    for (int i = 0; i < editors_->count(); ++i) {
        QWidget* editor = editors_->widget(i);
        QSizePolicy policy = editor->sizePolicy();
        policy.setVerticalPolicy(editor == current ? QSizePolicy::Preferred : QSizePolicy::Ignored);
        editor->setSizePolicy(policy);
    }
    const QList<int> sizes = text_above_editor_->sizes();
    const int both = sizes[0] + sizes[1];
    const int hint = current->sizeHint().height();
    editors_->setMaximumHeight(current == sentence_ ? QWIDGETSIZE_MAX : hint);
    const int wanted = current == sentence_ ? std::min(hint, both * 2 / 5) : hint;
    text_above_editor_->setSizes({both - wanted, wanted});
}

void ReportPage::follow_link(const QUrl& link) {
    if (link.scheme() != QLatin1String("sentence")) return;
    const QModelIndex row = outline_->index_of(ReportOutline::Entry::sentence, link.path());
    const int place = text_->verticalScrollBar()->value();
    sections_->setCurrentIndex(row);
    text_->verticalScrollBar()->setValue(place);
    if (row.isValid()) sentence_->setFocus();
}

void ReportPage::show_sentence(const QString& key) {
    for (const report::SentenceRecord& sentence : composer_->report()->shown.sentences) {
        if (sentence.key != key.toStdString()) continue;
        sentence_->show_sentence(sentence);
        if (sections_->currentIndex().data(ReportOutline::key_role).toString() == key) {
            editors_->setCurrentWidget(sentence_);
        }
    }
}

void ReportPage::write_sentence(const report::SentenceRecord& sentence, const QString& text) {
    study().set_report_settings(
        with_sentence(study().report_settings(), sentence, text.toStdString(), report_language()));
}

void ReportPage::choose_earlier() {
    if (!study().report_choice().earlier.empty()) {
        app::ReportChoice choice = study().report_choice();
        choice.earlier.clear();
        return study().set_report_choice(choice);
    }
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Result of an earlier study"), {}, tr("Result (result.json *.json)"));
    if (!path.isEmpty()) study().compare_with_earlier(path.toStdString());
}

void ReportPage::update_buttons() {
    const bool idle = !study().jobs().running();
    report_->setEnabled(idle);
    earlier_->setEnabled(idle);
    save_chart_->setEnabled(chart_->count() > 0);
    folder_->setEnabled(idle);
    batch_->setEnabled(idle);
    unprotected_->setEnabled(study().can_run());
    const QSignalBlocker quiet(unprotected_);
    unprotected_->setChecked(!study().specification().disclosure.enabled);
}

QString ReportPage::explanation() const {
    QString html;
    if (const auto& evaluation = study().evaluation()) {
        html += heading(tr("Summary"));
        for (const report::Sentence& sentence : report::summary_sentences(*evaluation, language())) {
            html += paragraph(sentence.text);
        }
    }
    html += heading(tr("What can be edited"));
    html += paragraph(
        tr("Titles, sentences, and which tables and charts stand in the report; no number, caveat or caption. "
           "A rewritten sentence is kept when the numbers change; where the generated one has changed since, "
           "it is marked until you say that it is still right. The report lists what was rewritten."));
    html += heading(tr("What is saved"));
    html +=
        paragraph(tr("The PDF holds text, tables and charts. “All results” writes result.json (every number), the "
                     "tables as CSV, the charts as PNG, SVG and PDF, and the report into one folder."));
    html +=
        paragraph(tr("A report names its design and a fingerprint of the data, so that anybody with the same data can "
                     "compute every number again. The data themselves are not in it."));
    return html;
}

}  // namespace twinfirm::ui
