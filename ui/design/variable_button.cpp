// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/variable_button.h"

#include <QMenu>
#include <algorithm>

#include "twinfirm/app/column_field.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::ui {

QString variable_text(const design::Specification& specification, const std::string& term, Language language) {
    const QString label = QString::fromStdString(design::term_label(specification, term, language));
    const QString name = QString::fromStdString(term);
    return label == name ? name : QStringLiteral("%1 — %2").arg(label, name);
}

VariableButton::VariableButton(const char* name, bool logarithms, const Localization& localization, QWidget* parent)
    : QPushButton(parent), localization_(localization), menu_(new QMenu(this)), logarithms_(logarithms) {
    setObjectName(QString::fromLatin1(name));
    menu_->setObjectName(objectName() + QStringLiteral("_menu"));
    setMenu(menu_);
}

void VariableButton::set_variables(const std::vector<std::string>& names, const std::vector<std::string>& chosen,
                                   const design::Specification& specification) {
    menu_->clear();
    const auto offer = [&](const std::string& term) {
        if (std::find(chosen.begin(), chosen.end(), term) != chosen.end()) return;
        const QString name = QString::fromStdString(term);
        QString text = variable_text(specification, term, localization_.language());
        QAction* action = menu_->addAction(text.replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, name] { Q_EMIT this->chosen(name); });
    };
    for (const std::string& name : names) {
        const app::CanonicalField* field = app::find_canonical_field(name);
        const bool amount = field != nullptr && (field->type == "money" || field->type == "count");
        if (logarithms_ && amount) offer("log(" + name + ")");
        offer(name);
    }
    setEnabled(!menu_->isEmpty());
}

}  // namespace twinfirm::ui
