// SPDX-License-Identifier: GPL-3.0-or-later
// The first byte chooses a part of a workbook, the rest is its XML.
#include <minizip/zip.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "workbook_input.h"

namespace {

using Part = std::pair<const char*, std::string_view>;

constexpr std::array<Part, 7> parts = {{
    {"xl/sheet1.xml",
     "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>42795</v></c></row>"
     "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>"},
    {"xl/strings.xml", "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
     "<xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml",
     "<workbook xmlns:r=\"r\"><sheets><sheet name=\"s\" r:id=\"s\"/><sheet name=\"u\" "
     "r:id=\"s\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id=\"s\" Type=\"/worksheet\" Target=\"sheet1.xml\"/>"
     "<Relationship Id=\"t\" Type=\"/sharedStrings\" Target=\"strings.xml\"/>"
     "<Relationship Id=\"y\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>"},
    {"_rels/.rels",
     "<Relationships><Relationship Id=\"a\" Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {"[Content_Types].xml", "<Types/>"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static twinfirm::fuzz::MemoryFile file;
    const std::size_t chosen = data[0] % parts.size();
    zipFile zip = zipOpen64(file.path().c_str(), APPEND_STATUS_CREATE);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string_view bytes = parts[i].second;
        if (i == chosen) bytes = {reinterpret_cast<const char*>(data) + 1, size - 1};
        const zip_fileinfo info{};
        constexpr int stored = 0;
        zipOpenNewFileInZip(zip, parts[i].first, &info, nullptr, 0, nullptr, 0, nullptr, stored, 0);
        zipWriteInFileInZip(zip, bytes.data(), static_cast<unsigned>(bytes.size()));
        zipCloseFileInZip(zip);
    }
    zipClose(zip, nullptr);
    twinfirm::fuzz::read_everything(file.path());
    return 0;
}
