// SPDX-License-Identifier: GPL-3.0-or-later
#include "xls_workbook.h"

#include <freexl.h>

#include <array>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "sheet_grid.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

namespace {

constexpr std::int64_t bytes_limit = std::int64_t{128} * 1024 * 1024;

struct CloseXls {
    void operator()(const void* handle) const { freexl_close(handle); }
};
using Xls = std::unique_ptr<const void, CloseXls>;

std::string utf16(std::string_view ascii) {
    std::string out;
    for (const char c : ascii) {
        out += c;
        out += '\0';
    }
    return out;
}

/// What the compound file holds, by the names in its directory.
struct Streams {
    bool encrypted_package = false;
    bool workbook = false;
};

Result<Streams> look_for_streams(const std::filesystem::path& path, const CancellationToken& token) {
    auto file = ByteFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (file->bytes_total() > bytes_limit) {
        return fail(ErrorKind::input, "xls_too_large", {{"limit", std::to_string(bytes_limit / (1024 * 1024))}});
    }
    const std::string encrypted = utf16("EncryptedPackage");
    const std::array<std::string, 2> workbooks = {utf16("Workbook"), utf16("Book")};
    Streams found;
    std::string window;
    for (;;) {
        TWINFIRM_TRY(token.check());
        const auto bytes = file->next();
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->empty()) return found;
        window.erase(0, window.size() - std::min(window.size(), encrypted.size()));
        window += *bytes;
        found.encrypted_package = found.encrypted_package || window.find(encrypted) != std::string::npos;
        for (const std::string& name : workbooks)
            found.workbook = found.workbook || window.find(name) != std::string::npos;
    }
}

tl::unexpected<Error> unreadable(int code) {
    return fail(ErrorKind::input, "xls_unreadable", {{"reason", std::to_string(code)}});
}

void add_cell(SheetGrid& grid, const CellPlace& place, const FreeXL_CellValue& cell) {
    switch (cell.type) {
        case FREEXL_CELL_INT:
            grid.add(place.column, integer_text(cell.value.int_value));
            break;
        case FREEXL_CELL_DOUBLE: {
            const NumberText number = number_text(shortest_text(cell.value.double_value));
            if (number.too_long) grid.remarks.note("workbook_long_numbers", Severity::warning, place);
            if (!number.number) grid.remarks.note("workbook_bad_number", Severity::warning, place);
            grid.add(place.column, number.text);
            break;
        }
        case FREEXL_CELL_DATETIME: {
            std::string text(cell.value.text_value);
            if (text.ends_with(" 00:00:00")) text.resize(text.size() - 9);
            if (text.size() > 10) text[10] = 'T';
            grid.add(place.column, text);
            break;
        }
        case FREEXL_CELL_TEXT:
        case FREEXL_CELL_SST_TEXT:
        case FREEXL_CELL_DATE:
        case FREEXL_CELL_TIME:
            if (cell.value.text_value != nullptr) grid.add(place.column, cell.value.text_value);
            break;
        default:
            break;
    }
}

Result<std::shared_ptr<const SheetGrid>> read_sheet(const void* xls, unsigned short sheet,
                                                    const CancellationToken& token) {
    auto grid = std::make_shared<SheetGrid>();
    if (const int code = freexl_select_active_worksheet(xls, sheet); code != FREEXL_OK) return unreadable(code);
    unsigned int rows = 0;
    unsigned short columns = 0;
    if (const int code = freexl_worksheet_dimensions(xls, &rows, &columns); code != FREEXL_OK) return unreadable(code);
    for (unsigned int row = 0; row < rows; ++row) {
        if (row % 256 == 0) TWINFIRM_TRY(token.check());
        grid->begin_row(std::int64_t{row} + 1);
        for (unsigned short column = 0; column < columns; ++column) {
            FreeXL_CellValue cell{};
            if (const int code = freexl_get_cell_value(xls, row, column, &cell); code != FREEXL_OK) {
                return unreadable(code);
            }
            add_cell(*grid, {std::int64_t{row} + 1, std::int64_t{column} + 1}, cell);
        }
        if (grid->bytes() > grid_bytes_limit) return too_much_text();
    }
    return std::shared_ptr<const SheetGrid>(std::move(grid));
}

}  // namespace

Result<std::shared_ptr<Workbook>> open_xls_workbook(const std::filesystem::path& path, const CancellationToken& token) {
    const auto streams = look_for_streams(path, token);
    if (!streams) return tl::unexpected(streams.error());
    if (streams->encrypted_package) {
        return fail(ErrorKind::input, "workbook_encrypted", {{"part", path.filename().string()}});
    }
    if (!streams->workbook) return fail(ErrorKind::input, "workbook_not_xlsx");
    const void* handle = nullptr;
    const int opened = freexl_open(path.c_str(), &handle);
    const Xls xls(handle);
    if (opened != FREEXL_OK) return unreadable(opened);
    unsigned int info = 0;
    if (freexl_get_info(xls.get(), FREEXL_BIFF_PASSWORD, &info) == FREEXL_OK && info == FREEXL_BIFF_OBFUSCATED) {
        return fail(ErrorKind::input, "workbook_encrypted", {{"part", path.filename().string()}});
    }
    if (freexl_get_info(xls.get(), FREEXL_BIFF_SHEET_COUNT, &info) != FREEXL_OK || info == 0) {
        return fail(ErrorKind::input, "workbook_no_sheet");
    }
    std::vector<SheetInfo> sheets;
    std::vector<std::shared_ptr<const SheetGrid>> grids;
    for (unsigned short sheet = 0; sheet < info; ++sheet) {
        const char* name = nullptr;
        if (const int code = freexl_get_worksheet_name(xls.get(), sheet, &name); code != FREEXL_OK) {
            return unreadable(code);
        }
        auto grid = read_sheet(xls.get(), sheet, token);
        if (!grid) return tl::unexpected(grid.error());
        sheets.push_back({name == nullptr ? std::string() : std::string(name), false, false});
        grids.push_back(std::move(*grid));
    }
    return make_grid_workbook(path, std::move(sheets), std::move(grids));
}

}  // namespace twinfirm::ingest
