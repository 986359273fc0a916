// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::ingest {

namespace {

constexpr int earliest_year = 1900;
constexpr int latest_year = 2100;
constexpr double outlier_factor = 100;
constexpr double jump_tolerance = 0.35;  ///< in powers of ten
constexpr double employment_factor = 10;

double number_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return std::numeric_limits<double>::quiet_NaN();
    if (column.type() == store::ColumnType::integer) return static_cast<double>(column.integer(row));
    return column.type() == store::ColumnType::real ? column.real(row) : std::numeric_limits<double>::quiet_NaN();
}

std::string text_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return {};
    if (column.type() == store::ColumnType::integer) return std::to_string(column.integer(row));
    if (column.type() == store::ColumnType::real) return shortest_text(column.real(row));
    return std::string(column.text(row));
}

/// Of a year or of a date's beginning; 0 = none.
int year_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return 0;
    if (column.type() == store::ColumnType::text) {
        const std::string_view text = column.text(row).substr(0, 4);
        int year = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
        return error == std::errc() && end == text.data() + 4 ? year : 0;
    }
    const double year = number_at(column, row);
    return std::abs(year) < 1e6 ? static_cast<int>(year) : 0;
}

int compare_cells(const store::ColumnChunk& column, std::size_t a, std::size_t b) {
    const auto order = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (column.status(a) != column.status(b)) return order(column.status(a), column.status(b));
    if (!column.has_value(a)) return 0;
    if (column.type() == store::ColumnType::integer) return order(column.integer(a), column.integer(b));
    if (column.type() == store::ColumnType::real) return order(column.real(a), column.real(b));
    return order(column.text(a), column.text(b));
}

class Checker {
  public:
    explicit Checker(const store::TableData& table) : table_(table) {
        for (const char* key : {"firm_id", "brn", "crn", "firm_name"}) {
            if (firm_ == nullptr) firm_ = column_of(key);
        }
        year_ = column_of("year");
    }

    std::vector<QualityIssue> run() {
        if (firm_ != nullptr && year_ != nullptr) {
            order_rows();
            check_keys();
            check_years_before_adoption();
            for (std::size_t c = 0; c < table_.columns.size(); ++c) check_series(c);
        } else {
            check_equal_rows();
        }
        for (std::size_t row = 0; row < table_.rows; ++row) check_row(row);
        for (QualityIssue& issue : issues_) {
            std::stable_sort(issue.cases.begin(), issue.cases.end(),
                             [](const QualityCase& a, const QualityCase& b) { return a.row < b.row; });
        }
        return std::move(issues_);
    }

  private:
    using Column = store::ColumnChunk;

