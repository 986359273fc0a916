// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/column_choice.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

namespace twinfirm::ui {

namespace {

constexpr std::array names{"survey_item",       "survey_kind",    "survey_strata", "survey_weight",
                           "survey_population", "survey_cluster", "survey_by"};

std::string chosen(const QComboBox& box) {
    return box.currentData().toString().toStdString();
}

}  // namespace

ColumnChoice::ColumnChoice(QWidget* parent) : QGroupBox(parent), compute_(new QPushButton(this)) {
    setObjectName(QStringLiteral("survey_columns"));
    auto* grid = new QGridLayout(this);
    constexpr int per_row = 4;
    for (int i = 0; i < field_count; ++i) {
        const auto place = static_cast<std::size_t>(i);
        labels_[place] = new QLabel(this);
        boxes_[place] = new QComboBox(this);
        boxes_[place]->setObjectName(QString::fromLatin1(names[place]));
        boxes_[place]->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        boxes_[place]->setMinimumContentsLength(8);
        labels_[place]->setBuddy(boxes_[place]);
        grid->addWidget(labels_[place], 2 * (i / per_row), i % per_row);
        grid->addWidget(boxes_[place], 2 * (i / per_row) + 1, i % per_row);
        grid->setColumnStretch(i % per_row, 1);
    }
    compute_->setObjectName(QStringLiteral("survey_compute"));
    compute_->setProperty("primary", true);
    grid->addWidget(compute_, 3, per_row - 1);
    connect(compute_, &QPushButton::clicked, this, &ColumnChoice::compute_requested);
    retranslate();
}

void ColumnChoice::show_columns(const app::SurveyColumns& columns) {
    columns_ = columns;
    const app::SurveyChoice& suggested = columns.suggested;
    const std::array<std::string, field_count> wanted{suggested.item,
                                                      {},
                                                      suggested.strata,
                                                      suggested.weight,
                                                      suggested.population,
                                                      suggested.cluster,
                                                      suggested.by.empty() ? "" : suggested.by.front()};
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
        if (i == kind) continue;
        QComboBox& box = *boxes_[i];
        box.clear();
        if (i != item) box.addItem(tr("none"), QString());
        for (const std::string& name : columns.names)
            box.addItem(QString::fromStdString(name), QString::fromStdString(name));
        box.setCurrentIndex(std::max(0, box.findData(QString::fromStdString(wanted[i]))));
    }
    compute_->setEnabled(!columns.names.empty());
}

app::SurveyChoice ColumnChoice::choice() const {
    app::SurveyChoice choice;
    choice.file = columns_.suggested.file;
    choice.item = chosen(*boxes_[item]);
    choice.mean = boxes_[kind]->currentIndex() == 1;
    choice.strata = chosen(*boxes_[strata]);
    choice.weight = chosen(*boxes_[weight]);
    choice.population = chosen(*boxes_[population]);
    choice.cluster = chosen(*boxes_[cluster]);
    if (const std::string column = chosen(*boxes_[by]); !column.empty()) choice.by = {column};
    return choice;
}

void ColumnChoice::set_busy(bool busy) {
    compute_->setEnabled(!busy && !columns_.names.empty());
}

void ColumnChoice::retranslate() {
    setTitle(tr("Columns of the survey file"));
    const std::array<QString, field_count> texts{tr("&Question"),   tr("Est&imate"), tr("&Stratum"), tr("&Weight"),
                                                 tr("&Population"), tr("C&luster"),  tr("&Groups")};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        labels_[i]->setText(texts[i]);
        QString name = texts[i];
        boxes_[i]->setAccessibleName(name.remove(QLatin1Char('&')));
        if (i != item && i != kind && boxes_[i]->count() > 0) boxes_[i]->setItemText(0, tr("none"));
    }
    const int before = std::max(0, boxes_[kind]->currentIndex());
    boxes_[kind]->clear();
    boxes_[kind]->addItems({tr("shares of the answers"), tr("mean")});
    boxes_[kind]->setCurrentIndex(before);
    compute_->setText(tr("&Compute"));
    compute_->setAccessibleName(tr("Compute the estimates"));
}

void ColumnChoice::changeEvent(QEvent* event) {
    QGroupBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace twinfirm::ui
