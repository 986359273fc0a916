// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/file_format.h"
#include "twinfirm/ingest/record_source.h"
#include "twinfirm/ingest/workbook_cell.h"

namespace twinfirm::ingest {

struct SheetInfo {
    std::string name;
    bool hidden = false;
    bool empty = false;  ///< no cell with a value

    friend bool operator==(const SheetInfo&, const SheetInfo&) = default;
};

/// Something about the cells of a sheet that a table of texts does not show.
struct SheetRemark {
    std::string code;  ///< message code
    Severity severity = Severity::info;
    std::int64_t count = 0;
    CellPlace first;

    friend bool operator==(const SheetRemark&, const SheetRemark&) = default;
};

/// One sheet's rows: texts as stated in workbook_cell.h; dates in ISO form, truth values TRUE and FALSE, errors as
/// #N/A, empty rows left out. `Record::line` is the row's number.
class Worksheet : public RecordSource {
  public:
    /// Rows get empty cells up to this many columns.
    void pad_to(std::size_t columns) { columns_ = columns; }
    /// In rows up to `row`, merged cells all get the text of their first one (but not in a row that holds only one
    /// text: a title). Below, merged cells are empty except the first, and remarked.
    void fill_merged_to(std::int64_t row) { fill_merged_to_ = row; }
    /// What was found up to now.
    [[nodiscard]] virtual std::vector<SheetRemark> remarks() const = 0;
    /// The last row of merged cells that begin in `row`; `row` if none reach further down.
    [[nodiscard]] virtual std::int64_t merged_reach(std::int64_t row) const = 0;

  protected:
    std::size_t columns_ = 0;
    std::int64_t fill_merged_to_ = 0;
};

/// A file with one or several sheets.
class Workbook {
  public:
    Workbook() = default;
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    virtual ~Workbook() = default;

    /// Errors of xlsx: those of XlsxPackage and XmlReader; `workbook_not_xlsx`, `workbook_binary`,
    /// `workbook_no_sheet`. Of xls: `workbook_encrypted`, `workbook_damaged`, `xls_unreadable` (reason),
    /// `xls_too_large`. Of html and xml_spreadsheet: those of TextDecoder and XmlReader; `html_no_table`,
    /// `workbook_no_sheet`, `workbook_too_much_text` (limit).
    [[nodiscard]] static Result<std::shared_ptr<Workbook>> open(const std::filesystem::path& path, FileFormat format,
                                                                const CancellationToken& token = {});

    [[nodiscard]] virtual const std::vector<SheetInfo>& sheets() const = 0;
    /// Errors, each with `sheet`: `workbook_sheet_missing`, `workbook_bad_reference` (cell), `workbook_too_many_rows`
    /// (limit), `workbook_cell_too_long` (cell, limit), `workbook_strings_too_large` (limit).
    [[nodiscard]] virtual Result<std::unique_ptr<Worksheet>> open_sheet(std::size_t sheet,
                                                                        const CancellationToken& token = {}) = 0;
};

}  // namespace twinfirm::ingest
