// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/band_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

#include "twinfirm/charts/outcome_scale.h"

namespace twinfirm::ui {

namespace {

QString edges_text(const std::vector<double>& edges) {
    QStringList list;
    for (const double edge : edges) list << QString::number(edge, 'g', 15);
    return list.join(QStringLiteral(", "));
}

}  // namespace

std::optional<std::vector<double>> edges_of(const QString& text) {
    std::vector<double> edges;
    for (const QString& part : text.split(QLatin1Char(','))) {
        bool is_number = false;
        const double edge = QLocale::c().toDouble(part.trimmed(), &is_number);
        if (!is_number || !std::isfinite(edge) || (!edges.empty() && !(edge > edges.back()))) return std::nullopt;
        edges.push_back(edge);
    }
    if (edges.size() < 2) return std::nullopt;
    return edges;
}

QString bands_text(const std::vector<double>& edges) {
    QStringList bands;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const QString upper = i + 1 < edges.size() ? QString::number(edges[i + 1], 'g', 15) : QStringLiteral("∞");
        bands << QStringLiteral("[%1, %2)").arg(QString::number(edges[i], 'g', 15), upper);
    }
    return bands.join(QStringLiteral(" · "));
}

BandEditor::BandEditor(const Localization& localization, QWidget* parent)
    : QWidget(parent),
      localization_(localization),
      which_label_(new QLabel(this)),
      which_(new QComboBox(this)),
      edges_label_(new QLabel(this)),
      edges_(new QLineEdit(this)),
      reading_(new QLabel(this)),
      year_label_(new QLabel(this)),
      year_(new QComboBox(this)),
      within_(new QCheckBox(this)) {
    which_->setObjectName(QStringLiteral("band_breakdown"));
    edges_->setObjectName(QStringLiteral("band_edges"));
    reading_->setObjectName(QStringLiteral("band_reading"));
    reading_->setWordWrap(true);
    reading_->setProperty("part", "description");
    year_->setObjectName(QStringLiteral("band_year"));
    within_->setObjectName(QStringLiteral("band_within"));
    which_label_->setBuddy(which_);
    edges_label_->setBuddy(edges_);
    year_label_->setBuddy(year_);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->addRow(which_label_, which_);
    form->addRow(edges_label_, edges_);
    form->addRow(reading_);
    form->addRow(year_label_, year_);
    form->addRow(within_);
    connect(which_, &QComboBox::activated, this, &BandEditor::show_chosen);
    connect(edges_, &QLineEdit::textEdited, this, &BandEditor::take_edges);
    connect(year_, &QComboBox::activated, this, &BandEditor::take_others);
    connect(within_, &QCheckBox::toggled, this, &BandEditor::take_others);
}

void BandEditor::set_specification(const design::Specification& specification) {
    std::vector<design::Breakdown> bands;
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        if (!breakdown.edges.empty()) bands.push_back(breakdown);
    }
    if (bands == bands_ && specification.outcomes == outcomes_) return;  // what is being typed stays
    outcomes_ = specification.outcomes;
    bands_ = std::move(bands);
    const QSignalBlocker quiet(which_);
    const QVariant before = which_->currentData();
    which_->clear();
    for (const design::Breakdown& breakdown : bands_) {
        which_->addItem(localization_.text(breakdown.label), QString::fromStdString(breakdown.key));
    }
    which_->setCurrentIndex(std::max(0, which_->findData(before)));
    show_chosen();
}

void BandEditor::read(std::vector<design::Breakdown>& breakdowns) const {
    for (const design::Breakdown& edited : bands_) {
        for (design::Breakdown& breakdown : breakdowns) {
            if (breakdown.key != edited.key) continue;
            breakdown.edges = edited.edges;
            breakdown.labels = edited.labels;
            breakdown.band_year = edited.band_year;
            breakdown.within = edited.within;
        }
    }
}

