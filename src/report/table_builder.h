// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lookup.h"
#include "twinfirm/report/table.h"
#include "words.h"

namespace twinfirm::report {

/// Fills a table row by row and remembers what its notes must explain: missing numbers, suppressed cells, traps.
class TableBuilder {
  public:
    TableBuilder(const Words& words, std::string name, std::string_view caption_code,
                 const MessageArguments& arguments = {});

    /// A column of texts; two CSV names = its cells' keys, then their texts.
    TableBuilder& text_column(std::vector<std::string> csv_names, std::string header, double relative_width);
    TableBuilder& number_column(std::vector<std::string> csv_names, std::string header, double relative_width = 1);
    /// A header above the columns `first` .. `first + count - 1`.
    TableBuilder& header_above(std::size_t first, std::size_t count, std::string text);
    TableBuilder& unit(std::string text);
    TableBuilder& note(std::string text);

    TableBuilder& begin_row(bool emphasis = false);
    /// What `add` adds stands out from its row.
    template <class Add>
    TableBuilder& emphasised(Add add) {
        const bool before = std::exchange(emphasis_, true);
        add();
        emphasis_ = before;
        return *this;
    }
    TableBuilder& text(std::string text, std::string key = {});
    TableBuilder& count(std::int64_t value);  ///< X for a hidden one
    /// `reason` is the code of the note that says why a NaN is shown as `-`.
    TableBuilder& number(double value, int decimals, std::string_view reason = "report_missing_number");
    TableBuilder& adaptive(double value, std::string_view reason = "report_missing_number");
    TableBuilder& p_value(double value);
    TableBuilder& interval(double low, double high, int decimals);
    /// The estimate with its interval below it; fills three CSV columns.
    TableBuilder& estimate(const Shown& shown, std::string_view reason = "report_missing_number");
    /// The same with the number of firms behind the estimate and as fourth CSV column.
    TableBuilder& estimate_with_n(const Shown& shown, std::int64_t n, std::string_view reason);
    TableBuilder& suppressed();
    /// Letters that stand for the traps; the notes explain them.
    TableBuilder& traps(const evaluation::Traps& traps);
    /// The caution mark with those letters on the first line of the last cell, for grids without a column of their own;
    /// nothing without traps.
    TableBuilder& caution(const evaluation::Traps& traps);

    /// Equal neighbours in a text column become one cell over several rows.
    TableBuilder& merge_equal_rows(std::size_t column);
    [[nodiscard]] Table finish();

  private:
    Cell& add(CellKind kind, std::string text);
    TableBuilder& missing(std::string_view reason, std::size_t values);
    void add_trap_notes();
    /// Of the trap's note, from the first letter on.
    std::size_t place_of(const std::string& trap);

    const Words& words_;
    Table table_;
    std::vector<std::string> headers_;
    std::vector<Cell> upper_header_;
    std::set<std::string> reasons_;
    std::vector<std::string> traps_;
    bool suppressed_ = false;
    bool cautioned_ = false;
    bool emphasis_ = false;
};

}  // namespace twinfirm::report
