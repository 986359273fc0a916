// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/project.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <system_error>
#include <utility>

#include "project_impl.h"
#include "schema.h"

namespace twinfirm::store {

namespace {

namespace fs = std::filesystem;

constexpr int patience_milliseconds = 10'000;

tl::unexpected<Error> path_error(ErrorKind kind, const char* code, const fs::path& path, int reason = 0) {
    MessageArguments arguments{{"path", path.string()}};
    if (reason != 0) arguments["reason"] = std::strerror(reason);
    return fail_at(kind, code, std::move(arguments), path.string());
}

fs::path beside(const fs::path& path, const char* ending) {
    fs::path other = path;
    other += ending;
    return other;
}

/// A journal that holds something: a transaction is running, or was interrupted.
bool has_journal(const fs::path& path) {
    std::error_code failure;
    const auto size = fs::file_size(beside(path, "-journal"), failure);
    return !failure && size > 0;
}

Status check_file(const fs::path& path) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found) return path_error(ErrorKind::access, "project_not_found", path);
    if (failure || ::access(path.c_str(), R_OK) != 0) return path_error(ErrorKind::access, "file_not_readable", path);
    if (status.type() != fs::file_type::regular) return path_error(ErrorKind::input, "project_foreign", path);
    return {};
}

/// Gives the finished file its name unless another has it already.
Status publish(const fs::path& from, const fs::path& path) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) return {};
    int reason = errno;
    if (reason == EINVAL || reason == ENOSYS) {  // a file system that cannot say "only if there is none"
        if (fs::exists(path)) return path_error(ErrorKind::access, "project_exists", path);
        if (::rename(from.c_str(), path.c_str()) == 0) return {};
        reason = errno;
    }
    if (reason == EEXIST) return path_error(ErrorKind::access, "project_exists", path);
    return path_error(ErrorKind::access, "file_not_writable", path, reason);
}

void sync_folder(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;
    ::fsync(handle);
    ::close(handle);
}

/// An empty project under a name of its own, synced.
Status write_empty_project(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0) return path_error(ErrorKind::access, "file_not_writable", path, errno);
    ::close(file);
    auto database = Database::open(path, true);
    if (!database) return tl::unexpected<Error>(std::move(database.error()));
    TWINFIRM_TRY(database->run("PRAGMA page_size=" + std::to_string(page_size) +
                               ";PRAGMA application_id=" + std::to_string(application_id)));
    TWINFIRM_TRY(database->configure());
    return migrate(*database);
}

/// A copy that is whole or not there. Nobody writes meanwhile: the lock is held, and the journal has been played back.
Status back_up(const fs::path& path, const fs::path& backup) {
    const fs::path fresh = beside(backup, ".new");
    std::error_code failure;
    fs::copy_file(path, fresh, fs::copy_options::overwrite_existing, failure);
    if (!failure) {
        const int file = ::open(fresh.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0 || ::fsync(file) != 0) failure = std::error_code(errno, std::generic_category());
        if (file >= 0) ::close(file);
    }
    if (!failure) fs::rename(fresh, backup, failure);
    if (!failure) return {};
    std::error_code ignored;
    fs::remove(fresh, ignored);
    return path_error(ErrorKind::access, "file_not_writable", backup, failure.value());
}

/// Reads the file for the first time: SQLite undoes an interrupted transaction here. Then everything is checked that
/// can be checked without reading all rows.
Status check_and_migrate(const Database& database, bool writable, Messages& notices) {
    TWINFIRM_TRY(check_header(database));
    const auto version = file_version(database);
    if (!version) return tl::unexpected<Error>(version.error());
    if (*version < schema_version) {
        if (!writable) return path_error(ErrorKind::access, "project_needs_upgrade", database.path());
        const fs::path backup = beside(database.path(), (".version-" + std::to_string(*version) + ".bak").c_str());
        if (*version > 0) {
            TWINFIRM_TRY(back_up(database.path(), backup));
            notices.push_back({"project_upgraded", Severity::info, {{"backup", backup.string()}}, 0});
        }
        TWINFIRM_TRY(migrate(database));
    }
    auto reading = Transaction::begin_reading(database);
    if (!reading) return tl::unexpected<Error>(std::move(reading.error()));
    auto pages = database.integer("PRAGMA page_count");
    if (!pages) return tl::unexpected<Error>(std::move(pages.error()));
    auto bytes = database.integer("PRAGMA page_size");
    if (!bytes) return tl::unexpected<Error>(std::move(bytes.error()));
    if (database.file_size() < *pages * *bytes) {  // SQLite overlooks it when less than a page is cut off
        return fail_at(ErrorKind::input, "project_damaged",
                       {{"path", database.path().string()}, {"reason", "truncated"}}, database.path().string());
    }
    return check_schema(database);
}

