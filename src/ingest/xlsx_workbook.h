// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "merged_areas.h"
#include "twinfirm/ingest/workbook.h"
#include "twinfirm/ingest/xlsx_package.h"

namespace twinfirm::ingest {

/// The texts that cells share, one behind the other.
class SharedStrings {
  public:
    static constexpr std::size_t bytes_limit = std::size_t{256} * 1024 * 1024;

    void add(std::string_view text) {
        text_ += text;
        ends_.push_back(text_.size());
    }
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::size_t bytes() const { return text_.size() + ends_.size() * sizeof(std::size_t); }
    [[nodiscard]] std::string_view at(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return std::string_view(text_).substr(begin, ends_[i] - begin);
    }

  private:
    std::string text_;
    std::vector<std::size_t> ends_;
};

/// What the sheets of one xlsx file have in common.
struct XlsxContents {
    std::shared_ptr<const XlsxPackage> package;
    std::filesystem::path path;
    std::vector<SheetInfo> sheets;
    std::vector<std::string> sheet_parts;  ///< names in the package, empty: the workbook does not say
    std::string strings_part;              ///< empty = none
    std::vector<NumberFormat> formats;     ///< by cell style
    bool from_1904 = false;
    SharedStrings strings;
};

/// Reads the parts that describe the workbook; the shared strings are left for later.
[[nodiscard]] Result<std::shared_ptr<XlsxContents>> read_xlsx_contents(const std::filesystem::path& path);
[[nodiscard]] Status read_shared_strings(XlsxContents& contents, const CancellationToken& token);

/// @param merged  the merged cells of the sheet
[[nodiscard]] Result<std::unique_ptr<Worksheet>> open_xlsx_sheet(std::shared_ptr<const XlsxContents> contents,
                                                                 std::size_t sheet,
                                                                 const std::vector<MergedCells>& merged);
/// Looks no further than the first cell with a value.
[[nodiscard]] Result<bool> xlsx_sheet_is_empty(const std::shared_ptr<const XlsxContents>& contents, std::size_t sheet);
/// Reads the whole part once, so that its size and checksum are known to be right before its rows are used. At most
/// 100,000 merged cells.
[[nodiscard]] Result<std::vector<MergedCells>> find_merged_cells(const XlsxContents& contents, std::size_t sheet,
                                                                 const CancellationToken& token);

[[nodiscard]] Result<std::shared_ptr<Workbook>> open_xlsx_workbook(const std::filesystem::path& path);

}  // namespace twinfirm::ingest
