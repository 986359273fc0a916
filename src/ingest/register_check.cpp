// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/register_check.h"

#include <algorithm>
#include <climits>

#include "table_cell.h"
#include "twinfirm/ingest/link_key.h"

namespace twinfirm::ingest {

namespace {

/// The year of a cell that may not be there.
int year_of(const store::ColumnChunk* column, std::size_t row) {
    return column == nullptr ? 0 : cell_year(*column, row);
}

class RegisterCheck {
  public:
    RegisterCheck(const store::TableData& table, const store::TableData& firms, const LinkKey& key)
        : table_(table),

          firm_(*find_link_column(table, key.name)),
          registered_firm_(*find_link_column(firms, key.name)),
          year_(field_column(table, "year")),
          adopted_(field_column(table, "adopt_year")),
          founded_(field_column(firms, "founded")),
          closed_(field_column(firms, "closed")),
          registered_adoption_(field_column(firms, "adopt_year")) {}

    std::vector<QualityIssue> run(const Linkage& linkage) {
        for (const LinkedKey& key : linkage.keys) {
            const auto registered = linkage.left_rows(key);
            const auto rows = linkage.right_rows(key);
            if (registered.empty()) {
                add("firm_not_in_register", nullptr, rows.front(), std::to_string(rows.size()), "");
            } else if (rows.empty()) {
                add_registered("firm_without_rows", registered.front());
            } else {
                check_firm(registered.front(), rows);
            }
        }
        for (QualityIssue& issue : issues_) {
            std::stable_sort(issue.cases.begin(), issue.cases.end(),
                             [](const QualityCase& a, const QualityCase& b) { return a.row < b.row; });
        }
        return std::move(issues_);
    }

  private:
    std::vector<QualityCase>& cases_of(const char* code, const std::string& column) {
        for (QualityIssue& issue : issues_) {
            if (issue.code == code && issue.column == column) return issue.cases;
        }
        issues_.push_back({code, column, {}});
        return issues_.back().cases;
    }

    void add(const char* code, const store::ColumnChunk* column, std::size_t row, std::string value,
             std::string other) {
        const std::string name =
            column == nullptr ? std::string()
                              : table_.definitions[static_cast<std::size_t>(column - table_.columns.data())].name;
        cases_of(code, name)
            .push_back({static_cast<std::int64_t>(row) + 1, cell_text(firm_, row), year_of(year_, row),
                        std::move(value), std::move(other), 0});
    }

    void add_registered(const char* code, std::size_t row) {
        cases_of(code, {}).push_back(
            {static_cast<std::int64_t>(row) + 1, cell_text(registered_firm_, row), 0, "", "", 0});
    }

    void check_firm(std::size_t registered, std::span<const std::size_t> rows) {
        const int founded = year_of(founded_, registered);
        const int closed = year_of(closed_, registered);
        const int adoption = year_of(registered_adoption_, registered);
        int first_year = INT_MAX;
        int first_adoption = INT_MAX;
        std::size_t first_row = rows.front();
        std::size_t first_event = rows.front();
        for (const std::size_t row : rows) {
            const int year = year_of(year_, row);
            const int adopted = year_of(adopted_, row);
            if (year != 0 && founded != 0 && year < founded) {
                add("year_before_founded", year_, row, std::to_string(year), std::to_string(founded));
            }
            if (year != 0 && closed != 0 && year > closed) {
                add("year_after_closed", year_, row, std::to_string(year), std::to_string(closed));
            }
            if (adopted != 0 && founded != 0 && adopted < founded) {
                add("adopted_before_founded", adopted_, row, std::to_string(adopted), std::to_string(founded));
            }
            if (year != 0 && year < first_year) first_year = year, first_row = row;
            if (adopted != 0 && adopted < first_adoption) first_adoption = adopted, first_event = row;
        }
        if (adoption != 0 && first_year != INT_MAX && first_year >= adoption) {
            add("no_year_before_adoption", year_, first_row, std::to_string(first_year), std::to_string(adoption));
        }
        if (adoption != 0 && first_adoption != INT_MAX && first_adoption != adoption) {
            add("adoption_differs", adopted_, first_event, std::to_string(first_adoption), std::to_string(adoption));
        }
    }

    const store::TableData& table_;
    const store::ColumnChunk& firm_;
    const store::ColumnChunk& registered_firm_;
    const store::ColumnChunk* year_;
    const store::ColumnChunk* adopted_;
    const store::ColumnChunk* founded_;
    const store::ColumnChunk* closed_;
    const store::ColumnChunk* registered_adoption_;
    std::vector<QualityIssue> issues_;
};

}  // namespace

std::vector<QualityIssue> check_against_register(const store::TableData& table, const store::TableData& firms) {
    for (const char* name : {"firm_id", "brn", "crn"}) {
        const LinkKey key = parse_link_key(name);
        const auto left = link_side(firms, {}, key, nullptr);
        const auto right = link_side(table, {}, key, nullptr);
        if (left && right) return RegisterCheck(table, firms, key).run(link_rows({left->keys}, {right->keys}));
    }
    return {};
}

}  // namespace twinfirm::ingest