    [[nodiscard]] const Column* column_of(std::string_view field) const {
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            if (table_.definitions[i].field == field) return &table_.columns[i];
        }
        return nullptr;
    }
    [[nodiscard]] std::string name_of(const Column& column) const {
        return table_.definitions[static_cast<std::size_t>(&column - table_.columns.data())].name;
    }

    void add(std::string_view code, const Column* column, std::size_t row, std::string value, std::string other) {
        const std::string name = column == nullptr ? std::string() : name_of(*column);
        auto issue = std::find_if(issues_.begin(), issues_.end(), [&](const QualityIssue& existing) {
            return existing.code == code && existing.column == name;
        });
        if (issue == issues_.end()) {
            issues_.push_back({std::string(code), name, {}});
            issue = issues_.end() - 1;
        }
        issue->cases.push_back({static_cast<std::int64_t>(row) + 1, firm_ == nullptr ? "" : text_at(*firm_, row),
                                year_ == nullptr ? 0 : year_at(*year_, row), std::move(value), std::move(other)});
    }

    /// Rows with firm and year, by firm, year and place.
    void order_rows() {
        for (std::size_t row = 0; row < table_.rows; ++row) {
            if (firm_->has_value(row) && year_at(*year_, row) != 0) order_.push_back(row);
        }
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            const int firm = compare_cells(*firm_, a, b);
            if (firm != 0) return firm < 0;
            const int years = year_at(*year_, a) - year_at(*year_, b);
            return years != 0 ? years < 0 : a < b;
        });
    }

    [[nodiscard]] bool same_firm(std::size_t a, std::size_t b) const { return compare_cells(*firm_, a, b) == 0; }

    [[nodiscard]] bool equal_rows(std::size_t a, std::size_t b) const {
        return std::all_of(table_.columns.begin(), table_.columns.end(),
                           [&](const Column& column) { return compare_cells(column, a, b) == 0; });
    }

    /// Duplicates and gaps.
    void check_keys() {
        for (std::size_t i = 1; i < order_.size(); ++i) {
            const std::size_t before = order_[i - 1];
            const std::size_t row = order_[i];
            if (!same_firm(before, row)) continue;
            const int distance = year_at(*year_, row) - year_at(*year_, before);
            const std::string earlier = std::to_string(before + 1);
            if (distance == 0)
                add(equal_rows(before, row) ? "equal_rows" : "duplicate_firm_year", nullptr, row, "", earlier);
            if (distance > 1) add("year_gap", year_, row, text_at(*year_, row), text_at(*year_, before));
        }
    }

    /// Adopters whose years all lie behind the adoption: nothing to compare with.
    void check_years_before_adoption() {
        const Column* adoption = column_of("adopt_year");
        if (adoption == nullptr) return;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (i > 0 && same_firm(order_[i - 1], order_[i])) continue;
            const int adopted = year_at(*adoption, order_[i]);
            if (adopted > 0 && year_at(*year_, order_[i]) >= adopted) {
                add("no_year_before_adoption", year_, order_[i], text_at(*year_, order_[i]), std::to_string(adopted));
            }
        }
    }

    void check_equal_rows() {
        std::vector<std::size_t> rows(table_.rows);
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        const auto compare = [&](std::size_t a, std::size_t b) {
            for (const Column& column : table_.columns) {
                if (const int order = compare_cells(column, a, b); order != 0) return order;
            }
            return 0;
        };
        std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
            const int order = compare(a, b);
            return order != 0 ? order < 0 : a < b;
        });
        for (std::size_t i = 1; i < rows.size(); ++i) {
            if (compare(rows[i - 1], rows[i]) == 0) {
                add("equal_rows", nullptr, rows[i], "", std::to_string(rows[i - 1] + 1));
            }
        }
    }

    /// One variable along the years of each firm.
    void check_series(std::size_t c) {
        const Column& column = table_.columns[c];
        if (column.type() == store::ColumnType::text || &column == year_ || &column == firm_) return;
        const CanonicalField* field = find_canonical_field(table_.definitions[c].field);
        const bool flag = field != nullptr && field->type == "bool";
        const bool amount = (field != nullptr && (field->type == "money" || field->type == "count")) ||
                            table_.definitions[c].unit == "원";
        // A profit comes close to zero and leaves it by any factor: its size says nothing.
        const bool profit = field != nullptr && (field->key == "op_profit" || field->key == "net_income");
        const bool has_size = amount && !profit;
        for (std::size_t begin = 0; begin < order_.size();) {
            std::size_t end = begin + 1;
            while (end < order_.size() && same_firm(order_[begin], order_[end])) ++end;
            if (flag && field->role == "treatment") check_reversal(column, begin, end);
            if (has_size) check_jumps(column, field, begin, end);
            if (has_size || field == nullptr) check_outliers(column, begin, end);
            begin = end;
        }
    }

    void check_reversal(const Column& column, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin + 1; i < end; ++i) {
            const double before = number_at(column, order_[i - 1]);
            const double now = number_at(column, order_[i]);
            if (before == 1 && now == 0) add("treatment_reversed", &column, order_[i], "0", "1");
        }
    }

    void check_jumps(const Column& column, const CanonicalField* field, std::size_t begin, std::size_t end) {
        std::optional<std::size_t> last;
        const bool employees = field != nullptr && field->key == "emp";
        const bool money = field == nullptr || field->type == "money";
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t row = order_[i];
            const double now = number_at(column, row);
            if (!(std::abs(now) > 0)) continue;
            if (last) {
                const double before = number_at(column, *last);
                const double power = std::abs(std::log10(std::abs(now) / std::abs(before)));
                const bool thousand = std::abs(power - 3) <= jump_tolerance || std::abs(power - 6) <= jump_tolerance;
                if (money && thousand) add("unit_jump", &column, row, text_at(column, row), text_at(column, *last));
                const double ratio = now / before;
                if (employees && std::max(now, before) >= employment_factor &&
                    (ratio > employment_factor || ratio < 1 / employment_factor)) {
                    add("employment_jump", &column, row, text_at(column, row), text_at(column, *last));
                }
            }
            last = row;
        }
    }

    void check_outliers(const Column& column, std::size_t begin, std::size_t end) {
        constexpr std::size_t fewest_years = 3;
        std::vector<double> sizes;
        for (std::size_t i = begin; i < end; ++i) {
            const double value = std::abs(number_at(column, order_[i]));
            if (value >= 0) sizes.push_back(value);
        }
        if (sizes.size() < fewest_years) return;
        const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() - 1) / 2);
        std::nth_element(sizes.begin(), middle, sizes.end());
        const double median = *middle;  // of an even number the lower one, as it is a yardstick only
        if (!(median > 0)) return;
        for (std::size_t i = begin; i < end; ++i) {
            if (std::abs(number_at(column, order_[i])) > outlier_factor * median) {
                add("outlier", &column, order_[i], text_at(column, order_[i]), shortest_text(median));
            }
        }
    }

    /// What one row says by itself.
    void check_row(std::size_t row) {
        const auto number = [&](const char* field, const Column*& column) {
            column = column_of(field);
            return column == nullptr ? std::numeric_limits<double>::quiet_NaN() : number_at(*column, row);
        };
        const Column* column = nullptr;
        const Column* other = nullptr;
        if (year_ != nullptr && year_->has_value(row)) {
            const int year = year_at(*year_, row);
            if (year < earliest_year || year > latest_year)
                add("year_out_of_range", year_, row, text_at(*year_, row), "");
        }
        const double sales = number("sales", column);
        if (sales < 0) add("negative_sales", column, row, text_at(*column, row), "");
        if (sales == 0) add("zero_sales", column, row, "0", "");
        const double employees = number("emp", other);
        if (number("injured", column) > employees) {
            add("accidents_above_employees", column, row, text_at(*column, row), text_at(*other, row));
        }
        column = column_of("adopt_year");
        other = column_of("founded");
        if (column != nullptr && other != nullptr) {
            const int adopted = year_at(*column, row);
            if (adopted > 0 && year_at(*other, row) > adopted) {
                add("adopted_before_founded", column, row, text_at(*column, row), text_at(*other, row));
            }
        }
        const double before = number("level_before", other);
        const double after = number("level", column);
        if (after < before) add("level_fell", column, row, text_at(*column, row), text_at(*other, row));
        if (after < 0 || after > 5) add("level_out_of_range", column, row, text_at(*column, row), "");
    }

    const store::TableData& table_;
    const Column* firm_ = nullptr;
    const Column* year_ = nullptr;
    std::vector<std::size_t> order_;
    std::vector<QualityIssue> issues_;
};

