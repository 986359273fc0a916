// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/atomic_file.h"

#include <fstream>
#include <sstream>

#include "twinfirm/base/atomic_file_writer.h"
#include "write_error.h"

namespace twinfirm {

Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
    auto writer = AtomicFileWriter::create(path);
    if (!writer) return tl::unexpected(writer.error());
    TWINFIRM_TRY(writer->append(bytes));
    return writer->commit();
}

Status create_folders(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return not_writable(folder, error.value());
    return {};
}

Result<std::string> read_whole_file(const std::filesystem::path& path) {
    std::error_code status;
    if (!std::filesystem::exists(path, status)) {
        return fail_at(ErrorKind::access, "file_not_found", {{"path", path.string()}}, path.string());
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (file && !std::filesystem::is_directory(path, status)) bytes << file.rdbuf();
    if (!file || std::filesystem::is_directory(path, status)) {
        return fail_at(ErrorKind::access, "file_not_readable", {{"path", path.string()}}, path.string());
    }
    return std::move(bytes).str();
}

}  // namespace twinfirm
