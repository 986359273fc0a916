// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/quality.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

#include "table_cell.h"
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

class Checker {
  public:
    explicit Checker(const store::TableData& table) : table_(table) {
        firm_ = firm_column(table);
        by_name_ = firm_ != nullptr && firm_ == column_of("firm_name");
        year_ = column_of("year");
    }

    std::vector<QualityIssue> run() {
        if (firm_ != nullptr && year_ != nullptr) {
            order_rows();
            check_keys();
            check_years_before_adoption();
            for (std::size_t c = 0; c < table_.columns.size(); ++c) check_series(c);
        } else {
            firm_ != nullptr && !by_name_ ? check_firms() : check_equal_rows();
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

    [[nodiscard]] const Column* column_of(std::string_view field) const { return field_column(table_, field); }
    [[nodiscard]] std::string name_of(const Column& column) const {
        return table_.definitions[static_cast<std::size_t>(&column - table_.columns.data())].name;
    }

    void add(std::string_view code, const Column* column, std::size_t row, std::string value, std::string other,
             std::size_t earlier_row = 0) {
        const std::string name = column == nullptr ? std::string() : name_of(*column);
        auto issue = std::find_if(issues_.begin(), issues_.end(), [&](const QualityIssue& existing) {
            return existing.code == code && existing.column == name;
        });
        if (issue == issues_.end()) {
            issues_.push_back({std::string(code), name, {}});
            issue = issues_.end() - 1;
        }
        issue->cases.push_back({static_cast<std::int64_t>(row) + 1, firm_ == nullptr ? "" : cell_text(*firm_, row),
                                year_ == nullptr ? 0 : cell_year(*year_, row), std::move(value), std::move(other),
                                static_cast<std::int64_t>(earlier_row)});
    }

    /// Rows with firm and year, by firm, year and place.
    void order_rows() {
        for (std::size_t row = 0; row < table_.rows; ++row) {
            if (firm_->has_value(row) && cell_year(*year_, row) != 0) order_.push_back(row);
        }
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            const int firm = compare_cells(*firm_, a, b);
            if (firm != 0) return firm < 0;
            const int years = cell_year(*year_, a) - cell_year(*year_, b);
            return years != 0 ? years < 0 : a < b;
        });
    }

    [[nodiscard]] bool same_firm(std::size_t a, std::size_t b) const { return compare_cells(*firm_, a, b) == 0; }

    [[nodiscard]] int compare_rows(std::size_t a, std::size_t b) const {
        for (const Column& column : table_.columns) {
            if (const int order = compare_cells(column, a, b); order != 0) return order;
        }
        return 0;
    }

