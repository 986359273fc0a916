// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace twinfirm {

namespace {

tl::unexpected<Error> not_writable(const std::filesystem::path& path, int reason) {
    if (reason == ENOSPC || reason == EDQUOT) {
        return fail_at(ErrorKind::access, "disk_full", {{"path", path.string()}}, path.string());
    }
    return fail_at(ErrorKind::access, "file_not_writable", {{"path", path.string()}, {"reason", std::strerror(reason)}},
                   path.string());
}

}  // namespace

Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::path temporary = path;
    temporary += ".tmp" + std::to_string(::getpid());
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return not_writable(path, errno);
    int reason = 0;
    std::size_t written = 0;
    while (written < bytes.size() && reason == 0) {
        const ssize_t count = ::write(file, bytes.data() + written, bytes.size() - written);
        if (count >= 0) {
            written += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            reason = errno;
        }
    }
    if (reason == 0 && ::fsync(file) != 0) reason = errno;
    if (::close(file) != 0 && reason == 0) reason = errno;
    if (reason == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) reason = errno;
    if (reason != 0) {
        ::unlink(temporary.c_str());
        return not_writable(path, reason);
    }
    return {};
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
