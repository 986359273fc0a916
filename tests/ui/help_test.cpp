// SPDX-License-Identifier: GPL-3.0-or-later
// The guide at the page that is open, and the study as files and commands.
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QImage>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <QXmlStreamReader>
#include <filesystem>

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

TEST_F(HelpTest, EveryPictureOfTheGuideIsThere) {
    for (const char* language : {"ko", "en"}) {
        QFile file(QStringLiteral(":/guide/user-guide.%1.md").arg(QString::fromLatin1(language)));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        static const QRegularExpression picture(QStringLiteral("!\\[[^\\]]+\\]\\(([^)]+)\\)"));
        int pictures = 0;
        for (auto found = picture.globalMatch(text); found.hasNext();) {
            const QString name = found.next().captured(1);
            EXPECT_FALSE(QImage(QStringLiteral(":/guide/") + name).isNull()) << name.toStdString();
            EXPECT_TRUE(name.contains(QStringLiteral(".%1.").arg(QString::fromLatin1(language)))) << name.toStdString();
            ++pictures;
        }
        EXPECT_GE(pictures, 8);
        // Emphasis that Markdown would not take for one.
        EXPECT_FALSE(text.contains(QRegularExpression(QStringLiteral("[….)”]\\*\\*[가-힣]")))) << language;
    }
}

/// What stands on the window's buttons, menus, tabs and headings, without access keys and dots.
QString bare_label(QString text) {
    static const QRegularExpression key(QStringLiteral("\\(&[A-Z]\\)"));
    static const QRegularExpression end(QStringLiteral("(…|:|\\.)$"));
    return text.remove(key).remove(QLatin1Char('&')).remove(end).trimmed();
}

/// The labels in that language.
QSet<QString> labels_of(const char* element) {
    QSet<QString> labels;
    QFile file(QString::fromStdString(
        (std::filesystem::path(TWINFIRM_SOURCE_DIR) / "ui/translations/twinfirm_ko.ts").string()));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String(element)) {
            labels.insert(bare_label(xml.readElementText()));
        }
    }
    return labels;
}

// In the guides' chapters about the window, bold words are labels of the window. (At the head of an item of a list,
// with a colon or a full stop, they say what the item is about.)
TEST_F(HelpTest, WhatTheGuidesNameStandsInTheWindow) {
    for (const auto& [language, element] : {std::pair{"ko", "translation"}, std::pair{"en", "source"}}) {
        const QSet<QString> labels = labels_of(element);
        QFile file(QStringLiteral(":/guide/user-guide.%1.md").arg(QString::fromLatin1(language)));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        QString text = QString::fromUtf8(file.readAll());
        text.remove(QRegularExpression(QStringLiteral("```.*?```"), QRegularExpression::DotMatchesEverythingOption));
        text.remove(QRegularExpression(QStringLiteral("`[^`\n]*`")));
        text.remove(QRegularExpression(QStringLiteral("^( *- | *\\d\\. )\\*\\*[^*]+(\\*\\*:|\\.\\*\\*)"),
                                       QRegularExpression::MultilineOption));
        int named = 0;
        for (const QString& chapter : text.split(QStringLiteral("\n## "))) {
            static const QRegularExpression of_window(QStringLiteral("^(2|3|5|6|7|8|9|14)\\."));
            if (!of_window.match(chapter).hasMatch()) continue;
            static const QRegularExpression bold(QStringLiteral("\\*\\*([^*]+)\\*\\*"));
            for (auto found = bold.globalMatch(chapter); found.hasNext();) {
                for (const QString& label : found.next().captured(1).simplified().split(QStringLiteral(" → "))) {
                    EXPECT_TRUE(labels.contains(bare_label(label))) << language << ": " << label.toStdString();
                    ++named;
                }
            }
        }
        EXPECT_GT(named, 30) << language;
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

TEST_F(HelpTest, PartsAreNamedWithVersionsAndLicences) {
    find<QAction>("show_about")->trigger();
    settle();
    const auto* parts = find<QAbstractItemView>("about_parts")->model();
    ASSERT_GT(parts->rowCount(), 14);
    for (int row = 0; row < parts->rowCount(); ++row) {
        const QString name = parts->index(row, 0).data().toString();
        const QString version = parts->index(row, 1).data().toString();
        EXPECT_TRUE(version.isEmpty() ? name == QLatin1String("NanumBarunGothic") : version.front().isDigit())
            << name.toStdString() << " " << version.toStdString();
        EXPECT_FALSE(parts->index(row, 2).data().toString().isEmpty()) << name.toStdString();
    }
}

TEST_F(HelpTest, AnotherWindowHasAStudyOfItsOwn) {
    open_sample();
    find<QAction>("new_window")->trigger();
    settle();
    MainWindow* other = nullptr;
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        auto* window = qobject_cast<MainWindow*>(widget);
        if (window != nullptr && window != window_.get()) other = window;
    }
    ASSERT_NE(other, nullptr);
    EXPECT_TRUE(other->isVisible());
    EXPECT_TRUE(other->study().files().empty());
    EXPECT_EQ(window_->study().files().size(), 3u);
    other->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

TEST_F(HelpTest, AProjectThatIsOpenElsewhereCanBeLookedAt) {
    open_sample();
    const auto path = folder() / "shared.twinfirm";
    window_->study().save_project_as(path);
    ASSERT_TRUE(wait_for_jobs());
    MainWindow second(localization_);
    second.study().open_project(path);
    ASSERT_TRUE(wait_for([&] { return !second.study().jobs().running(); }));
    EXPECT_TRUE(second.study().read_only());
    EXPECT_TRUE(second.windowTitle().contains(QStringLiteral("읽기 전용"))) << second.windowTitle().toStdString();
    EXPECT_FALSE(second.study().can_lock());
    const QString told = second.findChild<QPlainTextEdit*>(QStringLiteral("message_text"))->toPlainText();
    EXPECT_FALSE(told.isEmpty());
    EXPECT_EQ(second.study().stored_tables().size(), 3u);
    EXPECT_TRUE(second.study().can_run());
}

}  // namespace
}  // namespace twinfirm::ui
