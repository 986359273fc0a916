// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// An xlsx file made of parts, in the test's own folder, removed at the end.
class XlsxOnDisk {
  public:
    using Parts = std::vector<std::pair<std::string, std::string>>;

    explicit XlsxOnDisk(const Parts& parts, const std::string& name = "table.xlsx") {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("twinfirm-") + test->test_suite_name() + "-" + test->name());
        std::filesystem::create_directories(folder_);
        path_ = folder_ / name;
        zipFile zip = zipOpen64(path_.c_str(), APPEND_STATUS_CREATE);
        for (const auto& [part, bytes] : parts) {
            const zip_fileinfo info{};
            zipOpenNewFileInZip(zip, part.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED,
                                Z_DEFAULT_COMPRESSION);
            zipWriteInFileInZip(zip, bytes.data(), static_cast<unsigned>(bytes.size()));
            zipCloseFileInZip(zip);
        }
        zipClose(zip, nullptr);
    }
    XlsxOnDisk(const XlsxOnDisk&) = delete;
    XlsxOnDisk& operator=(const XlsxOnDisk&) = delete;
    ~XlsxOnDisk() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

inline std::string worksheet_xml(std::string_view rows, std::string_view behind = "") {
    return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" +
           std::string(rows) + "</sheetData>" + std::string(behind) + "</worksheet>";
}

struct TestSheet {
    std::string name;
    std::string xml;
    std::string state = "visible";
};

/// The parts of a workbook. @param formats  format codes of the cell styles 1, 2 ...
inline XlsxOnDisk::Parts workbook_parts(const std::vector<TestSheet>& sheets,
                                        const std::vector<std::string>& strings = {},
                                        const std::vector<std::string>& formats = {}, bool from_1904 = false) {
    const std::string relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string workbook =
        "<workbook xmlns:r=\"r\"><workbookPr date1904=\"" + std::string(from_1904 ? "1" : "0") + "\"/><sheets>";
    std::string links = "<Relationships>";
    XlsxOnDisk::Parts parts = {{"[Content_Types].xml", "<Types/>"},
                               {"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" + relationship +
                                                   "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"}};
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        workbook += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" state=\"" + sheets[i].state +
                    "\" r:id=\"s" + number + "\"/>";
        links += "<Relationship Id=\"s" + number + "\" Type=\"" + relationship + "worksheet\" Target=\"sheet" + number +
                 ".xml\"/>";
        parts.emplace_back("xl/sheet" + number + ".xml", sheets[i].xml);
    }
    links += "<Relationship Id=\"t\" Type=\"" + relationship + "sharedStrings\" Target=\"/xl/strings.xml\"/>";
    links += "<Relationship Id=\"y\" Type=\"" + relationship + "styles\" Target=\"styles.xml\"/></Relationships>";
    std::string texts = "<sst>";
    for (const std::string& text : strings) texts += "<si>" + text + "</si>";
    std::string styles = "<styleSheet><numFmts>";
    std::string cell_styles = "<cellXfs><xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const std::string id = std::to_string(164 + i);
        styles += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + formats[i] + "\"/>";
        cell_styles += "<xf numFmtId=\"" + id + "\"/>";
    }
    cell_styles += "<xf numFmtId=\"14\"/></cellXfs>";
    parts.emplace_back("xl/workbook.xml", workbook + "</sheets></workbook>");
    parts.emplace_back("xl/_rels/workbook.xml.rels", links);
    parts.emplace_back("xl/strings.xml", texts + "</sst>");
    parts.emplace_back("xl/styles.xml", styles + "</numFmts>" + cell_styles + "</styleSheet>");
    return parts;
}

struct SheetTexts {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> numbers;
    std::vector<SheetRemark> remarks;
};

inline Result<SheetTexts> read_sheet_texts(const std::filesystem::path& path, std::size_t sheet = 0,
                                           std::int64_t fill_merged_to = 0) {
    const auto format = recognize_format(path);
    if (!format) return tl::unexpected(format.error());
    const auto workbook = Workbook::open(path, *format);
    if (!workbook) return tl::unexpected(workbook.error());
    auto opened = (*workbook)->open_sheet(sheet);
    if (!opened) return tl::unexpected(opened.error());
    (*opened)->fill_merged_to(fill_merged_to);
    SheetTexts texts;
    Record record;
    for (;;) {
        const auto more = (*opened)->next(record);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        texts.rows.emplace_back(record.fields.begin(), record.fields.end());
        texts.numbers.push_back(record.line);
    }
    texts.remarks = (*opened)->remarks();
    return texts;
}

}  // namespace twinfirm::ingest