void append_cell(const store::ColumnChunk& from, std::size_t row, bool missing, store::ColumnChunk& to) {
    if (missing || !from.has_value(row)) {
        to.append_absent(from.has_value(row) ? store::ValueStatus::missing : from.status(row));
    } else if (from.type() == store::ColumnType::integer) {
        to.append_integer(from.integer(row));
    } else if (from.type() == store::ColumnType::real) {
        to.append_real(from.real(row));
    } else {
        to.append_text(from.text(row));
    }
}

}  // namespace

std::vector<QualityIssue> check_quality(const store::TableData& table) {
    return Checker(table).run();
}

std::vector<QualityAction> apply_quality_rules(const std::vector<QualityIssue>& issues,
                                               const std::map<std::string, QualityRule>& rules,
                                               store::TableData& table) {
    std::vector<QualityAction> actions;
    std::vector<char> dropped(table.rows, 0);
    std::vector<std::vector<char>> missing(table.columns.size());
    for (const QualityIssue& issue : issues) {
        const auto chosen = rules.find(issue.code);
        if (chosen == rules.end() || chosen->second == QualityRule::keep) continue;
        const auto column = std::find_if(table.definitions.begin(), table.definitions.end(),
                                         [&](const auto& definition) { return definition.name == issue.column; });
        // An issue of whole rows has no cell to set missing.
        if (chosen->second == QualityRule::set_missing && column == table.definitions.end()) continue;
        for (const QualityCase& found : issue.cases) {
            const auto row = static_cast<std::size_t>(found.row - 1);
            if (chosen->second == QualityRule::drop_row) {
                dropped[row] = 1;
                continue;
            }
            auto& marks = missing[static_cast<std::size_t>(column - table.definitions.begin())];
            marks.resize(table.rows, 0);
            marks[row] = 1;
        }
        actions.push_back({issue.code, issue.column, chosen->second, static_cast<std::int64_t>(issue.cases.size())});
    }
    if (actions.empty()) return actions;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        store::ColumnChunk changed(table.columns[c].type());
        for (std::size_t row = 0; row < table.rows; ++row) {
            if (dropped[row] == 0)
                append_cell(table.columns[c], row, !missing[c].empty() && missing[c][row] != 0, changed);
        }
        table.columns[c] = std::move(changed);
    }
    table.rows -= static_cast<std::size_t>(std::count(dropped.begin(), dropped.end(), 1));
    return actions;
}