/// What a program that ended in the middle had begun and what was undone.
Result<Messages> interrupted_work(const Database& database, const ProjectLock& lock, bool had_journal) {
    Messages notices;
    if (lock.left_behind()) {
        auto catalogue = load_catalogue(database);
        if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
        // The number is used up only when the import was committed.
        if (catalogue->next_table <= lock.left_behind()->table) {
            notices.push_back({"import_undone", Severity::warning, {{"file", lock.left_behind()->file_name}}, 0});
        }
    } else if (had_journal) {
        notices.push_back({"change_undone", Severity::warning, {}, 0});
    }
    return notices;
}

}  // namespace

Status check_disk_space(const fs::path& path, std::int64_t bytes, bool ran_out) {
    struct statvfs space {};
    if (bytes <= 0 || ::statvfs(path.c_str(), &space) != 0) return {};
    constexpr double mebibyte = 1024.0 * 1024.0;
    const double needed = 1.5 * static_cast<double>(bytes) / mebibyte;
    const double free = static_cast<double>(space.f_bavail) * static_cast<double>(space.f_frsize) / mebibyte;
    if (needed <= free && !ran_out) return {};
    return fail_at(ErrorKind::access, "disk_space_short",
                   {{"path", path.string()},
                    {"needed", std::to_string(static_cast<std::int64_t>(needed) + 1)},
                    {"free", std::to_string(static_cast<std::int64_t>(free))}},
                   path.string());
}

Status Project::Impl::prepare_to_write() {
    if (access == Access::read_only) return path_error(ErrorKind::access, "project_read_only", path);
    if (importing) return path_error(ErrorKind::usage, "import_in_progress", path);
    if (structure_checked) return {};
    auto statement = database.prepare("PRAGMA quick_check(1)");
    if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
    if (statement->step() != SQLITE_ROW) return database.failure();
    if (statement->text(0) != "ok") {
        return fail_at(ErrorKind::input, "project_damaged",
                       {{"path", path.string()}, {"reason", std::string(statement->text(0))}}, path.string());
    }
    structure_checked = true;
    return {};
}

