// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/atomic_file_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "write_error.h"

namespace twinfirm {

Result<AtomicFileWriter> AtomicFileWriter::create(const std::filesystem::path& path) {
    std::filesystem::path temporary = path;
    temporary += ".tmp" + std::to_string(::getpid());
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return not_writable(path, errno);
    return AtomicFileWriter(path, std::move(temporary), file);
}

AtomicFileWriter::AtomicFileWriter(AtomicFileWriter&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::move(other.temporary_)), file_(std::exchange(other.file_, -1)) {}

AtomicFileWriter::~AtomicFileWriter() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(temporary_.c_str());
}

Status AtomicFileWriter::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file_, bytes.data(), bytes.size());
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            return not_writable(path_, errno);
        }
    }
    return {};
}

Status AtomicFileWriter::commit() {
    int reason = ::fsync(file_) != 0 ? errno : 0;
    if (::close(std::exchange(file_, -1)) != 0 && reason == 0) reason = errno;
    if (reason == 0 && ::rename(temporary_.c_str(), path_.c_str()) != 0) reason = errno;
    if (reason == 0) return {};
    ::unlink(temporary_.c_str());
    return not_writable(path_, reason);
}

}  // namespace twinfirm
