// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/appearance.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QSettings>

#include "study/user_settings.h"
#include "twinfirm/render/fonts.h"
#include "window/desktop_scheme.h"
#include "window/outlined_style.h"

namespace twinfirm::ui {

namespace {

constexpr int text_pixels = 14;

const QString choice_key = QStringLiteral("color_scheme");
const QStringList choice_names = {QStringLiteral("desktop"), QStringLiteral("light"), QStringLiteral("dark")};

}  // namespace

Status apply_appearance(QApplication& application, Scheme scheme) {
    const Result<QString> family = render::chart_font_family();
    if (!family) return tl::unexpected(family.error());
    QFont font(*family);
    font.setPixelSize(text_pixels);
    application.setFont(font);
    application.setStyle(new OutlinedStyle(scheme));
    application.setPalette(scheme_palette(scheme));
    QFile sheet(QStringLiteral(":/resources/style.qss"));
    if (sheet.open(QIODevice::ReadOnly)) {
        application.setStyleSheet(colored(QString::fromUtf8(sheet.readAll()), scheme));
    }
    return {};
}

SchemeChoice chosen_scheme() {
    const auto place = choice_names.indexOf(user_settings()->value(choice_key).toString());
    return place < 0 ? SchemeChoice::desktop : static_cast<SchemeChoice>(place);
}

void choose_scheme(SchemeChoice choice) {
    user_settings()->setValue(choice_key, choice_names[static_cast<int>(choice)]);
}

Scheme scheme_to_show() {
    switch (chosen_scheme()) {
        case SchemeChoice::light:
            return Scheme::light;
        case SchemeChoice::dark:
            return Scheme::dark;
        case SchemeChoice::desktop:
            break;
    }
    return scheme_of_desktop();
}

}  // namespace twinfirm::ui
