// SPDX-License-Identifier: GPL-3.0-or-later
// The report, edited on its page.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>
#include <algorithm>

#include "report/report_outline.h"
#include "twinfirm/base/atomic_file.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

using Entry = ReportOutline::Entry;

class ReportPageTest : public StudyWindow {
  protected:
    void show_report() {
        open_sample();
        run();
        window_->show_step(Step::report);
        settle();
        ASSERT_GT(outline()->rowCount(), 5);
    }
    ReportOutline* outline() { return window_->findChild<ReportOutline*>(); }
    QString text() { return find<QTextBrowser>("report_text")->toPlainText(); }
    const design::ReportSettings& settings() { return window_->study().report_settings(); }

    const report::SentenceRecord& sentence(std::size_t place) {
        return window_->findChild<ReportComposer*>()->report()->shown.sentences.at(place);
    }
    void choose(Entry entry, const std::string& key) {
        const QModelIndex row = outline()->index_of(entry, QString::fromStdString(key));
        ASSERT_TRUE(row.isValid()) << key;
        find<QTreeView>("report_sections")->setCurrentIndex(row);
        settle();
    }
    /// As if typed: the page takes it over after a pause.
    void write(const QString& sentence) {
        find<QPlainTextEdit>("sentence_text")->setPlainText(sentence);
        ASSERT_TRUE(wait_for([&] { return text().contains(sentence); }));
    }
    void choose(const char* box, int value) {
        auto* combo = find<QComboBox>(box);
        combo->setCurrentIndex(combo->findData(value));
        Q_EMIT combo->activated(combo->currentIndex());
        settle();
    }
};

