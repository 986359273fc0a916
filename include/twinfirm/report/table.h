// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace twinfirm::report {

enum class Alignment { left, center, right };

/// What a cell holds. `not_available` is shown as `-`, `suppressed` as `X`; neither is ever shown as 0.
enum class CellKind { text, number, not_available, suppressed };

/// One cell of a table's grid. The grid is always full: a cell that a neighbour's span lies over is `covered`; it is
/// not drawn, but keeps its contents, because the CSV file repeats them.
struct Cell {
    CellKind kind = CellKind::text;
    std::string text;  ///< as shown, in the document's language; `\n` breaks the line
    std::string key;   ///< stable name of what a text cell is about, for the CSV file; may be empty
    std::vector<double>
        values;  ///< unrounded, in the unit of the text (percent already times 100); an interval has two
    int column_span = 1;
    int row_span = 1;
    bool covered = false;
    bool emphasis = false;  ///< a total or the number to look at
};

/// A column of the grid.
struct Column {
    /// Headers of the CSV columns it fills: one per value of a number cell; for a text column one (the text) or two
    /// (the key, the text); none = not in the CSV file.
    std::vector<std::string> csv_names;
    Alignment alignment = Alignment::right;  ///< of body cells; header cells are centred
    double relative_width = 1;
};

/// A table as the report shows it and as tables/NAME.csv holds it.
struct Table {
    std::string name;     ///< stable file name without suffix: `balance`
    int number = 0;       ///< in the document, from 1; 0 = not numbered
    std::string caption;  ///< without the number
    std::string unit;     ///< contents of `(단위: ...)`, empty = none
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> header_rows;  ///< each as long as `columns`; repeated on every page
    std::vector<std::vector<Cell>> rows;         ///< each as long as `columns`
    std::vector<std::string> notes;              ///< `주:` lines below the table
    std::string source;                          ///< contents of the `자료:` line, empty = none
};

}  // namespace twinfirm::report
