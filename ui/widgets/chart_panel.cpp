// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_panel.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPalette>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "twinfirm/charts/chart_editing.h"
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/chart_view.h"
#include "widgets/chart_options_dialog.h"

namespace twinfirm::ui {

namespace {

/// Part of a chart's own height that it insists on, in percent.
constexpr int least_share = 92;
/// No chart insists on more than this, in pixels.
constexpr int enough_height = 440;
constexpr int usual_resolution = 300;  ///< dots per inch

/// Takes over the look of one chart; one that changes nothing is left out.
void take_over(std::vector<design::ChartEdit>& looks, const design::ChartEdit& look) {
    std::erase_if(looks, [&](const design::ChartEdit& other) { return other.chart == look.chart; });
    design::ChartEdit none;
    none.chart = look.chart;
    if (!(look == none)) looks.push_back(look);
}

}  // namespace

ChartPanel::ChartPanel(const QString& name, OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      view_(new render::ChartView(this)),
      stack_(new QStackedWidget(this)),
      reason_(new QLabel(this)),
      look_(new QPushButton(this)),
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
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    look_->setObjectName(name + QStringLiteral("_look"));
    copy_->setObjectName(name + QStringLiteral("_copy"));
    save_->setObjectName(name + QStringLiteral("_save"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(look_);
    buttons->addWidget(copy_);
    buttons->addWidget(save_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(stack_, 1);
    layout->addLayout(buttons);
    connect(view_, &QWidget::customContextMenuRequested, this, &ChartPanel::show_menu);
    connect(look_, &QPushButton::clicked, this, &ChartPanel::choose_look);
    connect(copy_, &QPushButton::clicked, this, &ChartPanel::copy);
    connect(save_, &QPushButton::clicked, this, &ChartPanel::save);
    connect(&study_, &OpenStudy::report_settings_changed, this, [this] {
        if (generated_ && look() != shown_look_) show_look();
    });
    retranslate();
    show_chart(fail(ErrorKind::usage, "chart_without_numbers", {{"chart", {}}}));
}

void ChartPanel::retranslate() {
    look_->setText(tr("Look…"));
    look_->setToolTip(tr("Title, colours, decimals, ranges and order, here and in the report"));
    look_->setAccessibleName(tr("Look of the chart"));
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
    generated_.reset();
    if (chart) {
        generated_ = std::move(*chart);
        return show_look();
    }
    view_->clear();
    reason_->setText(localization_.text(chart.error()));
    stack_->setCurrentIndex(0);
    for (QPushButton* button : {look_, copy_, save_}) button->setEnabled(false);
}

void ChartPanel::show_look() {
    if (!generated_) return;
    charts::Chart chart = *generated_;
    shown_look_ = look();
    charts::edit_chart(shown_look_, chart);
    const Status shown = view_->show_chart(std::move(chart));
    // Squeezed further, labels would run into one another.
    view_->setMinimumHeight(std::min(view_->sizeHint().height() * least_share / 100, enough_height));
    reason_->setText(shown ? QString() : localization_.text(shown.error()));
    stack_->setCurrentIndex(shown ? 1 : 0);
    for (QPushButton* button : {look_, copy_, save_}) button->setEnabled(shown.has_value());
}

design::ChartEdit ChartPanel::look() const {
    design::ChartEdit look;
    look.chart = generated_->key;
    for (const design::ChartEdit& kept : own_looks_ ? *own_looks_ : study_.report_settings().charts) {
        if (kept.chart == look.chart) look = kept;
    }
    return look;
}

void ChartPanel::set_look(const design::ChartEdit& look) {
    if (own_looks_) {
        take_over(*own_looks_, look);
        return show_look();
    }
    design::ReportSettings settings = study_.report_settings();
    take_over(settings.charts, look);
    study_.set_report_settings(settings);
}

void ChartPanel::choose_look() {
    if (!generated_) return;
    ChartOptionsDialog dialog(*generated_, look(), localization_, this);
    connect(&dialog, &ChartOptionsDialog::save_requested, this,
            [this, &dialog] { save_picture(dialog.edited_chart(), dialog.resolution()); });
    connect(&dialog, &ChartOptionsDialog::copy_requested, this,
            [this, &dialog] { copy_picture(dialog.edited_chart()); });
    if (dialog.exec() == QDialog::Accepted) set_look(dialog.edit());
}

void ChartPanel::show_menu(const QPoint& place) {
    if (!generated_) return;
    QMenu menu(this);
    connect(menu.addAction(tr("Copy chart")), &QAction::triggered, this, &ChartPanel::copy);
    connect(menu.addAction(tr("Copy the numbers only")), &QAction::triggered, this, &ChartPanel::copy_numbers);
    connect(menu.addAction(tr("Save chart…")), &QAction::triggered, this, &ChartPanel::save);
    menu.addSeparator();
    connect(menu.addAction(tr("Look of the chart…")), &QAction::triggered, this, &ChartPanel::choose_look);
    menu.exec(view_->mapToGlobal(place));
}

void ChartPanel::copy() {
    if (view_->chart()) copy_picture(*view_->chart());
}

void ChartPanel::copy_picture(const charts::Chart& chart) {
    Status copied = may_leave();
    if (copied) copied = render::copy_chart(chart);
    if (!copied) study_.report(copied.error());
}

void ChartPanel::copy_numbers() {
    Status copied = may_leave();
    if (copied) copied = view_->copy_numbers();
    if (!copied) study_.report(copied.error());
}

void ChartPanel::save() {
    if (view_->chart()) save_picture(*view_->chart(), usual_resolution);
}

void ChartPanel::save_picture(const charts::Chart& chart, int resolution) {
    if (const Status current = may_leave(); !current) return study_.report(current.error());
    const QString proposal = QString::fromStdString(chart.key) + QStringLiteral(".png");
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save chart"), proposal, tr("Picture (*.png);;Vector picture (*.svg);;PDF document (*.pdf)"));
    if (path.isEmpty()) return;
    const std::filesystem::path file = path.toStdString();
    const bool is_png = path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive);
    Status saved = is_png ? render::render_png(chart, file, resolution) : render::render_picture(chart, file);
    // A survey has no project that keeps a record.
    if (saved && !own_looks_) saved = study_.record_export(file.parent_path(), {file.filename()});
    if (!saved) study_.report(saved.error());
}

}  // namespace twinfirm::ui
