// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/xlsx_writer.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "twinfirm/base/atomic_file.h"
#include "xlsx_sheet_writer.h"

namespace twinfirm::report {

namespace {

/// A folder that only its owner may look into, removed with all that is in it.
class PrivateFolder {
  public:
    PrivateFolder() {
        std::error_code failure;
        std::string pattern = (std::filesystem::temp_directory_path(failure) / "twinfirm-XXXXXX").string();
        if (!failure && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
    }
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    ~PrivateFolder() {
        std::error_code failure;
        if (!path_.empty()) std::filesystem::remove_all(path_, failure);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// What stands on a sheet of its own.
struct Sheet {
    std::string name;
    std::string caption;
    const Table* table = nullptr;
    const Figure* figure = nullptr;
};

void add_block(const Block& block, Language language, std::vector<Sheet>& sheets) {
    const bool korean = language == Language::korean;
    const auto add_table = [&](const Table& table) {
        if (table.number == 0 || table.columns.empty()) return;
        sheets.push_back({(korean ? "표 " : "Table ") + std::to_string(table.number), table.caption, &table, nullptr});
    };
    if (const auto* table = std::get_if<Table>(&block)) add_table(*table);
    if (const auto* row = std::get_if<SideBySide>(&block)) {
        for (const Table& table : row->tables) add_table(table);
    }
    if (const auto* figure = std::get_if<Figure>(&block)) {
        sheets.push_back(
            {(korean ? "그림 " : "Figure ") + std::to_string(figure->number), figure->caption, nullptr, figure});
    }
}

std::vector<Sheet> sheets_of(const Document& document) {
    std::vector<Sheet> sheets;
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) add_block(block, document.language, sheets);
    }
    return sheets;
}

void write_cover(lxw_workbook* workbook, xlsx::Formats& formats, const Document& document,
                 const std::vector<Sheet>& sheets) {
    const bool korean = document.language == Language::korean;
    lxw_worksheet* cover = workbook_add_worksheet(workbook, korean ? "표지" : "Cover");
    worksheet_set_column(cover, 0, 0, 14, nullptr);
    worksheet_set_column(cover, 1, 1, 90, nullptr);
    worksheet_set_paper(cover, 9);  // A4
    worksheet_fit_to_pages(cover, 1, 0);
    lxw_row_t row = 0;
    worksheet_write_string(cover, row++, 0, document.title.c_str(), formats.title());
    for (const std::string& line : {document.subtitle, document.byline}) {
        if (!line.empty()) worksheet_write_string(cover, row++, 0, line.c_str(), formats.plain());
    }
    ++row;
    for (const Sheet& sheet : sheets) {
        const std::string link = "internal:'" + sheet.name + "'!A1";
        worksheet_write_url_opt(cover, row, 0, link.c_str(), nullptr, sheet.name.c_str(), nullptr);
        worksheet_write_string(cover, row++, 1, sheet.caption.c_str(), formats.plain());
    }
    ++row;
    const std::string legend =
        korean ? "-: 값이 없음, X: 기업 수가 적어 공개하지 않음. 반올림으로 합계가 일치하지 않을 수 있음"
               : "-: no value, X: not published, too few firms. Sums may differ by rounding";
    worksheet_write_string(cover, row++, 0, legend.c_str(), formats.note());
    for (const std::string& line : document.colophon) {
        worksheet_write_string(cover, row++, 0, line.c_str(), formats.note());
    }
}

}  // namespace

Result<std::string> document_to_xlsx(const Document& document) {
    const PrivateFolder folder;
    if (folder.path().empty()) return fail(ErrorKind::access, "document_not_packed");
    const std::filesystem::path path = folder.path() / "report.xlsx";
    std::string temporary = folder.path().string();
    lxw_workbook_options options{};
    options.tmpdir = temporary.data();
    lxw_workbook* workbook = workbook_new_opt(path.c_str(), &options);
    if (workbook == nullptr) return fail(ErrorKind::access, "document_not_packed");
    std::string title = document.title;
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.created = 946684800;  // 2000-01-01: the time of writing is no part of the document
    workbook_set_properties(workbook, &properties);
    xlsx::Formats formats(workbook);
    const std::vector<Sheet> sheets = sheets_of(document);
    write_cover(workbook, formats, document, sheets);
    for (const Sheet& sheet : sheets) {
        lxw_worksheet* page = workbook_add_worksheet(workbook, sheet.name.c_str());
        if (sheet.table != nullptr) xlsx::write_table(page, formats, *sheet.table, document.language);
        if (sheet.figure != nullptr) {
            xlsx::write_figure(workbook, page, formats, *sheet.figure, document.language);
        }
    }
    if (workbook_close(workbook) != LXW_NO_ERROR) return fail(ErrorKind::access, "document_not_packed");
    return read_whole_file(path);
}

}  // namespace twinfirm::report
