// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QStringList>

#include "study/localization.h"
#include "twinfirm/design/specification.h"

class QMenu;

namespace twinfirm::ui {

/// `매출액 — sales`, or the name alone where it has no other.
[[nodiscard]] QString variable_text(const design::Specification& specification, const std::string& term,
                                    Language language);

/// Offers the variables of the stored tables by name, so that nobody has to remember how a column is called.
class VariableButton : public QPushButton {
    Q_OBJECT

  public:
    /// @param name        of the widget
    /// @param logarithms  offers log(x) of the panel's amounts too
    VariableButton(const char* name, bool logarithms, const Localization& localization, QWidget* parent = nullptr);

    /// Those that are chosen are not offered again; disabled without any.
    void set_variables(const std::vector<std::string>& names, const std::vector<std::string>& chosen,
                       const design::Specification& specification);

  Q_SIGNALS:
    void chosen(const QString& term);

  private:
    const Localization& localization_;
    QMenu* menu_;
    bool logarithms_;
};

}  // namespace twinfirm::ui
