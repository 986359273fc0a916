// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/field_error.h"

#include <QStringList>
#include <utility>

namespace twinfirm::ui {

FieldError::FieldError(QWidget& field, std::string key, QWidget* parent)
    : QLabel(parent), field_(field), key_(std::move(key)) {
    setObjectName(field.objectName() + QStringLiteral("_error"));
    setProperty("part", "field_error");
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    hide();
}

bool FieldError::concerns(const Error& error) const {
    const auto key = error.arguments.find("key");
    if (key == error.arguments.end()) return false;
    return key->second == key_ || key->second.starts_with(key_ + "/");
}

bool FieldError::show_errors(const std::vector<Error>& errors, const Localization& localization) {
    QStringList lines;
    for (const Error& error : errors) {
        if (!concerns(error)) continue;
        lines << localization.text(error);
        const QString hint = QString::fromStdString(localization.catalogue().hint(error));
        if (!hint.isEmpty() && !lines.contains(hint)) lines << hint;
    }
    setText(lines.join(QLatin1Char('\n')));
    setVisible(!lines.isEmpty());
    field_.setAccessibleDescription(text());
    return !lines.isEmpty();
}

}  // namespace twinfirm::ui
