// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality_action.h"

#include <algorithm>
#include <map>

#include "table_cell.h"

namespace twinfirm::ingest {

namespace {

std::size_t place(std::int64_t row) {
    return static_cast<std::size_t>(row - 1);
}

class RuleBook {
  public:
    RuleBook(const std::vector<QualityIssue>& issues, store::TableData& table)
        : issues_(issues), table_(table), dropped_(table.rows, 0), missing_(table.columns.size()) {}

    [[nodiscard]] std::vector<QualityAction> apply(const std::map<std::string, QualityRule>& rules) {
        std::vector<QualityAction> actions;
        for (const QualityIssue& issue : issues_) {
            const auto chosen = rules.find(issue.code);
            if (chosen == rules.end() || chosen->second == QualityRule::keep) continue;
            QualityAction action{issue.code, issue.column, chosen->second, 0, {}};
            if (action.rule == QualityRule::set_missing) {
                set_missing(issue, action);
            } else {
                drop(issue, action);
            }
            actions.push_back(std::move(action));
        }
        if (!actions.empty()) rewrite();
        return actions;
    }

  private:
    void drop_row(std::int64_t row, QualityAction& action) {
        if (dropped_[place(row)] != 0) return;
        dropped_[place(row)] = 1;
        action.rows.push_back(row);
        ++action.count;
    }

    void drop(const QualityIssue& issue, QualityAction& action) {
        for (const QualityCase& found : issue.cases) {
            switch (action.rule) {
                case QualityRule::keep_last:
                    drop_row(found.earlier_row, action);
                    break;
                case QualityRule::drop_all:
                    drop_row(found.earlier_row, action);
                    drop_row(found.row, action);
                    break;
                case QualityRule::drop_firm:
                    drop_firm(found, action);
                    break;
                default:
                    drop_row(found.row, action);
            }
        }
        for (const QualityIssue& equal : issues_) {
            if (equal.code != "equal_rows" || issue.code == "equal_rows") continue;
            for (const QualityCase& copy : equal.cases) {
                if (dropped_[place(copy.earlier_row)] != 0) drop_row(copy.row, action);
            }
        }
        std::sort(action.rows.begin(), action.rows.end());
    }

    void drop_firm(const QualityCase& found, QualityAction& action) {
        if (found.firm.empty()) return drop_row(found.row, action);
        const store::ColumnChunk& firm = *firm_column(table_);
        if (rows_of_firm_.empty()) {
            for (std::size_t row = 0; row < table_.rows; ++row) {
                if (firm.has_value(row))
                    rows_of_firm_[cell_text(firm, row)].push_back(static_cast<std::int64_t>(row) + 1);
            }
        }
        for (const std::int64_t row : rows_of_firm_[found.firm]) drop_row(row, action);
    }

    void set_missing(const QualityIssue& issue, QualityAction& action) {
        const auto column = std::find_if(table_.definitions.begin(), table_.definitions.end(),
                                         [&](const auto& definition) { return definition.name == issue.column; });
        if (column == table_.definitions.end()) return;
        auto& marks = missing_[static_cast<std::size_t>(column - table_.definitions.begin())];
        marks.resize(table_.rows, 0);
        for (const QualityCase& found : issue.cases) marks[place(found.row)] = 1;
        action.count = static_cast<std::int64_t>(issue.cases.size());
    }

    void rewrite() {
        for (std::size_t c = 0; c < table_.columns.size(); ++c) {
            const store::ColumnChunk& column = table_.columns[c];
            store::ColumnChunk changed(column.type());
            for (std::size_t row = 0; row < table_.rows; ++row) {
                if (dropped_[row] != 0) continue;
                if (!missing_[c].empty() && missing_[c][row] != 0 && column.has_value(row)) {
                    changed.append_absent(store::ValueStatus::missing);
                } else {
                    append_cell(column, row, changed);
                }
            }
            table_.columns[c] = std::move(changed);
        }
        table_.rows -= static_cast<std::size_t>(std::count(dropped_.begin(), dropped_.end(), 1));
    }

    const std::vector<QualityIssue>& issues_;
    store::TableData& table_;
    std::vector<char> dropped_;
    std::vector<std::vector<char>> missing_;
    std::map<std::string, std::vector<std::int64_t>> rows_of_firm_;
};

}  // namespace

std::vector<QualityAction> apply_quality_rules(const std::vector<QualityIssue>& issues,
                                               const std::map<std::string, QualityRule>& rules,
                                               store::TableData& table) {
    return RuleBook(issues, table).apply(rules);
}

}  // namespace twinfirm::ingest