    /// Tells the rows of one key that are equal to an earlier one and, under a code, those that say something else.
    /// O(rows log rows).
    void check_repeated(std::span<const std::size_t> rows, std::string_view code) {
        if (rows.size() < 2) return;
        std::vector<std::size_t> sorted(rows.begin(), rows.end());
        std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
            const int order = compare_rows(a, b);
            return order != 0 ? order < 0 : a < b;
        });
        std::vector<std::size_t> distinct = {sorted.front()};
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            if (compare_rows(distinct.back(), sorted[i]) == 0) {
                add("equal_rows", nullptr, sorted[i], "", std::to_string(distinct.back() + 1), distinct.back() + 1);
            } else {
                distinct.push_back(sorted[i]);
            }
        }
        if (code.empty()) return;
        std::sort(distinct.begin(), distinct.end());
        for (std::size_t i = 1; i < distinct.size(); ++i) {
            add(code, nullptr, distinct[i], "", std::to_string(distinct[i - 1] + 1), distinct[i - 1] + 1);
        }
    }

    /// Duplicates and gaps.
    void check_keys() {
        for (std::size_t begin = 0; begin < order_.size();) {
            std::size_t end = begin + 1;
            while (end < order_.size() && same_firm(order_[begin], order_[end]) &&
                   cell_year(*year_, order_[begin]) == cell_year(*year_, order_[end])) {
                ++end;
            }
            check_repeated(std::span(order_).subspan(begin, end - begin), "duplicate_firm_year");
            if (end < order_.size() && same_firm(order_[begin], order_[end]) &&
                cell_year(*year_, order_[end]) - cell_year(*year_, order_[begin]) > 1) {
                add("year_gap", year_, order_[end], cell_text(*year_, order_[end]), cell_text(*year_, order_[begin]));
            }
            begin = end;
        }
    }

    /// Tables without years: a register holds a firm once, a table of adoptions once in a year.
    void check_firms() {
        const Column* adoption = column_of("adopt_year");
        const auto adopted = [&](std::size_t row) { return adoption == nullptr ? 0 : cell_year(*adoption, row); };
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < table_.rows; ++row) {
            if (firm_->has_value(row)) rows.push_back(row);
        }
        std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
            const int firm = compare_cells(*firm_, a, b);
            if (firm != 0) return firm < 0;
            return adopted(a) != adopted(b) ? adopted(a) < adopted(b) : a < b;
        });
        for (std::size_t begin = 0; begin < rows.size();) {
            std::size_t end = begin + 1;
            // Without a year of adoption a row is no adoption: all of the firm's rows are then of a register.
            const bool is_event = adopted(rows[begin]) != 0;
            while (end < rows.size() && same_firm(rows[begin], rows[end]) &&
                   (!is_event || adopted(rows[begin]) == adopted(rows[end]))) {
                ++end;
            }
            check_repeated(std::span(rows).subspan(begin, end - begin),
                           is_event ? "duplicate_adoption" : "duplicate_firm");
            if (end < rows.size() && same_firm(rows[begin], rows[end])) check_upgrade(rows[end - 1], rows[end]);
            begin = end;
        }
    }

    /// A later adoption that reaches less than an earlier one.
    void check_upgrade(std::size_t earlier, std::size_t later) {
        const Column* level = column_of("level");
        if (level == nullptr) return;
        if (cell_number(*level, later) < cell_number(*level, earlier)) {
            add("level_fell", level, later, cell_text(*level, later), cell_text(*level, earlier));
        }
    }

    /// Adopters whose years all lie behind the adoption: nothing to compare with.
    void check_years_before_adoption() {
        const Column* adoption = column_of("adopt_year");
        if (adoption == nullptr) return;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (i > 0 && same_firm(order_[i - 1], order_[i])) continue;
            const int adopted = cell_year(*adoption, order_[i]);
            if (adopted > 0 && cell_year(*year_, order_[i]) >= adopted) {
                add("no_year_before_adoption", year_, order_[i], cell_text(*year_, order_[i]), std::to_string(adopted));
            }
        }
    }

    void check_equal_rows() {
        std::vector<std::size_t> rows(table_.rows);
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        check_repeated(rows, {});
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
            const double before = cell_number(column, order_[i - 1]);
            const double now = cell_number(column, order_[i]);
            if (before == 1 && now == 0) add("treatment_reversed", &column, order_[i], "0", "1");
        }
    }

    void check_jumps(const Column& column, const CanonicalField* field, std::size_t begin, std::size_t end) {
        std::optional<std::size_t> last;
        const bool employees = field != nullptr && field->key == "emp";
        const bool money = field == nullptr || field->type == "money";
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t row = order_[i];
            const double now = cell_number(column, row);
            if (!(std::abs(now) > 0)) continue;
            if (last) {
                const double before = cell_number(column, *last);
                const double power = std::abs(std::log10(std::abs(now) / std::abs(before)));
                const bool thousand = std::abs(power - 3) <= jump_tolerance || std::abs(power - 6) <= jump_tolerance;
                if (money && thousand) add("unit_jump", &column, row, cell_text(column, row), cell_text(column, *last));
                const double ratio = now / before;
                if (employees && std::max(now, before) >= employment_factor &&
                    (ratio > employment_factor || ratio < 1 / employment_factor)) {
                    add("employment_jump", &column, row, cell_text(column, row), cell_text(column, *last));
                }
            }
            last = row;
        }
    }

    void check_outliers(const Column& column, std::size_t begin, std::size_t end) {
        constexpr std::size_t fewest_years = 3;
        std::vector<double> sizes;
        for (std::size_t i = begin; i < end; ++i) {
            const double value = std::abs(cell_number(column, order_[i]));
            if (value >= 0) sizes.push_back(value);
        }
        if (sizes.size() < fewest_years) return;
        const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() - 1) / 2);
        std::nth_element(sizes.begin(), middle, sizes.end());
        const double median = *middle;  // of an even number the lower one, as it is a yardstick only
        if (!(median > 0)) return;
        for (std::size_t i = begin; i < end; ++i) {
            if (std::abs(cell_number(column, order_[i])) > outlier_factor * median) {
                add("outlier", &column, order_[i], cell_text(column, order_[i]), shortest_text(median));
            }
        }
    }

    /// What one row says by itself.
    void check_row(std::size_t row) {
        const auto number = [&](const char* field, const Column*& column) {
            column = column_of(field);
            return column == nullptr ? std::numeric_limits<double>::quiet_NaN() : cell_number(*column, row);
        };
        const Column* column = nullptr;
        const Column* other = nullptr;
        if (year_ != nullptr && year_->has_value(row)) {
            const int year = cell_year(*year_, row);
            if (year < earliest_year || year > latest_year)
                add("year_out_of_range", year_, row, cell_text(*year_, row), "");
        }
        const double sales = number("sales", column);
        if (sales < 0) add("negative_sales", column, row, cell_text(*column, row), "");
        if (sales == 0) add("zero_sales", column, row, "0", "");
        const double employees = number("emp", other);
        if (number("injured", column) > employees) {
            add("accidents_above_employees", column, row, cell_text(*column, row), cell_text(*other, row));
        }
        column = column_of("adopt_year");
        other = column_of("founded");
        if (column != nullptr && other != nullptr) {
            const int adopted = cell_year(*column, row);
            if (adopted > 0 && cell_year(*other, row) > adopted) {
                add("adopted_before_founded", column, row, cell_text(*column, row), cell_text(*other, row));
            }
        }
        const double before = number("level_before", other);
        const double after = number("level", column);
        if (after < before) add("level_fell", column, row, cell_text(*column, row), cell_text(*other, row));
        if (after < 0 || after > 5) add("level_out_of_range", column, row, cell_text(*column, row), "");
    }

    const store::TableData& table_;
    const Column* firm_ = nullptr;
    bool by_name_ = false;  ///< a name may be of several firms
    const Column* year_ = nullptr;
    std::vector<std::size_t> order_;
    std::vector<QualityIssue> issues_;
};

}  // namespace

std::vector<QualityIssue> check_quality(const store::TableData& table) {
    return Checker(table).run();
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
        for (std::size_t row = 0; row < chunk.rows; ++row) append_cell(chunk.columns[c], row, table_.columns[c]);
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
            for (std::size_t row = begin; row < end; ++row) append_cell(column, row, chunk.columns.back());
        }
        TWINFIRM_TRY(sink.append(chunk));
    }
    return {};
}

}  // namespace twinfirm::ingest
