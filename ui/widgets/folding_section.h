// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace twinfirm::ui {

/// A heading with one line of explanation; its contents are shown when it is pressed.
class FoldingSection : public QWidget {
    Q_OBJECT

  public:
    explicit FoldingSection(const QString& name, QWidget* parent = nullptr);

    /// `remark` stands behind the title: that something in here is set, say.
    void set_texts(const QString& title, const QString& explanation, const QString& remark = {});
    void set_open(bool open);
    [[nodiscard]] bool is_open() const;
    /// Where the contents go.
    [[nodiscard]] QWidget* body() { return body_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void show_state();

    QToolButton* header_;
    QLabel* explanation_;
    QWidget* body_;
    QString title_;
};

}  // namespace twinfirm::ui
