// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_view.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QMimeData>
#include <QVBoxLayout>
#include <utility>

#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

QString tab_separated(const charts::ChartTable& table) {
    QString text;
    const auto add_row = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text += '\t';
            text += QString::fromStdString(cells[i]);
        }
        text += '\n';
    };
    add_row(table.columns);
    for (const auto& row : table.rows) add_row(row);
    return text;
}

}  // namespace

ChartView::ChartView(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setInteractions(QCP::Interactions());
    clear_chart(*plot_);
    setMinimumSize(320, 220);
}

Status ChartView::show_chart(charts::Chart chart) {
    const Result<QString> family = chart_font_family();
    if (!family) return tl::unexpected(family.error());
    family_ = *family;
    setAccessibleName(QString::fromStdString(chart.title));
    setAccessibleDescription(QString::fromStdString(chart.subtitle));
    chart_ = std::move(chart);
    draw();
    return {};
}

void ChartView::clear() {
    chart_.reset();
    setAccessibleName({});
    setAccessibleDescription({});
    draw();
}

void ChartView::draw() {
    const bool is_dark = palette().color(QPalette::Window).lightness() < 128;
    if (chart_) {
        put_chart(*plot_, *chart_, plot_->size(), family_, is_dark ? Appearance::dark() : Appearance::light());
    } else {
        clear_chart(*plot_);
        plot_->setBackground(palette().brush(QPalette::Window));
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

Status ChartView::save(const std::filesystem::path& path) const {
    if (!chart_) return fail(ErrorKind::usage, "chart_without_numbers", {{"chart", path.string()}});
    return render_picture(*chart_, path);
}

Status ChartView::copy() const {
    if (!chart_) return fail(ErrorKind::usage, "chart_without_numbers", {{"chart", {}}});
    auto* content = new QMimeData;
    content->setText(tab_separated(charts::chart_table(*chart_)));
    content->setImageData(plot_->toPixmap(0, 0, 2).toImage());
    QApplication::clipboard()->setMimeData(content);
    return {};
}

QSize ChartView::sizeHint() const {
    if (!chart_) return {600, 400};
    return {static_cast<int>(chart_->width_mm * 96 / 25.4), static_cast<int>(chart_->height_mm * 96 / 25.4)};
}

void ChartView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (chart_) draw();
}

void ChartView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) draw();
}

}  // namespace twinfirm::render
