// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>

#include "data/audit_model.h"
#include "data/column_mapping_model.h"
#include "data/data_file_model.h"
#include "data/preview_model.h"
#include "ui/study_window.h"
#include "widgets/report_table_model.h"
#include "widgets/step_model.h"

namespace twinfirm::ui {
namespace {

constexpr auto mode = QAbstractItemModelTester::FailureReportingMode::Fatal;

report::Table small_table() {
    report::Table table;
    table.columns = {{{"outcome"}, report::Alignment::left, 1}, {{"n"}, report::Alignment::right, 1}};
    const auto cell = [](const char* text, const char* key) {
        report::Cell result;
        result.text = text;
        result.key = key;
        return result;
    };
    table.header_rows = {{cell("Outcome", ""), cell("n", "")}};
    table.rows = {{cell("Sales", "sales"), cell("12", "")}, {cell("Exports", "export"), cell("7", "")}};
    return table;
}

TEST(ReportTableModel, ShowsTheCellsOfTheTable) {
    ReportTableModel model;
    const QAbstractItemModelTester tester(&model, mode);
    EXPECT_EQ(model.rowCount(), 0);
    model.set_table(small_table());
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.index(1, 0).data().toString(), QStringLiteral("Exports"));
    EXPECT_EQ(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("n"));
    model.set_table(rows_about(small_table(), "export"));
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.index(0, 1).data().toString(), QStringLiteral("7"));
}

TEST(ReportTableModel, SortsByNumberAndKeepsSumsBelow) {
    report::Table table = small_table();
    const auto add = [&](const char* name, const char* number, bool sum) {
        table.rows.push_back(table.rows.front());
        table.rows.back()[0].text = name;
        table.rows.back()[1].text = number;
        for (report::Cell& cell : table.rows.back()) cell.emphasis = sum;
    };
    add("Total", "1,020", true);
    add("Jobs", "1,001", false);
    add("Safety", "△3.5", false);
    add("Cost", "-", false);
    ReportTableModel model;
    const QAbstractItemModelTester tester(&model, mode);
    model.set_table(table);
    ASSERT_TRUE(model.sortable());
    const auto names = [&] {
        QString text;
        for (int row = 0; row < model.rowCount(); ++row) text += model.index(row, 0).data().toString() + u' ';
        return text;
    };
    const QPersistentModelIndex jobs = model.index(3, 0);
    model.sort(1, Qt::AscendingOrder);
    EXPECT_EQ(names(), QStringLiteral("Safety Exports Sales Jobs Cost Total "));
    EXPECT_EQ(jobs.data().toString(), QStringLiteral("Jobs"));
    model.sort(1, Qt::DescendingOrder);
    EXPECT_EQ(names(), QStringLiteral("Cost Jobs Sales Exports Safety Total "));
    model.sort(0, Qt::AscendingOrder);
    EXPECT_EQ(names(), QStringLiteral("Cost Exports Jobs Safety Sales Total "));
    table.rows.front().front().row_span = 2;
    model.set_table(table);
    EXPECT_FALSE(model.sortable());
}

TEST(StepModel, TellsTheStateInWords) {
    StepModel model;
    const QAbstractItemModelTester tester(&model, mode);
    std::array<StepState, step_count> states{};
    states[0] = StepState::done;
    states[5] = StepState::stale;
    model.set_states(states);
    EXPECT_TRUE(model.index(0).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral("done")));
    EXPECT_TRUE(model.index(5).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral("computed again")));
}

class ModelsOfTheSample : public StudyWindow {};

TEST_F(ModelsOfTheSample, KeepTheRulesOfModels) {
    DataFileModel files(window_->study());
    const QAbstractItemModelTester files_tester(&files, mode);
    QObject::connect(&window_->study(), &OpenStudy::files_changed, &files, &DataFileModel::refresh);
    open_sample();
    EXPECT_EQ(files.rowCount(), 3);

    const DataFile& panel = window_->study().files()[1];
    PreviewModel preview;
    const QAbstractItemModelTester preview_tester(&preview, mode);
    preview.set_inspection(*panel.inspection);
    EXPECT_EQ(preview.columnCount(), static_cast<int>(panel.inspection->plan.columns.size()));

    ColumnMappingModel columns(localization_);
    const QAbstractItemModelTester columns_tester(&columns, mode);
    columns.set_inspection(panel.inspection);
    EXPECT_EQ(columns.index(2, ColumnMappingModel::field).data().toString(), QStringLiteral("매출액"));

    AuditModel audit(localization_);
    const QAbstractItemModelTester audit_tester(&audit, mode);
    audit.set_audit(panel.audit);
    EXPECT_EQ(audit.rowCount(), static_cast<int>(panel.audit->rejected.size() + panel.audit->changed.size() +
                                                 panel.audit->conversions.size()));
}

}  // namespace
}  // namespace twinfirm::ui
