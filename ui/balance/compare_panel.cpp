// SPDX-License-Identifier: GPL-3.0-or-later
#include "balance/compare_panel.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "twinfirm/report/design_comparison.h"
#include "widgets/report_table.h"

namespace twinfirm::ui {

ComparePanel::ComparePanel(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      label_(new QLabel(this)),
      designs_(new QComboBox(this)),
      compute_(new QPushButton(this)),
      hint_(new QLabel(this)),
      tables_(new QWidget(this)),
      overview_(new ReportTable(QStringLiteral("compared_designs"))),
      balance_(new ReportTable(QStringLiteral("compared_balance"))) {
    designs_->setObjectName(QStringLiteral("other_design"));
    designs_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    label_->setBuddy(designs_);
    compute_->setObjectName(QStringLiteral("compute_other"));
    hint_->setObjectName(QStringLiteral("compare_hint"));
    hint_->setProperty("part", "description");
    hint_->setWordWrap(true);
    auto* top = new QHBoxLayout;
    top->addWidget(label_);
    top->addWidget(designs_);
    top->addWidget(compute_);
    top->addStretch(1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(overview_);
    splitter->addWidget(balance_);
    auto* inner = new QVBoxLayout(tables_);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(hint_);
    layout->addWidget(tables_, 1);
    layout->addStretch();
    connect(compute_, &QPushButton::clicked, this, &ComparePanel::compute);
    connect(designs_, &QComboBox::activated, this, &ComparePanel::show_tables);
    connect(&study_, &OpenStudy::other_changed, this, &ComparePanel::show_tables);
    connect(&study_, &OpenStudy::designs_changed, this, &ComparePanel::refresh);
    connect(&study_.jobs(), &JobRunner::started, this, &ComparePanel::show_tables);
    connect(&study_.jobs(), &JobRunner::finished, this, &ComparePanel::show_tables);
}

void ComparePanel::refresh() {
    show_designs();
    show_tables();
}

void ComparePanel::show_designs() {
    const QVariant before = designs_->currentData();
    designs_->clear();
    const auto& own = study_.evaluation();
    const auto& designs = study_.recorded_designs();
    for (std::size_t i = 0; i < designs.size(); ++i) {
        const app::RecordedDesign& design = designs[i];
        if (own && own->specification_hash == design::specification_hash(design.specification)) continue;
        const QDateTime time = QDateTime::fromString(QString::fromStdString(design.time), Qt::ISODate).toLocalTime();
        const QString when = QLocale().toString(time, QLocale::ShortFormat);
        designs_->addItem(design.locked ? tr("Locked design, %1").arg(when) : tr("Run of %1").arg(when),
                          static_cast<int>(i));
    }
    designs_->setCurrentIndex(std::max(0, designs_->findData(before)));
}

void ComparePanel::show_tables() {
    const bool any = designs_->count() > 0;
    const auto& own = study_.evaluation();
    const auto place = static_cast<std::size_t>(designs_->currentData().toInt());
    const auto& other = study_.other_evaluation();
    const bool known =
        own && other && any && place < study_.recorded_designs().size() &&
        other->specification_hash == design::specification_hash(study_.recorded_designs()[place].specification);
    label_->setVisible(any);
    designs_->setVisible(any);
    compute_->setVisible(any && !known);
    compute_->setEnabled(study_.can_compute_other());
    tables_->setVisible(known);
    hint_->setVisible(!known);
    hint_->setText(any ? tr("The other design is computed on the present data; your own result stays as it is.")
                       : tr("There is no other design yet. Run the study with other settings, or lock a design before "
                            "you change it: then both stand here side by side."));
    if (!known) return;
    overview_->show_table(report::compared_designs_table(*own, *other, localization_.language()),
                          localization_.language());
    balance_->show_table(report::compared_balance_table(*own, *other, localization_.language()),
                         localization_.language());
}

void ComparePanel::compute() {
    const auto place = static_cast<std::size_t>(designs_->currentData().toInt());
    if (designs_->count() == 0 || place >= study_.recorded_designs().size()) return;
    study_.compute_other(study_.recorded_designs()[place].specification);
}

void ComparePanel::retranslate() {
    label_->setText(tr("Compare &with"));
    designs_->setAccessibleName(tr("Design to compare with"));
    compute_->setText(tr("Compute and compare"));
    compute_->setAccessibleName(compute_->text());
    refresh();
}

}  // namespace twinfirm::ui
