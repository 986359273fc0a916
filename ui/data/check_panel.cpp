// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/check_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "data/count_text.h"
#include "widgets/table_view.h"
#include "widgets/text_table_model.h"

namespace twinfirm::ui {

namespace {

using Cell = TextTableModel::Cell;
using Row = TextTableModel::Row;

Cell number(std::int64_t count) {
    return {count_text(count), true};
}

Cell text(const std::string& plain) {
    return {QString::fromStdString(plain)};
}

}  // namespace

CheckPanel::CheckPanel(OpenStudy& study, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      localization_(localization),
      label_(new QLabel(this)),
      view_choice_(new QComboBox(this)),
      state_(new QLabel(this)),
      found_(new TextTableModel(this)),
      found_view_(new TableView(this)),
      cases_(new TextTableModel(this)),
      cases_view_(new TableView(this)) {
    view_choice_->setObjectName(QStringLiteral("check_view"));
    view_choice_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    label_->setBuddy(view_choice_);
    state_->setObjectName(QStringLiteral("check_state"));
    state_->setWordWrap(true);
    found_view_->setObjectName(QStringLiteral("check_found"));
    found_view_->setModel(found_);
    found_view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    cases_view_->setObjectName(QStringLiteral("check_cases"));
    cases_view_->setModel(cases_);
    auto* top = new QHBoxLayout;
    top->addWidget(label_);
    top->addWidget(view_choice_);
    top->addStretch(1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(found_view_);
    splitter->addWidget(cases_view_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(top);
    layout->addWidget(state_);
    layout->addWidget(splitter, 1);
    connect(view_choice_, &QComboBox::activated, this, &CheckPanel::show_view);
    connect(found_view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { show_cases(current.row()); });
    study_.add_reader(checking_);
    connect(&study_.jobs(), &JobRunner::finished, this, &CheckPanel::check, Qt::QueuedConnection);
    connect(&study_, &OpenStudy::files_changed, this, [this] {
        outdated_ = true;
        check();
    });
    retranslate();
}

void CheckPanel::set_table(const std::string& table) {
    if (table == table_) return;
    table_ = table;
    result_.reset();
    outdated_ = true;
    show_view();
    check();
}

void CheckPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    check();
}

void CheckPanel::check() {
    if (!outdated_ || !isVisible() || checking_.running() || study_.jobs().running()) return;
    if (table_.empty() || study_.project_file().empty()) return;
    outdated_ = false;
    state_->setText(tr("Looking the table over…"));
    checking_.run<app::TableCheck>(
        [path = study_.project_file(), table = table_, firms = study_.specification().roles.firms_table,
         tables = study_.stored_tables()](const CancellationToken& token, const ProgressSink& progress) {
            const bool joins = std::find(tables.begin(), tables.end(), firms) != tables.end();
            return app::check_table(path, table, joins ? firms : std::string(), token, progress);
        },
        [this, table = table_](Result<app::TableCheck> found) {
            if (!found || table != table_) {
                outdated_ = true;
                if (table != table_) return check();
                if (found.error().kind != ErrorKind::cancelled) {
                    outdated_ = false;
                    study_.report(found.error());
                }
                return;
            }
            result_ = std::move(*found);
            show_view();
        });
}

void CheckPanel::show_view() {
    const auto view = static_cast<View>(std::max(0, view_choice_->currentIndex()));
    // Nothing to see before there is a result: no empty lists.
    found_view_->setVisible(result_.has_value());
    cases_view_->setVisible(result_.has_value() && view == doubts);
    found_->set_rows({}, {});
    cases_->set_rows({}, {});
    if (!result_) return state_->setText(tr("Import the file to check its table here."));
    if (view == doubts) show_doubts();
    if (view == gaps) show_gaps();
    if (view == codes) show_codes();
    found_view_->fit_columns(view == gaps ? 150 : 640);
}

void CheckPanel::show_doubts() {
    std::vector<Row> rows;
    for (const Message& message : ingest::quality_messages(result_->issues)) {
        rows.push_back({text(localization_.catalogue().text(message)), number(message.count),
                        text(localization_.catalogue().hint(message))});
    }
    state_->setText(rows.empty() ? tr("Nothing doubtful was found: no duplicates, jumps or outliers, and firms join.")
                                 : tr("Nothing was changed. Choose a line to see its rows."));
    const bool any = !rows.empty();
    found_view_->setVisible(any);
    cases_view_->setVisible(any);
    found_->set_rows({tr("What was noticed"), tr("Rows"), tr("What to do")}, std::move(rows));
    if (any) found_view_->selectRow(0);
}

void CheckPanel::show_cases(int issue) {
    if (!result_ || view_choice_->currentIndex() > doubts || issue < 0 ||
        issue >= static_cast<int>(result_->issues.size())) {
        return;
    }
    std::vector<Row> rows;
    for (const ingest::QualityCase& found : result_->issues[static_cast<std::size_t>(issue)].cases) {
        rows.push_back({number(found.row),
                        text(found.firm),
                        {found.year == 0 ? QString() : QString::number(found.year), true},
                        text(found.value),
                        text(found.other)});
    }
    cases_->set_rows({tr("Row"), tr("Firm"), tr("Year"), tr("Value"), tr("Compared with")}, std::move(rows));
    cases_view_->fit_columns();
}

void CheckPanel::show_gaps() {
    const app::MissingMap& map = result_->missing;
    QStringList titles{tr("Column")};
    for (const int year : map.years) titles << QString::number(year);
    if (map.years.empty()) titles << tr("All rows");
    std::vector<Row> rows;
    for (const auto& column : map.columns) {
        Row row{text(column.name)};
        for (std::size_t i = 0; i < map.rows.size(); ++i) {
            const double share =
                map.rows[i] > 0 ? static_cast<double>(column.missing[i]) / static_cast<double>(map.rows[i]) : 0;
            // Never 0 % where there is a gap, nor 100 % where there is a value.
            const QString shown = column.missing[i] == 0             ? QStringLiteral("0%")
                                  : share < 0.01                     ? QStringLiteral("<1%")
                                  : column.missing[i] == map.rows[i] ? QStringLiteral("100%")
                                  : share > 0.99                     ? QStringLiteral(">99%")
                                                                     : QStringLiteral("%1%").arg(qRound(share * 100));
            row.push_back({shown, true, share});
        }
        rows.push_back(std::move(row));
    }
    state_->setText(tr("Share of rows without a value, in each column and year."));
    found_->set_rows(std::move(titles), std::move(rows));
}

void CheckPanel::show_codes() {
    std::vector<Row> rows;
    std::int64_t unknown = 0;
    for (const app::CodeList& list : result_->codes) {
        for (const app::CodeList::Code& code : list.codes) {
            using Known = app::CodeList::Known;
            if (code.known == Known::no) ++unknown;
            const QString state = code.known == Known::yes  ? tr("known")
                                  : code.known == Known::no ? tr("not in the list")
                                                            : tr("no list");
            rows.push_back({text(list.column),
                            text(code.value),
                            number(code.rows),
                            {state, false, code.known == Known::no ? 0.6 : 0.0},
                            {localization_.text(code.meaning)}});
        }
    }
    state_->setText(tr("%1 codes are in no list. Industry codes are looked up by their division, provinces by their "
                       "names, levels from 0 to 5.")
                        .arg(count_text(unknown)));
    found_->set_rows({tr("Column"), tr("Code"), tr("Rows"), tr("Code list"), tr("Meaning")}, std::move(rows));
}

void CheckPanel::retranslate() {
    const int before = std::max(0, view_choice_->currentIndex());
    view_choice_->clear();
    view_choice_->addItems({tr("Doubtful values, duplicates and joins"), tr("Missing values"), tr("Code lists")});
    view_choice_->setCurrentIndex(before);
    label_->setText(tr("&What is shown"));
    view_choice_->setAccessibleName(tr("Kind of check"));
    found_view_->setAccessibleName(tr("Findings of the check"));
    cases_view_->setAccessibleName(tr("Rows of the finding"));
    show_view();
}

}  // namespace twinfirm::ui
