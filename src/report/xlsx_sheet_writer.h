// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xlsxwriter.h>

#include <map>
#include <string>
#include <string_view>

#include "twinfirm/report/document.h"

namespace twinfirm::report::xlsx {

/// Cell formats of one workbook, made when first asked for.
class Formats {
  public:
    explicit Formats(lxw_workbook* workbook) : workbook_(workbook) {}

    [[nodiscard]] lxw_format* plain() { return get("plain"); }
    [[nodiscard]] lxw_format* title() { return get("title"); }
    [[nodiscard]] lxw_format* caption() { return get("caption"); }
    [[nodiscard]] lxw_format* note() { return get("note"); }
    [[nodiscard]] lxw_format* unit() { return get("unit"); }
    [[nodiscard]] lxw_format* header() { return get("header"); }
    /// A body cell. @param number_format  of the spreadsheet, empty = text
    [[nodiscard]] lxw_format* cell(Alignment alignment, bool emphasis, const std::string& number_format = {});

  private:
    [[nodiscard]] lxw_format* get(const std::string& kind);

    lxw_workbook* workbook_;
    std::map<std::string, lxw_format*> made_;
};

/// The spreadsheet's number format that shows a value as `text` shows it: `7.7%` is `#,##0.0"%"`.
[[nodiscard]] std::string number_format_like(std::string_view text);

void write_table(lxw_worksheet* sheet, Formats& formats, const Table& table, Language language);
void write_figure(lxw_workbook* workbook, lxw_worksheet* sheet, Formats& formats, const Figure& figure,
                  Language language);

}  // namespace twinfirm::report::xlsx
