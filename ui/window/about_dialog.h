// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace twinfirm::ui {

/// Version of the program, and the parts that it is made of with their versions and licences.
class AboutDialog : public QDialog {
    Q_OBJECT

  public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

}  // namespace twinfirm::ui
