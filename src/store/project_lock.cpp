// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_lock.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

namespace twinfirm::store {

namespace {

using Json = nlohmann::json;

std::string user_name() {
    const passwd* entry = ::getpwuid(::getuid());
    return entry != nullptr ? entry->pw_name : std::to_string(::getuid());
}

std::string utc_time() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "?";
}

/// What stands in the lock file; an empty object if it cannot be understood.
Json read_json(int file) {
    std::string text(65536, '\0');
    const ssize_t count = ::pread(file, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json::object();
}

std::string string_of(const Json& json, const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string("?");
}

tl::unexpected<Error> not_writable(const std::filesystem::path& path, int reason) {
    const char* code = reason == ENOSPC || reason == EDQUOT || reason == EFBIG ? "disk_full" : "project_not_writable";
    return fail_at(ErrorKind::access, code, {{"path", path.string()}, {"reason", std::strerror(reason)}},
                   path.string());
}

bool same_file(int file, const std::filesystem::path& path) {
    struct stat opened {};
    struct stat named {};
    return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

}  // namespace

std::filesystem::path ProjectLock::file_beside(const std::filesystem::path& project) {
    std::filesystem::path path = project;
    path += ".lock";
    return path;
}

Result<ProjectLock> ProjectLock::acquire(const std::filesystem::path& project) {
    const std::filesystem::path path = file_beside(project);
    // Between opening and locking, the last holder may have removed the file: then try again with the new one.
    for (;;) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (file < 0) return not_writable(project, errno);
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            const int reason = errno;
            const Json holder = read_json(file);
            ::close(file);
            if (reason != EWOULDBLOCK) return not_writable(project, reason);
            return fail_at(ErrorKind::access, "project_locked",
                           {{"path", project.string()},
                            {"user", string_of(holder, "user")},
                            {"host", string_of(holder, "host")},
                            {"time", string_of(holder, "time")}},
                           project.string());
        }
        if (!same_file(file, path)) {
            ::close(file);
            continue;
        }
        ProjectLock lock(file, path);
        const Json left = read_json(file);
        const auto table = left.find("table");
        if (table != left.end() && table->is_number_integer()) {
            lock.left_behind_ = Import{table->get<std::int64_t>(), string_of(left, "file")};
        }
        return lock;
    }
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      left_behind_(std::move(other.left_behind_)) {}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept {
    if (this != &other) {
        release();
        file_ = std::exchange(other.file_, -1);
        path_ = std::move(other.path_);
        left_behind_ = std::move(other.left_behind_);
    }
    return *this;
}

ProjectLock::~ProjectLock() {
    release();
}

void ProjectLock::release() noexcept {
    if (file_ < 0) return;
    if (!left_behind_) ::unlink(path_.c_str());
    ::close(file_);
    file_ = -1;
}

Status ProjectLock::note_import(const Import& import) {
    return write(import);
}

Status ProjectLock::clear_import() {
    TWINFIRM_TRY(write(std::nullopt));
    left_behind_.reset();
    return {};
}

Status ProjectLock::write(const std::optional<Import>& import) {
    Json json = {{"user", user_name()}, {"host", host_name()}, {"time", utc_time()}};
    if (import) {
        json["table"] = import->table;
        json["file"] = import->file_name;
    }
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    const ssize_t count = ::pwrite(file_, text.data(), text.size(), 0);
    if (count != static_cast<ssize_t>(text.size())) return not_writable(path_, count < 0 ? errno : ENOSPC);
    if (::ftruncate(file_, static_cast<off_t>(text.size())) != 0) return not_writable(path_, errno);
    return {};
}

}  // namespace twinfirm::store
