// SPDX-License-Identifier: GPL-3.0-or-later
#include "table_file.h"

#include <iconv.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace twinfirm::demo {

namespace {

constexpr std::size_t piece = 1 << 20;

// 0 or the error number. Every text of the generator is in CP949.
int append_cp949(std::string_view text, std::string& bytes) {
    const iconv_t converter = ::iconv_open("CP949", "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1)) return errno;  // NOLINT(performance-no-int-to-ptr)
    std::string input(text);
    bytes.resize(text.size());  // never longer than UTF-8
    char* from = input.data();
    char* to = bytes.data();
    std::size_t left = input.size();
    std::size_t room = bytes.size();
    const bool failed = ::iconv(converter, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
    const int reason = failed ? errno : 0;
    ::iconv_close(converter);
    bytes.resize(bytes.size() - room);
    return reason;
}

}  // namespace

TableFile::TableFile(std::filesystem::path path, FileEncoding encoding)
    : path_(std::move(path)),
      temporary_(path_.string() + ".tmp"),
      encoding_(encoding),
      file_(temporary_, std::ios::binary | std::ios::trunc),
      rows_(encoding == FileEncoding::utf8_with_mark) {
    if (!file_) reason_ = errno;
}

TableFile::~TableFile() {
    file_.close();
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
}

void TableFile::end_row() {
    rows_.end_row();
    if (rows_.bytes().size() >= piece) flush();
}

void TableFile::line(std::string_view text) {
    flush();
    rows_ = CsvWriter(false);
    if (!text.empty()) rows_.text(text);
    end_row();
}

void TableFile::flush() {
    std::string converted;
    std::string_view bytes = rows_.bytes();
    if (encoding_ == FileEncoding::cp949) {
        const int failure = append_cp949(bytes, converted);
        if (reason_ == 0) reason_ = failure;
        bytes = converted;
    }
    if (reason_ == 0 && !file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) reason_ = errno;
    rows_ = CsvWriter(false);
}

Status TableFile::finish() {
    flush();
    file_.close();
    if (reason_ == 0 && file_.fail()) reason_ = errno != 0 ? errno : EIO;
    if (reason_ == 0) {
        std::error_code error;
        std::filesystem::rename(temporary_, path_, error);
        reason_ = error.value();
    }
    if (reason_ == 0) return {};
    const std::string path = path_.string();
    if (reason_ == ENOSPC || reason_ == EDQUOT) return fail_at(ErrorKind::access, "disk_full", {{"path", path}}, path);
    return fail_at(ErrorKind::access, "file_not_writable", {{"path", path}, {"reason", std::strerror(reason_)}}, path);
}

}  // namespace twinfirm::demo
