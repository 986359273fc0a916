// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/appearance.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QPalette>
#include <QString>
#include <QStyleFactory>

#include "twinfirm/render/fonts.h"

namespace twinfirm::ui {

namespace {

constexpr int text_pixels = 14;

QPalette light_palette() {
    QPalette palette;
    const QColor text(0x22, 0x26, 0x2B);
    palette.setColor(QPalette::Window, QColor(0xFF, 0xFF, 0xFF));
    palette.setColor(QPalette::Base, QColor(0xFF, 0xFF, 0xFF));
    palette.setColor(QPalette::AlternateBase, QColor(0xF6, 0xF8, 0xFA));
    palette.setColor(QPalette::Button, QColor(0xF4, 0xF6, 0xF8));
    palette.setColor(QPalette::ToolTipBase, QColor(0xFF, 0xFF, 0xF0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, QColor(0x8A, 0x90, 0x98));
    }
    palette.setColor(QPalette::PlaceholderText, QColor(0x6B, 0x72, 0x7B));
    palette.setColor(QPalette::Highlight, QColor(0xD6, 0xE4, 0xF5));
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, QColor(0x15, 0x65, 0xC0));
    return palette;
}

}  // namespace

Status apply_appearance(QApplication& application) {
    const Result<QString> family = render::chart_font_family();
    if (!family) return tl::unexpected(family.error());
    QFont font(*family);
    font.setPixelSize(text_pixels);
    application.setFont(font);
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(light_palette());
    QFile sheet(QStringLiteral(":/resources/style.qss"));
    if (sheet.open(QIODevice::ReadOnly)) application.setStyleSheet(QString::fromUtf8(sheet.readAll()));
    return {};
}

}  // namespace twinfirm::ui