Status Project::Impl::change(const std::function<Status(Catalogue&)>& edit) {
    TWINFIRM_TRY(prepare_to_write());
    auto transaction = Transaction::begin(database);
    if (!transaction) return tl::unexpected<Error>(std::move(transaction.error()));
    auto catalogue = load_catalogue(database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    TWINFIRM_TRY(edit(*catalogue));
    TWINFIRM_TRY(seal_catalogue(database, *catalogue));
    return transaction->commit();
}

Project::Project(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

Result<Project> Project::create(const fs::path& path) {
    std::error_code failure;
    if (fs::exists(fs::symlink_status(path, failure))) return path_error(ErrorKind::access, "project_exists", path);
    auto lock = ProjectLock::acquire(path);
    if (!lock) return tl::unexpected<Error>(std::move(lock.error()));
    // Nobody else writes here while the lock is held: what is there was left by a program that was killed.
    const fs::path fresh = beside(path, ".new");
    fs::remove(fresh, failure);
    fs::remove(beside(fresh, "-journal"), failure);
    Status written = write_empty_project(fresh);
    if (written) written = publish(fresh, path);
    if (!written) {
        fs::remove(fresh, failure);
        return tl::unexpected<Error>(std::move(written.error()));
    }
    sync_folder(path);
    TWINFIRM_TRY(lock->clear_import());
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->lock = std::move(*lock);
    auto database = Database::open(path, true);
    if (!database) return tl::unexpected<Error>(std::move(database.error()));
    impl->database = std::move(*database);
    TWINFIRM_TRY(impl->database.configure());
    impl->database.wait_at_most(patience_milliseconds);
    return Project(std::move(impl));
}

Result<Project> Project::open(const fs::path& path, Access access) {
    TWINFIRM_TRY(check_file(path));
    auto database = Database::open(path, access == Access::read_write);
    if (!database) return tl::unexpected<Error>(std::move(database.error()));
    // By the header alone first: no lock file is put beside a foreign file, no journal of it is looked at.
    TWINFIRM_TRY(check_header(*database));
    std::error_code failure;
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->access = access;
    if (access == Access::read_write) {
        if (!database->writable() || ::access(path.c_str(), W_OK) != 0) {
            return path_error(ErrorKind::access, "project_not_writable", path);
        }
        auto lock = ProjectLock::acquire(path);
        if (!lock) return tl::unexpected<Error>(std::move(lock.error()));
        const bool had_journal = has_journal(path);
        TWINFIRM_TRY(database->configure());
        TWINFIRM_TRY(check_and_migrate(*database, true, impl->notices));
        auto notices = interrupted_work(*database, *lock, had_journal);
        if (!notices) return tl::unexpected<Error>(std::move(notices.error()));
        std::move(notices->begin(), notices->end(), std::back_inserter(impl->notices));
        fs::remove(beside(path, ".new"), failure);
        TWINFIRM_TRY(lock->clear_import());
        impl->lock = std::move(*lock);
    } else if (has_journal(path) || fs::exists(fs::symlink_status(ProjectLock::file_beside(path), failure))) {
        // Somebody is writing, or was killed while writing: in the second case the lock is free, and a writing
        // connection undoes what was left half done.
        auto writer = open(path, Access::read_write);
        if (writer) {
            impl->notices = writer->notices();
        } else if (writer.error().kind != ErrorKind::access) {
            return tl::unexpected<Error>(std::move(writer.error()));
        }
    }
    if (access == Access::read_only) {
        Status checked = database->configure();
        if (checked) checked = check_and_migrate(*database, false, impl->notices);
        if (!checked) {
            if (checked.error().code == "project_not_writable") checked.error().code = "project_needs_recovery";
            return tl::unexpected<Error>(std::move(checked.error()));
        }
    }
    impl->database = std::move(*database);
    impl->database.wait_at_most(patience_milliseconds);
    return Project(std::move(impl));
}

const fs::path& Project::path() const {
    return impl_->path;
}
Project::Access Project::access() const {
    return impl_->access;
}
const Messages& Project::notices() const {
    return impl_->notices;
}

Result<std::unique_ptr<TableImport>> Project::begin_import(const ImportSource& source) {
    TWINFIRM_TRY(impl_->prepare_to_write());
    TWINFIRM_TRY(check_disk_space(impl_->path, source.bytes));
    return std::make_unique<TableImport>(*impl_, source);
}

Status Project::drop_table(const std::string& name) {
    return impl_->change([&](Catalogue& catalogue) -> Status {
        const auto found = catalogue.find(name);
        if (found == catalogue.tables.end()) {
            return fail(ErrorKind::usage, "table_not_found", {{"table", name}, {"path", impl_->path.string()}});
        }
        const std::int64_t id = found->first;
        const auto former = catalogue.former_version(id);
        if (former != catalogue.tables.end()) {
            TWINFIRM_TRY(drop_rows_and_entry(impl_->database, catalogue, former->first));
        }
        return drop_rows_and_entry(impl_->database, catalogue, id);
    });
}

Result<bool> Project::undo_import(const std::string& name) {
    bool restored = false;
    const Status undone = impl_->change([&](Catalogue& catalogue) -> Status {
        const auto found = catalogue.find(name);
        if (found == catalogue.tables.end()) {
            return fail(ErrorKind::usage, "table_not_found", {{"table", name}, {"path", impl_->path.string()}});
        }
        const std::int64_t id = found->first;
        const auto former = catalogue.former_version(id);
        restored = former != catalogue.tables.end();
        if (restored) TWINFIRM_TRY(set_replaced_by(impl_->database, catalogue, former->first, 0));
        return drop_rows_and_entry(impl_->database, catalogue, id);
    });
    if (!undone) return tl::unexpected<Error>(undone.error());
    return restored;
}

Result<std::string> Project::specification() const {
    auto catalogue = load_catalogue(impl_->database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    return std::move(catalogue->specification);
}

Status Project::set_specification(const std::string& json) {
    return impl_->change([&](Catalogue& catalogue) -> Status {
        catalogue.specification = json;
        return {};
    });
}

Result<std::string> Project::record_head() const {
    auto catalogue = load_catalogue(impl_->database);
    if (!catalogue) return tl::unexpected<Error>(std::move(catalogue.error()));
    return std::move(catalogue->record_head);
}

Status Project::set_record_head(const std::string& head) {
    return impl_->change([&](Catalogue& catalogue) -> Status {
        catalogue.record_head = head;
        return {};
    });
}

}  // namespace twinfirm::store
