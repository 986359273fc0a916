// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QLabel;

namespace twinfirm::ui {

/// One number with what belongs to it: its name, interval, number of firms and a remark.
class HeadlineCard : public QFrame {
    Q_OBJECT

  public:
    /// `name`: object name; its number's label is `name`_number, its details' `name`_details.
    HeadlineCard(const QString& name, bool emphasised, QWidget* parent = nullptr);

    void show_number(const QString& title, const QString& number, const QString& details, const QString& remark);

  private:
    QLabel* title_;
    QLabel* number_;
    QLabel* details_;
    QLabel* remark_;
};

}  // namespace twinfirm::ui
