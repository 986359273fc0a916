// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_options_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPalette>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "twinfirm/charts/chart_editing.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/palette.h"
#include "twinfirm/render/chart_view.h"

namespace twinfirm::ui {

namespace {

enum RangeColumn { panel_column, low_column, high_column };

constexpr int row_role = Qt::UserRole;
constexpr int name_role = Qt::UserRole + 1;  ///< as generated

LocalizedText in_language(LocalizedText text, const std::string& written, Language language) {
    (language == Language::korean ? text.ko : text.en) = written;
    return text;
}

QString one_line(const std::string& text) {
    return QString::fromStdString(text).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

bool is_total(const charts::Panel& panel, double position) {
    return std::any_of(panel.series.begin(), panel.series.end(), [&](const charts::Series& series) {
        return series.role == charts::Role::total &&
               std::any_of(series.marks.begin(), series.marks.end(), [&](const charts::Mark& mark) {
                   return std::lround(mark.position) == std::lround(position);
               });
    });
}

}  // namespace

ChartOptionsDialog::ChartOptionsDialog(charts::Chart generated, const design::ChartEdit& edit,
                                       const Localization& localization, QWidget* parent)
    : QDialog(parent),
      generated_(std::move(generated)),
      localization_(localization),
      other_(edit),
      title_(new QLineEdit(this)),
      palette_(new QComboBox(this)),
      decimals_(new QSpinBox(this)),
      ranges_(new QTableWidget(this)),
      rows_(new QListWidget(this)),
      resolution_(new QComboBox(this)),
      view_(new render::ChartView(this)),
      messages_(new QLabel(this)) {
    setObjectName(QStringLiteral("chart_options"));
    setWindowTitle(tr("Look of the chart"));
    build(edit);
    fill(edit);
    show_chart();
    resize(980, 620);
}

void ChartOptionsDialog::build(const design::ChartEdit&) {
    title_->setObjectName(QStringLiteral("chart_title"));
    title_->setPlaceholderText(QString::fromStdString(generated_.title));
    palette_->setObjectName(QStringLiteral("chart_palette"));
    palette_->addItem(tr("Standard (blue and orange)"), QString());
    palette_->addItem(tr("Purple and green"), QStringLiteral("purple_green"));
    palette_->addItem(tr("Grey, for black-and-white print"), QStringLiteral("grey"));
    decimals_->setObjectName(QStringLiteral("chart_decimals"));
    decimals_->setRange(-1, 6);
    decimals_->setSpecialValueText(tr("as generated"));
    ranges_->setObjectName(QStringLiteral("chart_ranges"));
    ranges_->setAccessibleName(tr("Ranges of the value axes"));
    ranges_->setColumnCount(3);
    ranges_->setHorizontalHeaderLabels({tr("Axis"), tr("From"), tr("To")});
    ranges_->horizontalHeader()->setSectionResizeMode(panel_column, QHeaderView::Stretch);
    constexpr int number_width = 76;
    for (const int column : {low_column, high_column}) ranges_->setColumnWidth(column, number_width);
    ranges_->verticalHeader()->hide();
    ranges_->setTabKeyNavigation(false);
    ranges_->setMaximumHeight(150);
    rows_->setObjectName(QStringLiteral("chart_rows"));
    rows_->setAccessibleName(tr("Order and names of the rows"));
    rows_->setDragDropMode(QAbstractItemView::InternalMove);
    resolution_->setObjectName(QStringLiteral("chart_resolution"));
    for (const int dpi : {150, 300, 600}) resolution_->addItem(tr("%1 dots per inch").arg(dpi), dpi);
    resolution_->setCurrentIndex(1);
    messages_->setObjectName(QStringLiteral("chart_messages"));
    messages_->setProperty("part", "warnings");
    messages_->setWordWrap(true);
    QPalette sheet = view_->palette();
    sheet.setColor(QPalette::Window, Qt::white);
    view_->setPalette(sheet);

    auto* up = new QPushButton(tr("Up"), this);
    auto* down = new QPushButton(tr("Down"), this);
    up->setObjectName(QStringLiteral("chart_row_up"));
    down->setObjectName(QStringLiteral("chart_row_down"));
    up->setAccessibleName(tr("Move the row up"));
    down->setAccessibleName(tr("Move the row down"));
    auto* moves = new QHBoxLayout;
    moves->addWidget(up);
    moves->addWidget(down);
    moves->addStretch(1);
    auto* form = new QFormLayout;
    form->addRow(tr("&Title"), title_);
    form->addRow(tr("&Colours"), palette_);
    form->addRow(tr("&Decimals"), decimals_);
    form->addRow(tr("&Resolution of a PNG"), resolution_);
    auto* range_label = new QLabel(tr("Ra&nges of the value axes (empty = as generated)"), this);
    range_label->setBuddy(ranges_);
    auto* row_label = new QLabel(tr("R&ows: drag to order, double click to rename"), this);
    row_label->setBuddy(rows_);
    auto* left = new QVBoxLayout;
    left->addLayout(form);
    left->addWidget(range_label);
    left->addWidget(ranges_);
    left->addWidget(row_label);
    left->addWidget(rows_, 1);
    left->addLayout(moves);
    const bool has_rows = charts::has_rows(generated_);
    for (QWidget* widget : std::initializer_list<QWidget*>{row_label, rows_, up, down}) widget->setVisible(has_rows);
    if (!has_rows) left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->addWidget(view_, 1);
    right->addWidget(messages_);
    auto* body = new QHBoxLayout;
    body->addLayout(left, 2);
    body->addLayout(right, 3);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    auto* reset = buttons->addButton(tr("As generated"), QDialogButtonBox::ResetRole);
    reset->setObjectName(QStringLiteral("chart_reset"));
    auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    auto* save = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    save->setObjectName(QStringLiteral("chart_save"));
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(body, 1);
    layout->addWidget(buttons);

    connect(title_, &QLineEdit::textChanged, this, &ChartOptionsDialog::show_chart);
    connect(palette_, &QComboBox::currentIndexChanged, this, &ChartOptionsDialog::show_chart);
    connect(decimals_, &QSpinBox::valueChanged, this, &ChartOptionsDialog::show_chart);
    connect(ranges_, &QTableWidget::itemChanged, this, &ChartOptionsDialog::show_chart);
    connect(rows_, &QListWidget::itemChanged, this, &ChartOptionsDialog::show_chart);
    connect(rows_->model(), &QAbstractItemModel::rowsMoved, this, &ChartOptionsDialog::show_chart);
    connect(up, &QPushButton::clicked, this, [this] { move_row(-1); });
    connect(down, &QPushButton::clicked, this, [this] { move_row(1); });
    connect(reset, &QPushButton::clicked, this, [this] {
        other_ = {};
        other_.chart = generated_.key;
        fill(other_);
        show_chart();
    });
    connect(copy, &QPushButton::clicked, this, &ChartOptionsDialog::copy_requested);
    connect(save, &QPushButton::clicked, this, &ChartOptionsDialog::save_requested);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ChartOptionsDialog::fill(const design::ChartEdit& edit) {
    filling_ = true;
    title_->setText(QString::fromStdString(edit.title.in(generated_.language)));
    palette_->setCurrentIndex(std::max(0, palette_->findData(QString::fromStdString(edit.palette))));
    decimals_->setValue(edit.decimals.value_or(-1));
    fill_ranges(edit);
    fill_rows(edit);
    filling_ = false;
}

void ChartOptionsDialog::fill_ranges(const design::ChartEdit& edit) {
    ranges_->setRowCount(0);
    for (const charts::Panel& panel : generated_.panels) {
        if (panel.value_axis.scale == charts::Scale::logarithmic) continue;
        const int row = ranges_->rowCount();
        ranges_->insertRow(row);
        const std::string& name = panel.title.empty() ? panel.value_axis.label : panel.title;
        auto* label = new QTableWidgetItem(
            QString::fromStdString(charts::broken_label(one_line(name.empty() ? panel.key : name).toStdString())));
        label->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        label->setData(row_role, QString::fromStdString(panel.key));
        ranges_->setItem(row, panel_column, label);
        const auto range = std::find_if(edit.ranges.begin(), edit.ranges.end(), [&](const design::AxisRange& own) {
            return own.panel.empty() || own.panel == panel.key;
        });
        const bool is_set = range != edit.ranges.end();
        ranges_->setItem(row, low_column, new QTableWidgetItem(is_set ? QString::number(range->low) : QString()));
        ranges_->setItem(row, high_column, new QTableWidgetItem(is_set ? QString::number(range->high) : QString()));
    }
    ranges_->resizeRowsToContents();
}

void ChartOptionsDialog::fill_rows(const design::ChartEdit& edit) {
    rows_->clear();
    if (!charts::has_rows(generated_)) return;
    std::map<int, QString> names;
    for (const charts::Panel& panel : generated_.panels) {
        for (const charts::Tick& tick : panel.position_axis.ticks) {
            if (tick.label.empty() || is_total(panel, tick.position)) continue;
            names.emplace(static_cast<int>(std::lround(tick.position)), one_line(tick.label));
        }
    }
    std::vector<int> order = edit.order;
    for (const auto& [row, name] : names) {
        if (std::find(order.begin(), order.end(), row) == order.end()) order.push_back(row);
    }
    for (const int row : order) {
        const auto name = names.find(row);
        if (name == names.end()) continue;
        const auto own = std::find_if(edit.rows.begin(), edit.rows.end(),
                                      [&](const design::RowLabel& label) { return label.row == row; });
        const bool renamed = own != edit.rows.end() && !own->label.in(generated_.language).empty();
        auto* item = new QListWidgetItem(
            renamed ? QString::fromStdString(own->label.in(generated_.language)) : name->second, rows_);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setData(row_role, row);
        item->setData(name_role, name->second);
    }
}

void ChartOptionsDialog::move_row(int by) {
    const int from = rows_->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= rows_->count()) return;
    rows_->insertItem(to, rows_->takeItem(from));
    rows_->setCurrentRow(to);
    show_chart();
}

std::vector<design::AxisRange> ChartOptionsDialog::ranges() const {
    std::vector<design::AxisRange> ranges;
    for (int row = 0; row < ranges_->rowCount(); ++row) {
        bool has_low = false;
        bool has_high = false;
        const double low = ranges_->item(row, low_column)->text().toDouble(&has_low);
        const double high = ranges_->item(row, high_column)->text().toDouble(&has_high);
        const std::string panel = ranges_->item(row, panel_column)->data(row_role).toString().toStdString();
        if (has_low && has_high) ranges.push_back({panel, low, high});
    }
    return ranges;
}

bool ChartOptionsDialog::ranges_are_whole() const {
    int begun = 0;
    for (int row = 0; row < ranges_->rowCount(); ++row) {
        const bool is_empty = ranges_->item(row, low_column)->text().trimmed().isEmpty() &&
                              ranges_->item(row, high_column)->text().trimmed().isEmpty();
        begun += is_empty ? 0 : 1;
    }
    return begun == static_cast<int>(ranges().size());
}

design::ChartEdit ChartOptionsDialog::edit() const {
    const Language language = generated_.language;
    design::ChartEdit edit = other_;
    edit.chart = generated_.key;
    edit.title = in_language(edit.title, title_->text().trimmed().toStdString(), language);
    edit.palette = palette_->currentData().toString().toStdString();
    edit.decimals.reset();
    if (decimals_->value() >= 0) edit.decimals = decimals_->value();
    edit.ranges = ranges();
    edit.order.clear();
    for (int i = 0; i < rows_->count(); ++i) {
        const QListWidgetItem* item = rows_->item(i);
        const int row = item->data(row_role).toInt();
        edit.order.push_back(row);
        const bool renamed = item->text() != item->data(name_role).toString();
        auto own = std::find_if(edit.rows.begin(), edit.rows.end(),
                                [&](const design::RowLabel& label) { return label.row == row; });
        if (own == edit.rows.end()) {
            if (!renamed) continue;
            own = edit.rows.insert(edit.rows.end(), {row, {}});
        }
        own->label = in_language(own->label, renamed ? item->text().toStdString() : std::string(), language);
        if (own->label.ko.empty() && own->label.en.empty()) edit.rows.erase(own);
    }
    if (std::is_sorted(edit.order.begin(), edit.order.end())) edit.order.clear();
    return edit;
}

charts::Chart ChartOptionsDialog::edited_chart() const {
    charts::Chart chart = generated_;
    charts::edit_chart(edit(), chart);
    return chart;
}

int ChartOptionsDialog::resolution() const {
    return resolution_->currentData().toInt();
}

void ChartOptionsDialog::show_chart() {
    if (filling_) return;
    charts::Chart chart = generated_;
    QStringList lines;
    for (const Message& message : charts::edit_chart(edit(), chart)) {
        lines << QStringLiteral("! ") + localization_.text(message.code, message.arguments);
    }
    if (!ranges_are_whole()) lines << QStringLiteral("! ") + tr("A range needs two numbers: from and to.");
    if (const Status shown = view_->show_chart(std::move(chart)); !shown) lines << localization_.text(shown.error());
    messages_->setText(lines.join(QLatin1Char('\n')));
    messages_->setVisible(!lines.isEmpty());
}

}  // namespace twinfirm::ui
