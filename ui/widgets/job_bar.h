// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "jobs/job_runner.h"
#include "study/localization.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace twinfirm::ui {

/// What is going on: the stage, how far it is, how long it has taken, and the button that stops it.
class JobBar : public QWidget {
    Q_OBJECT

  public:
    JobBar(JobRunner& jobs, const Localization& localization, QWidget* parent = nullptr);

    /// `text`: what came of the last work.
    void show_idle(const QString& text = {});

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void show_stage(const QString& stage, double done);
    void show_elapsed();
    void set_active(bool active);

    JobRunner& jobs_;
    const Localization& localization_;
    QLabel* stage_;
    QProgressBar* bar_;
    QLabel* elapsed_;
    QPushButton* cancel_;
    QTimer tick_;
};

}  // namespace twinfirm::ui
