// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace twinfirm::ui {

/// A read-only table whose selected cells, even a single number, can be copied as tab-separated text.
class TableView : public QTableView {
    Q_OBJECT

  public:
    explicit TableView(QWidget* parent = nullptr);

    [[nodiscard]] QString selected_text() const;
    void copy_selection() const;
    /// Column widths by contents, but none so wide that the others vanish.
    void fit_columns(int widest = 260);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
};

}  // namespace twinfirm::ui
