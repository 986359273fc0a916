// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_panel.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPalette>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "twinfirm/render/chart_view.h"

namespace twinfirm::ui {

namespace {

/// Part of a chart's own height that it insists on, in percent.
constexpr int least_share = 92;
/// No chart insists on more than this, in pixels.
constexpr int enough_height = 440;

}  // namespace

ChartPanel::ChartPanel(const QString& name, OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      view_(new render::ChartView(this)),
      stack_(new QStackedWidget(this)),
      reason_(new QLabel(this)),
      copy_(new QPushButton(this)),
      save_(new QPushButton(this)) {
    view_->setObjectName(name);
    // A white sheet in either scheme: a chart is seen as it is saved and printed.
    QPalette sheet = view_->palette();
    sheet.setColor(QPalette::Window, Qt::white);
    view_->setPalette(sheet);
    reason_->setAlignment(Qt::AlignCenter);
    reason_->setWordWrap(true);
    stack_->addWidget(reason_);
    // A low window scrolls the chart rather than growing.
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(200);
    scroll->setWidget(view_);
    stack_->addWidget(scroll);
    copy_->setObjectName(name + QStringLiteral("_copy"));
    save_->setObjectName(name + QStringLiteral("_save"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(copy_);
    buttons->addWidget(save_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(stack_, 1);
    layout->addLayout(buttons);
    connect(copy_, &QPushButton::clicked, this, &ChartPanel::copy);
    connect(save_, &QPushButton::clicked, this, &ChartPanel::save);
    retranslate();
    show_chart(fail(ErrorKind::usage, "chart_without_numbers", {{"chart", {}}}));
}

void ChartPanel::retranslate() {
    copy_->setText(tr("Copy chart"));
    copy_->setToolTip(tr("Picture and numbers to the clipboard"));
    copy_->setAccessibleName(tr("Copy chart"));
    save_->setText(tr("Save chart…"));
    save_->setToolTip(tr("As PNG, SVG or PDF"));
    save_->setAccessibleName(tr("Save chart"));
}

void ChartPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ChartPanel::show_chart(Result<charts::Chart> chart) {
    Status shown;
    if (chart) {
        shown = view_->show_chart(std::move(*chart));
        // Squeezed further, labels would run into one another.
        view_->setMinimumHeight(std::min(view_->sizeHint().height() * least_share / 100, enough_height));
    } else {
        view_->clear();
        shown = tl::unexpected(chart.error());
    }
    reason_->setText(shown ? QString() : localization_.text(shown.error()));
    stack_->setCurrentIndex(shown ? 1 : 0);
    copy_->setEnabled(shown.has_value());
    save_->setEnabled(shown.has_value());
}

void ChartPanel::copy() {
    Status copied = may_leave();
    if (copied) copied = view_->copy();
    if (!copied) study_.report(copied.error());
}

void ChartPanel::save() {
    if (!view_->chart()) return;
    if (const Status current = may_leave(); !current) return study_.report(current.error());
    const QString proposal = QString::fromStdString(view_->chart()->key) + QStringLiteral(".png");
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save chart"), proposal, tr("Picture (*.png);;Vector picture (*.svg);;PDF document (*.pdf)"));
    if (path.isEmpty()) return;
    if (const Status saved = view_->save(path.toStdString()); !saved) study_.report(saved.error());
}

}  // namespace twinfirm::ui