design::Breakdown* BandEditor::chosen() {
    const std::string key = which_->currentData().toString().toStdString();
    const auto found = std::find_if(bands_.begin(), bands_.end(), [&](const auto& band) { return band.key == key; });
    return found == bands_.end() ? nullptr : &*found;
}

const design::Outcome* BandEditor::outcome_of(const design::Breakdown& breakdown) const {
    const auto found = std::find_if(outcomes_.begin(), outcomes_.end(),
                                    [&](const auto& outcome) { return outcome.variable == breakdown.variable; });
    return found == outcomes_.end() ? nullptr : &*found;
}

double BandEditor::unit_of(const design::Breakdown& breakdown) const {
    const design::Outcome* outcome = outcome_of(breakdown);
    return outcome == nullptr || !(outcome->unit_scale > 0) ? 1 : outcome->unit_scale;
}

void BandEditor::show_chosen() {
    const design::Breakdown* band = chosen();
    for (QWidget* widget : {static_cast<QWidget*>(which_), static_cast<QWidget*>(edges_), static_cast<QWidget*>(year_),
                            static_cast<QWidget*>(within_)}) {
        widget->setEnabled(band != nullptr);
    }
    if (band == nullptr) {
        edges_->clear();
        reading_->setText(tr("The design divides the adopters by no band."));
        return;
    }
    showing_ = true;
    const double unit = unit_of(*band);
    std::vector<double> shown = band->edges;
    for (double& edge : shown) edge /= unit;
    if (edges_of(edges_->text()) != std::optional(shown)) edges_->setText(edges_text(shown));
    const design::Outcome* outcome = outcome_of(*band);
    edges_label_->setText(
        outcome == nullptr || outcome->unit.empty()
            ? tr("Lower bounds")
            : tr("Lower bounds (%1)")
                  .arg(QString::fromStdString(charts::unit_label(outcome->unit, localization_.language()))));
    edges_->setAccessibleName(edges_label_->text());
    reading_->setText(bands_text(shown));
    year_->setCurrentIndex(static_cast<int>(band->band_year));
    within_->setChecked(band->within);
    showing_ = false;
}

void BandEditor::take_edges() {
    design::Breakdown* band = chosen();
    if (band == nullptr || showing_) return;
    const double unit = unit_of(*band);
    auto edges = edges_of(edges_->text());
    if (!edges) {
        reading_->setText(tr("Two or more rising numbers with commas are needed: 0, 10, 50"));
        return;
    }
    const QString reading = bands_text(*edges);
    reading_->setText(reading);
    for (double& edge : *edges) edge *= unit;
    if (*edges == band->edges) return;
    band->edges = std::move(*edges);
    // Named by their bounds from now on.
    band->labels.clear();
    for (const QString& name : reading.split(QStringLiteral(" · "))) {
        band->labels.push_back({name.toStdString(), name.toStdString()});
    }
    Q_EMIT edited();
}

void BandEditor::take_others() {
    design::Breakdown* band = chosen();
    if (band == nullptr || showing_) return;
    band->band_year = static_cast<design::BandYear>(std::max(0, year_->currentIndex()));
    band->within = within_->isChecked();
    Q_EMIT edited();
}

void BandEditor::retranslate() {
    which_label_->setText(tr("Breakdown"));
    which_->setAccessibleName(tr("Breakdown whose bands are edited"));
    year_label_->setText(tr("Year of the band"));
    year_->setAccessibleName(tr("Year of the band"));
    within_->setText(tr("Match within the bands"));
    within_->setAccessibleName(within_->text());
    const QSignalBlocker quiet(year_);
    const int current = year_->currentIndex();
    year_->clear();
    year_->addItems({tr("base year"), tr("the year before it"), tr("mean of both")});
    year_->setCurrentIndex(std::max(0, current));
    const QSignalBlocker quiet_too(which_);
    for (int i = 0; i < which_->count(); ++i) {
        which_->setItemText(i, localization_.text(bands_[static_cast<std::size_t>(i)].label));
    }
    show_chosen();
}

}  // namespace twinfirm::ui
