// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

namespace twinfirm::ui {

JobBar::JobBar(JobRunner& jobs, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      jobs_(jobs),
      localization_(localization),
      stage_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      elapsed_(new QLabel(this)),
      cancel_(new QPushButton(this)) {
    setObjectName(QStringLiteral("job_bar"));
    setAttribute(Qt::WA_StyledBackground);
    stage_->setObjectName(QStringLiteral("job_stage"));
    bar_->setObjectName(QStringLiteral("job_progress"));
    bar_->setRange(0, 1000);
    bar_->setTextVisible(false);
    bar_->setFixedSize(220, 12);
    elapsed_->setObjectName(QStringLiteral("job_elapsed"));
    elapsed_->setMinimumWidth(64);
    elapsed_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    cancel_->setObjectName(QStringLiteral("job_cancel"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->addWidget(stage_, 1);
    layout->addWidget(bar_);
    layout->addWidget(elapsed_);
    layout->addWidget(cancel_);

    tick_.setInterval(200);
    connect(&tick_, &QTimer::timeout, this, &JobBar::show_elapsed);
    connect(&jobs_, &JobRunner::started, this, [this] {
        set_active(true);
        stage_->setText(tr("Working…"));
        bar_->setValue(0);
        tick_.start();
        show_elapsed();
    });
    connect(&jobs_, &JobRunner::progressed, this, &JobBar::show_stage);
    connect(&jobs_, &JobRunner::finished, this, [this] {
        tick_.stop();
        show_idle();
    });
    connect(cancel_, &QPushButton::clicked, this, [this] {
        cancel_->setEnabled(false);
        jobs_.cancel();
    });
    retranslate();
    show_idle();
}

void JobBar::retranslate() {
    cancel_->setText(tr("Cancel"));
    cancel_->setAccessibleName(tr("Cancel the running work"));
    bar_->setAccessibleName(tr("Progress"));
    if (!jobs_.running()) show_idle();
}

void JobBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void JobBar::show_stage(const QString& stage, double done) {
    stage_->setText(localization_.text("stage_" + stage.toStdString()));
    bar_->setValue(static_cast<int>(std::lround(done * 1000)));
}

void JobBar::show_idle(const QString& text) {
    set_active(false);
    stage_->setText(text.isEmpty() ? tr("Ready") : text);
}

void JobBar::show_elapsed() {
    elapsed_->setText(tr("%1 s").arg(static_cast<double>(jobs_.elapsed_milliseconds()) / 1000.0, 0, 'f', 1));
}

void JobBar::set_active(bool active) {
    bar_->setVisible(active);
    elapsed_->setVisible(active);
    cancel_->setVisible(active);
    if (!active) cancel_->setEnabled(true);
}

}  // namespace twinfirm::ui
