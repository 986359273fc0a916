// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/report/table.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::ui {

/// What a survey study found out, one row a chart or table of its report, in the report's order.
class FindingsModel : public QAbstractListModel {
    Q_OBJECT

  public:
    using QAbstractListModel::QAbstractListModel;

    void show(const survey::SurveyFindings& findings, Language language);
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// `chart_without_numbers` for a row that is a table alone.
    [[nodiscard]] Result<charts::Chart> chart(int row) const;
    [[nodiscard]] const report::Table& table(int row) const { return rows_.at(static_cast<std::size_t>(row)).table; }

  private:
    struct Row {
        QString title;
        bool has_chart = false;
        charts::Chart chart;
        report::Table table;  ///< of the row's own, or the numbers behind the chart
    };
    std::vector<Row> rows_;
};

}  // namespace twinfirm::ui