TEST_F(ReportPageTest, ASentenceIsRewrittenAndMarked) {
    show_report();
    const QAbstractItemModelTester tester(outline(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    const report::SentenceRecord first = sentence(0);
    choose(Entry::sentence, first.key);
    EXPECT_EQ(find<QPlainTextEdit>("sentence_text")->toPlainText().toStdString(), first.generated);
    EXPECT_FALSE(find<QPushButton>("sentence_back")->isEnabled());

    write(QStringLiteral("우리가 쓴 문장이다."));
    ASSERT_EQ(settings().sentences.size(), 1u);
    EXPECT_EQ(settings().sentences.front().key, first.key);
    EXPECT_EQ(settings().sentences.front().ko.replaces, first.generated);
    EXPECT_TRUE(settings().sentences.front().en.text.empty());
    EXPECT_TRUE(text().contains(QStringLiteral("✎ 우리가 쓴 문장이다.")));
    EXPECT_TRUE(window_->study().result_is_current());
    EXPECT_TRUE(find<QLabel>("sentence_generated")->text().contains(QString::fromStdString(first.generated)));

    window_->study().history().undo();
    settle();
    EXPECT_TRUE(settings().sentences.empty());
    EXPECT_TRUE(text().contains(QString::fromStdString(first.generated)));
    window_->study().history().redo();
    settle();
    find<QPushButton>("sentence_back")->click();
    settle();
    EXPECT_TRUE(settings().sentences.empty());
}

TEST_F(ReportPageTest, ALinkInTheTextOpensItsSentence) {
    show_report();
    const report::SentenceRecord second = sentence(1);
    Q_EMIT find<QTextBrowser>("report_text")->anchorClicked(QUrl(QStringLiteral("sentence:") + second.key.c_str()));
    settle();
    EXPECT_EQ(find<QPlainTextEdit>("sentence_text")->toPlainText().toStdString(), second.written);
    EXPECT_TRUE(find<QPlainTextEdit>("sentence_text")->isVisible());
}

TEST_F(ReportPageTest, AChangedNumberIsWarnedOfUntilItIsAccepted) {
    show_report();
    const report::SentenceRecord first = sentence(0);
    design::ReportSettings edited;
    edited.sentences = {{first.key, {"고친 문장이다.", "예전 수치로 만든 문장"}, {}}};
    window_->study().set_report_settings(edited);
    settle();
    EXPECT_TRUE(text().contains(QStringLiteral("! 고친 문장이다.")));
    const auto* warnings = find<QLabel>("report_warnings");
    EXPECT_TRUE(warnings->isVisible());
    EXPECT_TRUE(warnings->text().contains(QString::fromStdString(first.key))) << warnings->text().toStdString();
    choose(Entry::sentence, first.key);
    EXPECT_TRUE(find<QLabel>("sentence_warning")->isVisible());
    auto* keep = find<QPushButton>("sentence_keep");
    ASSERT_TRUE(keep->isVisible());
    keep->click();
    settle();
    EXPECT_EQ(settings().sentences.front().ko.replaces, first.generated);
    EXPECT_FALSE(warnings->isVisible());
    EXPECT_TRUE(text().contains(QStringLiteral("✎ 고친 문장이다.")));
}

TEST_F(ReportPageTest, TablesAndChartsAreTakenOutAndPutBack) {
    show_report();
    const auto shown = window_->findChild<ReportComposer*>()->report();
    const QString caption = QStringLiteral("공변량 균형");
    const QModelIndex row = outline()->index_of(Entry::part, QStringLiteral("love_plot"));
    ASSERT_TRUE(row.isValid());
    EXPECT_EQ(row.data(Qt::CheckStateRole).toInt(), Qt::Checked);
    const auto before = text().count(QStringLiteral("[그림 "));
    const QModelIndex folded = outline()->index(1, 0);
    find<QTreeView>("report_sections")->collapse(folded);
    outline()->setData(row, Qt::Unchecked, Qt::CheckStateRole);
    settle();
    EXPECT_EQ(settings().leave_out, std::vector<std::string>{"love_plot"});
    EXPECT_LT(text().count(QStringLiteral("[그림 ")), before);
    const QModelIndex again = outline()->index_of(Entry::part, QStringLiteral("love_plot"));
    ASSERT_TRUE(again.isValid());
    EXPECT_EQ(again.data(Qt::CheckStateRole).toInt(), Qt::Unchecked);
    outline()->setData(again, Qt::Checked, Qt::CheckStateRole);
    settle();
    EXPECT_TRUE(settings().leave_out.empty());
    EXPECT_EQ(text().count(QStringLiteral("[그림 ")), before);
    EXPECT_FALSE(find<QTreeView>("report_sections")->isExpanded(outline()->index(1, 0)));
}

TEST_F(ReportPageTest, AListOfPartsToShowBecomesOneOfPartsToLeaveOut) {
    design::ReportSettings only;
    only.only = {"a", "b"};
    const design::ReportSettings fewer = with_part(only, {"a", "b", "c"}, "b", false);
    EXPECT_TRUE(fewer.only.empty());
    EXPECT_EQ(fewer.leave_out, (std::vector<std::string>{"c", "b"}));
    EXPECT_EQ(with_part(fewer, {"a", "b", "c"}, "c", true).leave_out, std::vector<std::string>{"b"});
}

TEST_F(ReportPageTest, TitlesAreThoseOfTheAnalyst) {
    show_report();
    find<QTreeView>("report_sections")->setCurrentIndex(outline()->index(0, 0));
    settle();
    auto* title = find<QLineEdit>("report_title");
    ASSERT_TRUE(title->isVisible());
    title->setText(QStringLiteral("우리 부처의 보고서"));
    find<QLineEdit>("report_organisation")->setText(QStringLiteral("통계과"));
    find<QLineEdit>("report_date")->setText(QStringLiteral("2019-05-23"));
    Q_EMIT title->editingFinished();
    settle();
    EXPECT_EQ(settings().title.ko, "우리 부처의 보고서");
    EXPECT_TRUE(settings().title.en.empty());
    EXPECT_TRUE(text().startsWith(QStringLiteral("우리 부처의 보고서")));
    EXPECT_TRUE(text().contains(QStringLiteral("통계과 · 2019. 5. 23.")));
    find<QLineEdit>("report_date")->setText(QStringLiteral("2019-13-23"));
    Q_EMIT title->editingFinished();
    EXPECT_EQ(settings().date, "2019-05-23");
}

TEST_F(ReportPageTest, KindLanguageAndAnEarlierResultAreChosen) {
    show_report();
    const QString usual = text();
    const auto out = folder() / "earlier";
    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    window_->result_export().write_folder(out);
    ASSERT_TRUE(wait_for([&] { return finished.count() == 1; }, 300000));
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_TRUE(std::filesystem::exists(out / "sentences.json"));

    window_->study().compare_with_earlier(out / "result.json");
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_TRUE(outline()->index_of(Entry::part, QStringLiteral("earlier_headlines")).isValid());
    EXPECT_TRUE(find<QLabel>("report_earlier_name")->text().endsWith(QStringLiteral("earlier/result.json")));
    find<QPushButton>("report_earlier")->click();
    settle();
    EXPECT_FALSE(outline()->index_of(Entry::part, QStringLiteral("earlier_headlines")).isValid());

    choose("report_kind", static_cast<int>(report::ReportKind::press_release));
    EXPECT_NE(text(), usual);
    choose("report_language", static_cast<int>(Language::english));
    EXPECT_TRUE(text().contains(QStringLiteral("Table 1")));
    // What is taken out is what is seen.
    const auto path = folder() / "press.html";
    window_->result_export().write_report(path);
    ASSERT_TRUE(wait_for([&] { return finished.count() == 2; }, 300000));
    const std::string html = read_whole_file(path).value();
    for (const report::SentenceRecord& shown : window_->findChild<ReportComposer*>()->report()->shown.sentences) {
        EXPECT_NE(html.find(shown.written.substr(0, 12)), std::string::npos) << shown.written;
    }
}

TEST_F(ReportPageTest, ACancelledExportLeavesTheFolderAsItWas) {
    show_report();
    const auto out = folder() / "out";
    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    QElapsedTimer clock;
    QMetaObject::Connection once;
    once = QObject::connect(&window_->study().jobs(), &JobRunner::progressed, window_.get(),
                            [&](const QString&, double done) {
                                if (done < 0.1 || clock.isValid()) return;
                                clock.start();
                                find<QPushButton>("job_cancel")->click();
                                EXPECT_FALSE(find<QPushButton>("job_cancel")->isEnabled());
                            });
    window_->result_export().write_folder(out);
    ASSERT_TRUE(wait_for([&] { return finished.count() == 1; }, 300000));
    ASSERT_TRUE(clock.isValid());
    EXPECT_LT(clock.elapsed(), 2000);  // measured when the machine is quiet: window_benchmark
    EXPECT_TRUE(finished.front().front().toString().isEmpty());
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_EQ(errors_.front().code, "cancelled");
    EXPECT_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace twinfirm::ui