Messages quality_messages(const std::vector<QualityIssue>& issues) {
    Messages messages;
    for (const QualityIssue& issue : issues) {
        const QualityCase& first = issue.cases.front();
        messages.push_back({"quality_" + issue.code,
                            Severity::warning,
                            {{"column", issue.column},
                             {"row", std::to_string(first.row)},
                             {"firm", first.firm},
                             {"year", first.year == 0 ? std::string() : std::to_string(first.year)},
                             {"value", first.value},
                             {"other", first.other}},
                            static_cast<std::int64_t>(issue.cases.size())});
    }
    return messages;
}

std::string quality_csv(const std::vector<QualityIssue>& issues) {
    CsvWriter csv;
    for (const char* name : {"issue", "column", "row", "firm", "year", "value", "other"}) csv.text(name);
    csv.end_row();
    for (const QualityIssue& issue : issues) {
        for (const QualityCase& found : issue.cases) {
            csv.text(issue.code);
            csv.text(issue.column);
            csv.integer(found.row);
            csv.text(store::guard_formula(found.firm));
            found.year == 0 ? csv.missing() : csv.integer(found.year);
            csv.text(store::guard_formula(found.value));
            csv.text(store::guard_formula(found.other));
            csv.end_row();
        }
    }
    return csv.bytes();
}

Status TableCollector::begin(const store::TableDefinition& definition) {
    name_ = definition.name;
    table_.definitions = definition.columns;
    for (const store::ColumnDefinition& column : definition.columns) table_.columns.emplace_back(column.type);
    return {};
}

Status TableCollector::append(const store::RowChunk& chunk) {
    for (std::size_t c = 0; c < chunk.columns.size(); ++c) {
        for (std::size_t row = 0; row < chunk.rows; ++row) append_cell(chunk.columns[c], row, false, table_.columns[c]);
    }
    table_.rows += chunk.rows;
    return {};
}

Status TableCollector::pass_on(store::RowSink& sink) const {
    constexpr std::size_t run = 4096;
    TWINFIRM_TRY(sink.begin({name_, table_.definitions}));
    for (std::size_t begin = 0; begin < table_.rows; begin += run) {
        const std::size_t end = std::min(table_.rows, begin + run);
        store::RowChunk chunk;
        chunk.rows = end - begin;
        for (const store::ColumnChunk& column : table_.columns) {
            chunk.columns.emplace_back(column.type());
            for (std::size_t row = begin; row < end; ++row) append_cell(column, row, false, chunk.columns.back());
        }
        TWINFIRM_TRY(sink.append(chunk));
    }
    return {};
}

}  // namespace twinfirm::ingest
