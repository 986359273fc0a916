// SPDX-License-Identifier: GPL-3.0-or-later
// The guide at the page that is open, and the study as files and commands.
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextBrowser>

#include "ui/study_window.h"
#include "window/specification_dialog.h"

namespace twinfirm::ui {
namespace {

class HelpTest : public StudyWindow {};

TEST_F(HelpTest, TheGuideOpensAtTheChapterOfThePage) {
    for (const auto& [language, chapter] :
         {std::pair{Language::korean, "6. 매칭"}, std::pair{Language::english, "6. Matching"}}) {
        localization_.set_language(language);
        window_->show_step(Step::balance);
        find<QAction>("show_guide")->trigger();
        settle();
        const auto* guide = find<QTextBrowser>("guide");
        ASSERT_NE(guide, nullptr);
        EXPECT_TRUE(guide->isVisible());
        EXPECT_TRUE(guide->textCursor().block().text().startsWith(QString::fromUtf8(chapter)))
            << guide->textCursor().block().text().toStdString();
        EXPECT_FALSE(guide->document()->toPlainText().contains(QStringLiteral("```")));
    }
}

TEST_F(HelpTest, TheStudyIsShownAsJsonAndCommands) {
    open_sample();
    find<QAction>("show_specification")->trigger();
    settle();
    const QString json = find<QPlainTextEdit>("specification_json")->toPlainText();
    const auto study = design::study_from_json(json.toStdString());
    ASSERT_TRUE(study.has_value());
    EXPECT_TRUE(study->specification == window_->study().specification());
    ASSERT_EQ(study->files.size(), 3);
    EXPECT_EQ(study->files[0].plan, "firms.plan.json");
    const QString commands = find<QPlainTextEdit>("specification_commands")->toPlainText();
    EXPECT_EQ(commands.count(QStringLiteral("twinfirm-cli import ")), 3);
    EXPECT_TRUE(commands.contains(QStringLiteral("twinfirm-cli run study.json --project 'study.twinfirm'")));

    find<QTabWidget>("specification_tabs")->setCurrentIndex(1);
    find<QPushButton>("specification_copy")->click();
    EXPECT_EQ(QApplication::clipboard()->text(), commands);
}

}  // namespace
}  // namespace twinfirm::ui
