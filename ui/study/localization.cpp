// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/localization.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>

namespace twinfirm::ui {

Localization::Localization(Language language, QObject* parent) : QObject(parent), language_(language) {
    set_language(language);
}

Localization::~Localization() {
    QCoreApplication::removeTranslator(&window_texts_);
    QCoreApplication::removeTranslator(&qt_texts_);
}

void Localization::set_language(Language language) {
    language_ = language;
    const QString tag = language == Language::korean ? QStringLiteral("ko") : QStringLiteral("en");
    QLocale::setDefault(QLocale(language == Language::korean ? QLocale::Korean : QLocale::English));
    QCoreApplication::removeTranslator(&window_texts_);
    QCoreApplication::removeTranslator(&qt_texts_);
    // Qt's own texts come with the system; without them its dialogs stay English.
    if (qt_texts_.load(QStringLiteral("qtbase_") + tag, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qt_texts_);
    }
    if (window_texts_.load(QStringLiteral(":/i18n/twinfirm_") + tag + QStringLiteral(".qm"))) {
        QCoreApplication::installTranslator(&window_texts_);
    }
}

QString Localization::text(std::string_view code, const MessageArguments& arguments) const {
    return QString::fromStdString(catalogue().text(code, arguments));
}

QString Localization::text(const Error& error) const {
    QString result = QString::fromStdString(catalogue().text(error));
    if (!error.file.empty()) {
        QString place = QFileInfo(QString::fromStdString(error.file)).fileName();
        if (error.line > 0) place += QStringLiteral(":%1").arg(error.line);
        if (error.column > 0) place += QStringLiteral(":%1").arg(error.column);
        result += QStringLiteral(" [%1]").arg(place);
    }
    return result;
}

QString Localization::text(const LocalizedText& text) const {
    return QString::fromStdString(text.in(language_));
}

}  // namespace twinfirm::ui
