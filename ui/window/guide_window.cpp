// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/guide_window.h"

#include <QFile>
#include <QImage>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>
#include <QUrl>
#include <array>

namespace twinfirm::ui {

namespace {

constexpr int margin = 22;
constexpr int picture_width = 760;

}  // namespace

GuideWindow::GuideWindow(QWidget* parent) : QTextBrowser(parent) {
    setWindowFlag(Qt::Window);
    setObjectName(QStringLiteral("guide"));
    setOpenLinks(false);  // nothing is ever fetched
    setSearchPaths({QStringLiteral(":/guide")});
    resize(860, 720);
}

void GuideWindow::load(Language language) {
    QFile file(
        QStringLiteral(":/guide/user-guide.%1.md").arg(QString::fromStdString(std::string(language_tag(language)))));
    if (!file.open(QIODevice::ReadOnly)) return;
    document()->setMarkdown(QString::fromUtf8(file.readAll()), QTextDocument::MarkdownDialectGitHub);
    set_margins();
    setWindowTitle(tr("TwinFirm user guide"));
    setAccessibleName(windowTitle());
    loaded_ = language;
}

QVariant GuideWindow::loadResource(int type, const QUrl& name) {
    if (type != QTextDocument::ImageResource) return QTextBrowser::loadResource(type, name);
    const QImage picture(QStringLiteral(":/guide/") + name.path());
    return picture.width() > picture_width ? picture.scaledToWidth(picture_width, Qt::SmoothTransformation) : picture;
}

/// Markdown comes without any.
void GuideWindow::set_margins() {
    document()->setDocumentMargin(margin);
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format;
        format.setTopMargin(block.blockFormat().headingLevel() > 0 ? margin : 0);
        format.setBottomMargin(block.textList() != nullptr || QTextCursor(block).currentTable() != nullptr ? 2 : 8);
        QTextCursor(block).mergeBlockFormat(format);
    }
}

void GuideWindow::scroll_to_chapter(int number) {
    const QString beginning = QStringLiteral("%1. ").arg(number);
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() != 2 || !block.text().startsWith(beginning)) continue;
        QTextCursor cursor(block);
        setTextCursor(cursor);
        verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect(cursor).top());
        return;
    }
}

void GuideWindow::show_step(Step step, Language language) {
    if (loaded_ != language) load(language);
    show();
    raise();
    activateWindow();
    // data, design, balance, effects, breakdowns, report, survey
    constexpr std::array<int, step_count> chapters = {3, 5, 6, 7, 8, 9, 14};
    scroll_to_chapter(chapters[static_cast<std::size_t>(step)]);
}

}  // namespace twinfirm::ui
