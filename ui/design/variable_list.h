// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <QStringList>
#include <vector>

#include "study/localization.h"
#include "twinfirm/app/variable_roles.h"

class QMimeData;

namespace twinfirm::ui {

/// What a variable can be made of in the design.
enum class VariableRole { covariate, exact, outcome, breakdown };

/// The variables of the stored tables, to be dragged onto the fields of the design; Enter, a double click or the menu
/// key offers the same roles as a menu.
class VariableList : public QListWidget {
    Q_OBJECT

  public:
    explicit VariableList(const Localization& localization, QWidget* parent = nullptr);

    void set_variables(const std::vector<app::VariableRoles>& variables, const design::Specification& specification);
    void retranslate();

    /// Names of the variables that are being dragged; empty for anything else.
    [[nodiscard]] static QStringList dragged(const QMimeData* data);

  Q_SIGNALS:
    void role_chosen(const QStringList& names, twinfirm::ui::VariableRole role);

  protected:
    [[nodiscard]] QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    [[nodiscard]] QStringList names(const QList<QListWidgetItem*>& items) const;
    void offer_roles(const QPoint& place);

    const Localization& localization_;
    std::vector<app::VariableRoles> variables_;
};

/// Whether the variable can have that role.
[[nodiscard]] bool can_be(const app::VariableRoles& variable, VariableRole role);

}  // namespace twinfirm::ui
