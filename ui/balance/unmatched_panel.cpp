// SPDX-License-Identifier: GPL-3.0-or-later
#include "balance/unmatched_panel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <utility>

#include "data/count_text.h"
#include "twinfirm/base/atomic_file.h"
#include "widgets/table_view.h"
#include "widgets/text_table_model.h"

namespace twinfirm::ui {

namespace {

constexpr int all_reasons = -1;

}  // namespace

UnmatchedPanel::UnmatchedPanel(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      label_(new QLabel(this)),
      reason_(new QComboBox(this)),
      compute_(new QPushButton(this)),
      save_(new QPushButton(this)),
      state_(new QLabel(this)),
      model_(new TextTableModel(this)),
      view_(new TableView(this)) {
    reason_->setObjectName(QStringLiteral("unmatched_reason"));
    reason_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    label_->setBuddy(reason_);
    compute_->setObjectName(QStringLiteral("unmatched_list"));
    save_->setObjectName(QStringLiteral("unmatched_save"));
    state_->setObjectName(QStringLiteral("unmatched_state"));
    state_->setProperty("part", "description");
    state_->setWordWrap(true);
    view_->setObjectName(QStringLiteral("unmatched_firms"));
    view_->setModel(model_);
    auto* top = new QHBoxLayout;
    top->addWidget(label_);
    top->addWidget(reason_);
    top->addWidget(compute_);
    top->addStretch(1);
    top->addWidget(save_);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(state_);
    layout->addWidget(view_, 1);
    layout->addStretch();
    connect(compute_, &QPushButton::clicked, this, &UnmatchedPanel::compute);
    connect(save_, &QPushButton::clicked, this, &UnmatchedPanel::save);
    connect(reason_, &QComboBox::activated, this, &UnmatchedPanel::show_firms);
    connect(&study_.jobs(), &JobRunner::started, this, &UnmatchedPanel::show_firms);
    connect(&study_.jobs(), &JobRunner::finished, this, &UnmatchedPanel::show_firms);
}

void UnmatchedPanel::clear() {
    firms_.reset();
    show_firms();
}

void UnmatchedPanel::compute() {
    if (const Status current = study_.check_current(); !current) return study_.report(current.error());
    study_.list_unmatched([this](Result<std::vector<app::UnmatchedFirm>> firms) {
        if (!firms) return study_.report(firms.error());
        firms_ = std::move(*firms);
        reason_->clear();
        retranslate();
    });
}

std::vector<app::UnmatchedFirm> UnmatchedPanel::chosen() const {
    std::vector<app::UnmatchedFirm> firms;
    const int wanted = reason_->count() > 0 ? reason_->currentData().toInt() : all_reasons;
    for (const app::UnmatchedFirm& firm : firms_.value_or(std::vector<app::UnmatchedFirm>())) {
        if (wanted == all_reasons || wanted == 2 * static_cast<int>(firm.reason) + (firm.adopter ? 1 : 0)) {
            firms.push_back(firm);
        }
    }
    return firms;
}

void UnmatchedPanel::show_firms() {
    const bool idle = !study_.jobs().running();
    const bool any = firms_.has_value();
    label_->setVisible(any);
    reason_->setVisible(any);
    save_->setVisible(any);
    view_->setVisible(any);
    compute_->setVisible(!any);
    compute_->setEnabled(idle && study_.evaluation() != nullptr);
    save_->setEnabled(idle);
    if (!any) {
        state_->setText(tr("Which firms have no match, and why? The list is made by matching once more."));
        return model_->set_rows({}, {});
    }
    std::vector<TextTableModel::Row> rows;
    for (const app::UnmatchedFirm& firm : chosen()) {
        rows.push_back({{QString::fromStdString(firm.firm)},
                        {QString::number(firm.cohort), true},
                        {firm.adopter ? tr("adopter") : tr("non-adopter")},
                        {localization_.text("report_reason_" + std::string(matching::reason_code(firm.reason)))}});
    }
    state_->setText(tr("%1 firms. A non-adopter stands once for each adoption year that it may be compared in.")
                        .arg(count_text(static_cast<std::int64_t>(rows.size()))));
    model_->set_rows({tr("Firm"), tr("Adoption year"), tr("Arm"), tr("Reason")}, std::move(rows));
    view_->fit_columns(420);
}

void UnmatchedPanel::save() {
    if (study_.specification().disclosure.enabled) {
        return study_.report(Error{ErrorKind::access, "unmatched_list_protected", {}, {}, 0, 0});
    }
    if (const Status current = study_.check_current(); !current) return study_.report(current.error());
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the list"), QStringLiteral("unmatched-firms.csv"),
                                                      tr("CSV file (*.csv)"));
    if (path.isEmpty()) return;
    const std::filesystem::path file = path.toStdString();
    Status written = write_file_atomically(file, app::unmatched_csv(chosen(), localization_.language()));
    if (written) written = study_.record_export(file.parent_path(), {file.filename()});
    if (!written) study_.report(written.error());
}

void UnmatchedPanel::retranslate() {
    label_->setText(tr("&Reason"));
    reason_->setAccessibleName(tr("Reason"));
    compute_->setText(tr("List the firms"));
    compute_->setAccessibleName(tr("List the firms without a match"));
    save_->setText(tr("Save the list…"));
    save_->setAccessibleName(tr("Save the list of firms"));
    view_->setAccessibleName(tr("Firms without a match"));
    const QVariant before = reason_->currentData();
    std::map<int, std::int64_t> counts;
    for (const app::UnmatchedFirm& firm : firms_.value_or(std::vector<app::UnmatchedFirm>())) {
        ++counts[2 * static_cast<int>(firm.reason) + (firm.adopter ? 1 : 0)];
    }
    reason_->clear();
    reason_->addItem(tr("all"), all_reasons);
    for (const auto& [key, count] : counts) {
        const std::string code(matching::reason_code(static_cast<matching::Reason>(key / 2)));
        reason_->addItem(QStringLiteral("%1 — %2 (%3)")
                             .arg(key % 2 == 1 ? tr("adopters") : tr("non-adopters"),
                                  localization_.text("report_reason_" + code), count_text(count)),
                         key);
    }
    reason_->setCurrentIndex(std::max(0, reason_->findData(before)));
    show_firms();
}

}  // namespace twinfirm::ui
