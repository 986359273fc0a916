// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/outcome_table.h"

#include <QHeaderView>
#include <QMetaObject>
#include <algorithm>
#include <array>
#include <cmath>

#include "twinfirm/app/column_field.h"
#include "twinfirm/charts/outcome_scale.h"
#include "widgets/choice_delegate.h"

namespace twinfirm::ui {

namespace {

QString direction_text(design::Direction direction) {
    return direction == design::Direction::higher_is_better ? OutcomeTable::tr("higher is better")
                                                            : OutcomeTable::tr("lower is better");
}

constexpr std::array<const char*, 7> units = {"원", "천원", "백만원", "억원", "%", "명", "건"};

/// Amounts are stored in won; other numbers in the unit that they are shown in.
void set_unit(design::Outcome& outcome, const std::string& unit) {
    const int power = app::won_power(unit);
    if (power >= 0 || app::won_power(outcome.unit) >= 0) outcome.unit_scale = power >= 0 ? std::pow(10.0, power) : 1;
    outcome.unit = unit;
}

}  // namespace

OutcomeTable::OutcomeTable(const Localization& localization, QWidget* parent)
    : QTableWidget(0, column_count, parent), localization_(localization) {
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(25);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(outcome, QHeaderView::Stretch);
    setTabKeyNavigation(false);
    setEditTriggers(AllEditTriggers);
    setItemDelegateForColumn(
        direction,
        new ChoiceDelegate(
            [] {
                ChoiceDelegate::Choices choices;
                for (const auto way : {design::Direction::higher_is_better, design::Direction::lower_is_better}) {
                    choices.push_back({direction_text(way), direction_text(way)});
                }
                return choices;
            },
            [] { return tr("Direction of the outcome"); }, this));
    setItemDelegateForColumn(unit, new ChoiceDelegate(
                                       [this] {
                                           ChoiceDelegate::Choices choices;
                                           for (const char* name : units) {
                                               choices.push_back({unit_text(name), unit_text(name)});
                                           }
                                           return choices;
                                       },
                                       [] { return tr("Unit of the outcome"); }, this));
    connect(this, &QTableWidget::itemChanged, this, &OutcomeTable::take_edit);
}

void OutcomeTable::set_outcomes(const std::vector<design::Outcome>& chosen, const std::vector<design::Outcome>& known) {
    std::vector<design::Outcome> all = chosen;
    const auto add = [&](const std::vector<design::Outcome>& more) {
        for (const design::Outcome& item : more) {
            const auto same = [&](const design::Outcome& other) { return other.key == item.key; };
            if (std::none_of(all.begin(), all.end(), same)) all.push_back(item);
        }
    };
    add(outcomes_);
    add(known);
    outcomes_ = std::move(all);
    chosen_.assign(outcomes_.size(), false);
    std::fill_n(chosen_.begin(), chosen.size(), true);
    show_outcomes();
}

std::vector<design::Outcome> OutcomeTable::chosen() const {
    std::vector<design::Outcome> result;
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
        if (chosen_[i]) result.push_back(outcomes_[i]);
    }
    return result;
}

QString OutcomeTable::unit_text(const std::string& name) const {
    return QString::fromStdString(charts::unit_label(name, localization_.language()));
}

void OutcomeTable::retranslate() {
    setHorizontalHeaderLabels({tr("Outcome"), tr("Direction"), tr("Unit")});
    show_outcomes();
}

void OutcomeTable::show_outcomes() {
    showing_ = true;
    setRowCount(static_cast<int>(outcomes_.size()));
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
        const int row = static_cast<int>(i);
        const design::Outcome& shown = outcomes_[i];
        auto* name = new QTableWidgetItem(localization_.text(shown.label));
        name->setFlags((name->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsEditable);
        name->setCheckState(chosen_[i] ? Qt::Checked : Qt::Unchecked);
        setItem(row, outcome, name);
        auto* better = new QTableWidgetItem(direction_text(shown.direction));
        better->setToolTip(tr("Press Enter or click to change it"));
        setItem(row, direction, better);
        setItem(row, unit, new QTableWidgetItem(unit_text(shown.unit)));
    }
    showing_ = false;
}

void OutcomeTable::take_edit(const QTableWidgetItem* item) {
    const auto row = static_cast<std::size_t>(item->row());
    if (showing_ || row >= outcomes_.size()) return;
    switch (item->column()) {
        case outcome:
            chosen_[row] = item->checkState() == Qt::Checked;
            break;
        case direction:
            outcomes_[row].direction = item->text() == direction_text(design::Direction::lower_is_better)
                                           ? design::Direction::lower_is_better
                                           : design::Direction::higher_is_better;
            break;
        case unit:
            for (const char* name : units) {
                if (item->text() == unit_text(name)) set_unit(outcomes_[row], name);
            }
            break;
        default:
            return;
    }
    // Later: what follows may show the table anew, which must not happen while an item is being changed.
    QMetaObject::invokeMethod(this, &OutcomeTable::edited, Qt::QueuedConnection);
}

}  // namespace twinfirm::ui
