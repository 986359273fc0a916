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

/// The same as a table for a document.
QString html_table(const charts::ChartTable& table) {
    QString html = QStringLiteral("<table border='1' cellspacing='0' cellpadding='3'>");
    const auto add_row = [&](const std::vector<std::string>& cells, const char* tag) {
        html += QStringLiteral("<tr>");
        for (const std::string& cell : cells) {
            html += QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag), QString::fromStdString(cell).toHtmlEscaped());
        }
        html += QStringLiteral("</tr>");
    };
    add_row(table.columns, "th");
    for (const auto& row : table.rows) add_row(row, "td");
    return html + QStringLiteral("</table>");
}

constexpr int copied_dpi = 192;

void put_numbers(QMimeData& content, const charts::Chart& chart) {
    const charts::ChartTable table = charts::chart_table(chart);
    content.setText(tab_separated(table));
    content.setHtml(html_table(table));
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

Status copy_chart(const charts::Chart& chart) {
    const auto image = render_image(chart, copied_dpi);
    if (!image) return tl::unexpected(image.error());
    const auto svg = render_svg_bytes(chart);
    if (!svg) return tl::unexpected(svg.error());
    auto* content = new QMimeData;
    put_numbers(*content, chart);
    content->setImageData(*image);
    content->setData(QStringLiteral("image/svg+xml"), QByteArray::fromStdString(*svg));
    QApplication::clipboard()->setMimeData(content);
    return {};
}

Status ChartView::copy() const {
    if (!chart_) return fail(ErrorKind::usage, "chart_without_numbers", {{"chart", {}}});
    return copy_chart(*chart_);
}

Status ChartView::copy_numbers() const {
    if (!chart_) return fail(ErrorKind::usage, "chart_without_numbers", {{"chart", {}}});
    auto* content = new QMimeData;
    put_numbers(*content, *chart_);
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
