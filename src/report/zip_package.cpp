// SPDX-License-Identifier: GPL-3.0-or-later
#include "zip_package.h"

#include <minizip/zip.h>

#include <cstdio>
#include <cstring>

namespace twinfirm::report {

namespace {

/// A file in memory, as minizip wants to write it.
struct MemoryFile {
    std::string bytes;
    std::size_t position = 0;
};

MemoryFile& file_of(voidpf stream) {
    return *static_cast<MemoryFile*>(stream);
}

voidpf open_file(voidpf opaque, const void*, int) {
    return opaque;
}

uLong read_file(voidpf, voidpf stream, void* to, uLong size) {
    MemoryFile& file = file_of(stream);
    const std::size_t count = std::min<std::size_t>(size, file.bytes.size() - file.position);
    std::memcpy(to, file.bytes.data() + file.position, count);
    file.position += count;
    return static_cast<uLong>(count);
}

uLong write_file(voidpf, voidpf stream, const void* from, uLong size) {
    MemoryFile& file = file_of(stream);
    if (file.bytes.size() < file.position + size) file.bytes.resize(file.position + size);
    std::memcpy(file.bytes.data() + file.position, from, size);
    file.position += size;
    return size;
}

ZPOS64_T tell_file(voidpf, voidpf stream) {
    return file_of(stream).position;
}

long seek_file(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
    MemoryFile& file = file_of(stream);
    const std::size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? file.position
                             : origin == ZLIB_FILEFUNC_SEEK_END ? file.bytes.size()
                                                                : 0;
    file.position = base + offset;
    return file.position <= file.bytes.size() ? 0 : -1;
}

int close_file(voidpf, voidpf) {
    return 0;
}

int file_error(voidpf, voidpf) {
    return 0;
}

}  // namespace

Result<std::string> zip_package(const std::vector<PackageEntry>& entries) {
    MemoryFile file;
    zlib_filefunc64_def functions{open_file, read_file,  write_file, tell_file,
                                  seek_file, close_file, file_error, &file};
    const zipFile zip = zipOpen2_64(&file, APPEND_STATUS_CREATE, nullptr, &functions);
    bool whole = zip != nullptr;
    for (const PackageEntry& entry : entries) {
        // The first day that the format knows: the time of writing is no part of the document.
        zip_fileinfo info{};
        info.tmz_date.tm_mday = 1;
        info.tmz_date.tm_year = 1980;
        whole = whole && zipOpenNewFileInZip(zip, entry.path.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                             entry.stored ? 0 : Z_DEFLATED, Z_DEFAULT_COMPRESSION) == ZIP_OK;
        whole =
            whole && zipWriteInFileInZip(zip, entry.bytes.data(), static_cast<unsigned>(entry.bytes.size())) == ZIP_OK;
        whole = whole && zipCloseFileInZip(zip) == ZIP_OK;
    }
    if (zip != nullptr) whole = zipClose(zip, nullptr) == ZIP_OK && whole;
    if (!whole) return fail(ErrorKind::access, "document_not_packed");
    return std::move(file.bytes);
}

}  // namespace twinfirm::report
