// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/file_format.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

namespace {

constexpr std::array<std::pair<FileFormat, std::string_view>, 5> names = {{
    {FileFormat::text, "text"},
    {FileFormat::xlsx, "xlsx"},
    {FileFormat::xls, "xls"},
    {FileFormat::html, "html"},
    {FileFormat::xml_spreadsheet, "xml-spreadsheet"},
}};

constexpr std::size_t looked_at = 4096;

/// Lower-case ASCII; the NUL bytes and the mark of UTF-16 left out.
std::string plain_ascii(std::string_view head) {
    std::string text;
    for (const char c : head) {
        if (c == '\0' || static_cast<unsigned char>(c) >= 0x80) continue;
        text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

}  // namespace

std::string_view file_format_name(FileFormat format) {
    return std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == format; })->second;
}

std::optional<FileFormat> parse_file_format(std::string_view name) {
    const auto* const found =
        std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.second == name; });
    if (found == names.end()) return std::nullopt;
    return found->first;
}

Result<FileFormat> recognize_format(const std::filesystem::path& path) {
    auto file = ByteFile::open(path);
    if (!file) return tl::unexpected(file.error());
    const auto bytes = file->next();
    if (!bytes) return tl::unexpected(bytes.error());
    const std::string_view head = bytes->substr(0, looked_at);
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return FileFormat::xlsx;
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return FileFormat::xls;
    const std::string ascii = plain_ascii(head);
    const std::string_view text = trim(ascii);
    if (!text.starts_with('<')) return FileFormat::text;
    if (text.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string_view::npos &&
        text.find("<html") == std::string_view::npos) {
        return FileFormat::xml_spreadsheet;
    }
    constexpr std::array<std::string_view, 9> beginnings = {"<html",  "<!doctype html", "<table", "<head", "<meta",
                                                            "<style", "<body",          "<div",   "<!--"};
    const bool page =
        std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view tag) { return text.starts_with(tag); });
    if (page || (text.starts_with("<?xml") && text.find("<html") != std::string_view::npos)) return FileFormat::html;
    if (text.starts_with("<?xml") || text.starts_with("<!doctype")) {
        return fail_at(ErrorKind::input, "file_is_markup", {}, path.string());
    }
    return FileFormat::text;
}

}  // namespace twinfirm::ingest
