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
