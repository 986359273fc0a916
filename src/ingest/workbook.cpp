// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/workbook.h"

#include <utility>

#include "html_table.h"
#include "spreadsheetml.h"
#include "xls_workbook.h"
#include "xlsx_workbook.h"

namespace twinfirm::ingest {

namespace {

Result<std::shared_ptr<Workbook>> open_as(const std::filesystem::path& path, FileFormat format,
                                          const CancellationToken& token) {
    switch (format) {
        case FileFormat::xlsx:
            return open_xlsx_workbook(path);
        case FileFormat::xls:
            return open_xls_workbook(path, token);
        case FileFormat::html:
            return open_html_tables(path, token);
        case FileFormat::xml_spreadsheet:
            return open_spreadsheetml(path, token);
        case FileFormat::text:
            break;
    }
    return fail(ErrorKind::input, "workbook_not_xlsx");
}

}  // namespace

Result<std::shared_ptr<Workbook>> Workbook::open(const std::filesystem::path& path, FileFormat format,
                                                 const CancellationToken& token) {
    auto workbook = open_as(path, format, token);
    if (!workbook && workbook.error().file.empty()) workbook.error().file = path.string();
    return workbook;
}

}  // namespace twinfirm::ingest
