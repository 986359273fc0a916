// SPDX-License-Identifier: GPL-3.0-or-later
// Two windows, killed windows, folders that cannot be written to, full disks.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <functional>

#include "store/sample_tables.h"

namespace twinfirm::store {
namespace {

using testing::ElementsAre;

/// Runs `work` in a process of its own and returns what it returns.
int in_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

class AccessTest : public StoreTest {
  protected:
    const TableDefinition definition_ = sample_definition("t", 6);
    const RowChunk rows_ = sample_rows(definition_, 500, 11);

    void make_project() const {
        auto project = Project::create(path());
        ASSERT_TRUE(project);
        ASSERT_TRUE(import_rows(*project, definition_, rows_));
    }
    /// A program that is killed in the middle of an import that has already reached the file.
    void leave_killed_import() const {
        const int code = in_child([&] {
            auto project = Project::open(path()).value();
            auto import = project.begin_import({"매출.csv", 0}).value();
            const TableDefinition big = sample_definition("t", 100);
            if (!import->begin(big)) return 1;
            const RowChunk rows = sample_rows(big, 2000, 3);
            while (!std::filesystem::exists(path("a.twinfirm-journal")) ||
                   std::filesystem::file_size(path()) < 20'000'000) {
                if (!import->append(rows)) return 2;
            }
            ::raise(SIGKILL);
            return 3;
        });
        ASSERT_EQ(code, 1000 + SIGKILL);
        ASSERT_THAT(files(), ElementsAre("a.twinfirm", "a.twinfirm-journal", "a.twinfirm.lock"));
    }
    void expect_undone(const Project& project) const {
        ASSERT_EQ(project.notices().size(), 1U);
        EXPECT_EQ(project.notices()[0].code, "import_undone");
        EXPECT_EQ(project.notices()[0].arguments.at("file"), "매출.csv");
        EXPECT_TRUE(same_cells(project.read("t").value().columns, rows_.columns));
        EXPECT_TRUE(project.check_content("t"));
        EXPECT_LT(std::filesystem::file_size(path()), 1'000'000U);
    }
};

TEST_F(AccessTest, SecondWriterIsToldWhoHoldsTheProject) {
    make_project();
    auto first = Project::open(path());
    ASSERT_TRUE(first);
    const auto second = Project::open(path());
    ASSERT_EQ(code_of(second), "project_locked");
    EXPECT_EQ(second.error().kind, ErrorKind::access);
    for (const char* key : {"user", "host", "time"}) EXPECT_NE(second.error().arguments.at(key), "?") << key;
    EXPECT_EQ(in_child([&] { return code_of(Project::open(path())) == "project_locked" ? 0 : 1; }), 0);
    auto reader = Project::open(path(), Project::Access::read_only);
    ASSERT_TRUE(reader) << code_of(reader);
    EXPECT_EQ(reader->access(), Project::Access::read_only);
    EXPECT_TRUE(same_cells(reader->read("t").value().columns, rows_.columns));
    EXPECT_EQ(code_of(reader->set_specification("{}")), "project_read_only");
    EXPECT_EQ(code_of(reader->begin_import()), "project_read_only");
    ASSERT_TRUE(first->set_specification("{\"a\":1}"));
    EXPECT_EQ(reader->specification().value(), "{\"a\":1}");
    { const Project gone = std::move(*first); }
    EXPECT_TRUE(Project::open(path()));
    EXPECT_THAT(files(), ElementsAre("a.twinfirm"));
}

TEST_F(AccessTest, ReadersSeeTheOldStateUntilCommit) {
    make_project();
    auto writer = Project::open(path());
    const TableDefinition shape = sample_definition("t", 9);
    const RowChunk rows = sample_rows(shape, 300, 12);
    auto import = writer->begin_import({"neu.csv", 0}).value();
    ASSERT_TRUE(import->begin(shape));
    ASSERT_TRUE(import->append(rows));
    auto reader = Project::open(path(), Project::Access::read_only);
    ASSERT_TRUE(reader) << code_of(reader);
    EXPECT_TRUE(reader->notices().empty());
    EXPECT_TRUE(same_cells(reader->read("t").value().columns, rows_.columns));
    ASSERT_TRUE(import->commit({}));
    EXPECT_TRUE(same_cells(reader->read("t").value().columns, rows.columns));
    EXPECT_TRUE(reader->check_content("t"));
}

TEST_F(AccessTest, LockOfAKilledWindowHindersNobody) {
    make_project();
    const int code = in_child([&] {
        auto project = Project::open(path());
        ::raise(SIGKILL);
        return project ? 0 : 1;
    });
    EXPECT_EQ(code, 1000 + SIGKILL);
    EXPECT_THAT(files(), ElementsAre("a.twinfirm", "a.twinfirm.lock"));
    const auto project = Project::open(path());
    ASSERT_TRUE(project) << code_of(project);
    EXPECT_TRUE(project->notices().empty());
}

TEST_F(AccessTest, InterruptedImportIsUndoneAndNamed) {
    make_project();
    leave_killed_import();
    {
        const auto project = Project::open(path());
        ASSERT_TRUE(project) << code_of(project);
        expect_undone(*project);
    }
    EXPECT_THAT(files(), ElementsAre("a.twinfirm"));
    EXPECT_TRUE(Project::open(path())->notices().empty());
}

TEST_F(AccessTest, ReadOnlyOpeningUndoesAnInterruptedImportToo) {
    make_project();
    leave_killed_import();
    const auto project = Project::open(path(), Project::Access::read_only);
    ASSERT_TRUE(project) << code_of(project);
    expect_undone(*project);
    EXPECT_THAT(files(), ElementsAre("a.twinfirm"));
}

/// What an ordinary user sees where nothing can be written (the superuser may write everywhere).
int without_privileges(const std::function<int()>& work) {
    return in_child([&] {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 100;
        return work();
    });
}

TEST_F(AccessTest, ReadOnlyFolderIsReadAndNotWritten) {
    make_project();
    ASSERT_EQ(::chmod(path().c_str(), 0444), 0);
    ASSERT_EQ(::chmod(folder_.c_str(), 0555), 0);
    EXPECT_EQ(without_privileges([&] {
                  if (code_of(Project::open(path())) != "project_not_writable") return 1;
                  const auto project = Project::open(path(), Project::Access::read_only);
                  if (!project) return 2;
                  return same_cells(project->read("t").value().columns, rows_.columns) ? 0 : 3;
              }),
              0);
    ASSERT_EQ(::chmod(folder_.c_str(), 0755), 0);
}

TEST_F(AccessTest, ReadOnlyFolderWithInterruptedImportAsksForACopy) {
    make_project();
    leave_killed_import();
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        ASSERT_EQ(::chmod(entry.path().c_str(), 0444), 0);
    }
    ASSERT_EQ(::chmod(folder_.c_str(), 0555), 0);
    EXPECT_EQ(without_privileges([&] {
                  const auto project = Project::open(path(), Project::Access::read_only);
                  return code_of(project) == "project_needs_recovery" ? 0 : 1;
              }),
              0);
    EXPECT_EQ(without_privileges([&] { return code_of(Project::open(path())) == "project_not_writable" ? 0 : 1; }), 0);
    ASSERT_EQ(::chmod(folder_.c_str(), 0755), 0);
}

TEST_F(AccessTest, UnreadableFileIsSaidToBeUnreadable) {
    make_project();
    ASSERT_EQ(::chmod(folder_.c_str(), 0755), 0);
    ASSERT_EQ(::chmod(path().c_str(), 0), 0);
    EXPECT_EQ(without_privileges([&] { return code_of(Project::open(path())) == "file_not_readable" ? 0 : 1; }), 0);
}

TEST_F(AccessTest, FullDiskLeavesEverythingAsItWas) {
    make_project();
    const std::string before = bytes_of(path());
    const int code = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{8'000'000, 8'000'000};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
        auto project = Project::open(path());
        auto import = project->begin_import({"매출.csv", 0}).value();
        const TableDefinition big = sample_definition("t", 200);
        if (!import->begin(big)) return 2;
        const RowChunk rows = sample_rows(big, 5000, 3);
        Status status;
        for (int i = 0; i < 100 && status; ++i) status = import->append(rows);
        if (status) status = import->commit({});
        if (code_of(status) != "disk_full") return 3;
        if (!same_cells(project->read("t").value().columns, rows_.columns)) return 4;
        if (!import_rows(*project, definition_, rows_)) return 5;
        return project->check_content("t") ? 0 : 6;
    });
    EXPECT_EQ(code, 0);
    EXPECT_THAT(files(), ElementsAre("a.twinfirm"));
    const auto project = Project::open(path());
    ASSERT_TRUE(project);
    EXPECT_TRUE(project->notices().empty());
    EXPECT_TRUE(same_cells(project->read("t").value().columns, rows_.columns));
    EXPECT_LT(std::filesystem::file_size(path()), 2 * before.size());
}

TEST_F(AccessTest, SmallImportOntoAFullDiskFailsAtCommit) {
    make_project();
    const auto size = static_cast<rlim_t>(std::filesystem::file_size(path()));
    const int code = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{size, size};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
        auto project = Project::open(path());
        // SQLite does not say which limit it was that a write ran into at this moment: on a full disk it is disk_full.
        const Status imported = import_rows(*project, sample_definition("u", 6), rows_);
        if (imported || imported.error().kind != ErrorKind::access) return 2;
        return project->tables().value().size() == 1 ? 0 : 3;
    });
    EXPECT_EQ(code, 0);
    EXPECT_TRUE(Project::open(path())->check_content("t"));
}

}  // namespace
}  // namespace twinfirm::store
