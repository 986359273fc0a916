// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <functional>
#include <utility>

namespace twinfirm::ui {

/// A read-only table whose selected cells, even a single number, can be copied: as tab-separated text for a worksheet,
/// and as a table for a document, several cells with their headings.
class TableView : public QTableView {
    Q_OBJECT

  public:
    explicit TableView(QWidget* parent = nullptr);

    [[nodiscard]] QString selected_text() const;
    [[nodiscard]] QString selected_html() const;
    void copy_selection() const;
    /// Offers sorting by a column: a click on its title, or the menu at a cell of it.
    void set_sortable(bool sortable);
    /// Asked before anything is copied; false = nothing is.
    void set_copy_check(std::function<bool()> may_copy) { may_copy_ = std::move(may_copy); }
    /// Column widths by contents, but none so wide that the others vanish.
    void fit_columns(int widest = 260);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    /// By rows.
    [[nodiscard]] QModelIndexList selected_cells() const;

    void sort_by(int column, Qt::SortOrder order);

    std::function<bool()> may_copy_;
    bool sortable_ = false;
};

}  // namespace twinfirm::ui
