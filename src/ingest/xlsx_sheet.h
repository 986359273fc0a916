// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sheet_remarks.h"
#include "twinfirm/ingest/csv_reader.h"
#include "twinfirm/ingest/workbook_xml.h"
#include "xlsx_workbook.h"

namespace twinfirm::ingest {

/// Gathers rows of cells from the elements of a worksheet part, until they are taken away.
class SheetRows : public XmlHandler {
  public:
    struct Cell {
        std::int64_t column;
        bool shared;        ///< `begin` is the number of a shared string
        std::size_t begin;  ///< else the place of the text
        std::size_t size;
    };
    struct Row {
        std::int64_t number;
        std::size_t first_cell;
        std::size_t cells;
    };

    SheetRows(const XlsxContents& contents, std::size_t sheet) : contents_(contents), sheet_(sheet) {}

    void on_start(std::string_view name, const XmlAttributes& attributes, int depth) override;
    void on_end(std::string_view name, int depth) override;
    void on_text(std::string_view text) override;

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    [[nodiscard]] std::int64_t column_of(std::size_t cell) const { return cells_[cell].column; }
    [[nodiscard]] std::string_view text_of(std::size_t cell) const;
    /// Forgets the rows gathered; a row that has begun is kept.
    void clear();

    [[nodiscard]] const SheetRemarks& remarks() const { return remarks_; }

  private:
    enum class Type { number, shared, text, inline_text, boolean, error, date };

    void begin_row(const XmlAttributes& attributes);
    void end_row();
    void begin_cell(const XmlAttributes& attributes);
    void end_cell();
    void end_number();
    void end_shared();
    void end_text();
    void end_date();
    void add(std::string_view text);
    void note(std::string_view code, Severity severity) { remarks_.note(code, severity, {row_, column_}); }
    void note_number_as_text(std::string_view text);
    void fail_at_cell(std::string_view code, MessageArguments arguments);

    const XlsxContents& contents_;
    std::size_t sheet_;
    std::vector<Row> rows_;
    std::vector<Cell> cells_;
    std::string text_;  ///< of the gathered cells
    std::size_t row_begin_ = 0;
    std::size_t row_first_cell_ = 0;
    SheetRemarks remarks_;

    bool in_data_ = false;
    std::int64_t row_ = 0;
    std::int64_t column_ = 0;
    Type type_ = Type::number;
    NumberFormat format_ = NumberFormat::number;
    bool formula_ = false;
    bool take_text_ = false;
    bool reading_aid_ = false;
    std::string value_;
};

/// The rows of one worksheet part, read as they are asked for.
class XlsxSheet : public Worksheet {
  public:
    XlsxSheet(std::shared_ptr<const XlsxContents> contents, std::size_t sheet, MergedAreas merged, PackagePart part);

    [[nodiscard]] Status skip_lines(std::int64_t count) override;
    [[nodiscard]] Result<bool> next(Record& record) override;
    [[nodiscard]] double progress() const override { return part_.progress(); }
    [[nodiscard]] std::int64_t bytes() const override;
    [[nodiscard]] std::string hex_digest() override;
    [[nodiscard]] std::vector<SheetRemark> remarks() const override;
    [[nodiscard]] std::int64_t merged_reach(std::int64_t row) const override { return merged_.reach_of(row); }

  private:
    [[nodiscard]] Result<bool> fill();
    void take(const SheetRows::Row& row, Record& record);

    std::shared_ptr<const XlsxContents> contents_;
    std::size_t sheet_;
    MergedAreas merged_;
    PackagePart part_;
    SheetRows rows_;
    XmlReader reader_;
    std::size_t next_row_ = 0;
    std::int64_t skipped_ = 0;
};

}  // namespace twinfirm::ingest
