// SPDX-License-Identifier: GPL-3.0-or-later
// Imports that are killed at random moments: all of the file or none, and the next start says what happened.
// TWINFIRM_KILLS sets how many (tests/faults/kill_import.sh asks for 200).
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "store/sample_tables.h"

namespace twinfirm::store {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr std::size_t chunk_rows = 2000;
constexpr std::size_t chunks = 12;

std::size_t number_of_kills() {
    const char* text = std::getenv("TWINFIRM_KILLS");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : 50;
}

/// One import in a process of its own, which says over a pipe when it begins, when it commits and when it is done.
class ImportingChild {
  public:
    ImportingChild(const std::filesystem::path& path, const std::string& table, const RowChunk& rows) {
        EXPECT_EQ(::pipe(pipe_.data()), 0);
        child_ = ::fork();
        if (child_ == 0) {
            ::close(pipe_[0]);
            ::_exit(work(path, table, rows));
        }
        ::close(pipe_[1]);
    }
    ImportingChild(const ImportingChild&) = delete;
    ImportingChild& operator=(const ImportingChild&) = delete;
    ~ImportingChild() { ::close(pipe_[0]); }

    void wait_for_stage() const {
        char stage = 0;
        EXPECT_EQ(::read(pipe_[0], &stage, 1), 1);
    }
    void kill_now() const { ::kill(child_, SIGKILL); }
    /// Whether the import was over before it could be killed.
    [[nodiscard]] bool join() const {
        int status = 0;
        ::waitpid(child_, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << status;
        return WIFEXITED(status);
    }

  private:
    [[nodiscard]] int work(const std::filesystem::path& path, const std::string& table, const RowChunk& rows) const {
        auto project = Project::open(path);
        if (!project) return 1;
        say('b');
        auto import = project->begin_import({"new.csv", 0});
        if (!import || !(*import)->begin(sample_definition(table, 20))) return 2;
        for (std::size_t i = 0; i < chunks; ++i) {
            if (!(*import)->append(rows)) return 3;
        }
        say('c');
        if (!(*import)->commit({"new.csv", 2, "", "{}", "{}", ""})) return 4;
        say('d');
        return 0;
    }
    void say(char stage) const { static_cast<void>(::write(pipe_[1], &stage, 1) == 1); }

    std::array<int, 2> pipe_{};
    pid_t child_ = 0;
};

class KillTest : public StoreTest {
  protected:
    void SetUp() override {
        StoreTest::SetUp();
        rows_ = sample_rows(sample_definition("t", 20), chunk_rows, 5);
        auto project = Project::create(path("before"));
        const TableDefinition definition = sample_definition("t", 20);
        ASSERT_TRUE(
            import_rows(*project, definition, sample_rows(definition, 5000, 6), {"old.csv", 1, "", "{}", "{}", ""}));
        old_hash_ = project->table("t").value().content_hash;
    }
    void copy_project() const {
        std::filesystem::copy_file(path("before"), path(), std::filesystem::copy_options::overwrite_existing);
    }
    /// The project opens, holds the old tables or the new one, whole, and says so if something was undone.
    /// @param table  "t" is replaced by the import, any other name is new
    /// Returns whether the new one is there.
    bool expect_whole(const std::string& table, bool finished) {
        auto project = Project::open(path());
        EXPECT_TRUE(project) << code_of(project);
        if (!project) return false;
        const auto tables = project->tables();
        EXPECT_TRUE(tables);
        bool is_new = false;
        for (const TableInfo& info : *tables) {
            const bool imported = info.import.file_name == "new.csv";
            is_new = is_new || imported;
            EXPECT_EQ(info.definition.name, imported ? table : "t");
            EXPECT_EQ(info.rows, imported ? static_cast<std::int64_t>(chunks * chunk_rows) : 5000) << "no empty table";
            EXPECT_EQ(info.content_hash == old_hash_, !imported);
            EXPECT_TRUE(project->check_content(info.definition.name));
        }
        EXPECT_EQ(tables->size(), is_new && table != "t" ? 2U : 1U);
        EXPECT_TRUE(is_new || !finished);
        if (is_new) {
            EXPECT_TRUE(project->notices().empty());
        } else if (!project->notices().empty()) {
            EXPECT_EQ(project->notices()[0].code, "import_undone");
            EXPECT_EQ(project->notices()[0].arguments.at("file"), "new.csv");
            ++notices_;
        }
        EXPECT_TRUE(project->drop_table("t")) << "the pages fit together";
        return is_new;
    }

    RowChunk rows_;
    std::string old_hash_;
    std::size_t notices_ = 0;
};

TEST_F(KillTest, ImportIsWholeOrAbsent) {
    copy_project();
    microseconds writing{};
    microseconds committing{};
    {
        const ImportingChild child(path(), "t", rows_);
        child.wait_for_stage();
        const Clock::time_point begin = Clock::now();
        child.wait_for_stage();
        const Clock::time_point commit = Clock::now();
        child.wait_for_stage();
        writing = std::chrono::duration_cast<microseconds>(commit - begin);
        committing = std::chrono::duration_cast<microseconds>(Clock::now() - commit);
        EXPECT_TRUE(child.join());
        EXPECT_TRUE(expect_whole("t", true));
    }
    // Half of the kills fall anywhere in the import, half into the commit with its journal; of each, half while a table
    // is replaced, half while one is added.
    Random random(99);
    const std::size_t kills = number_of_kills();
    std::size_t whole = 0;
    std::size_t killed = 0;
    std::size_t rounds = 0;
    for (; killed < kills && rounds < 3 * kills; ++rounds) {
        copy_project();
        const bool in_commit = rounds % 2 == 1;
        const std::string table = rounds % 4 < 2 ? "t" : "added";
        const ImportingChild child(path(), table, rows_);
        child.wait_for_stage();
        if (in_commit) child.wait_for_stage();
        const auto span = static_cast<double>((in_commit ? committing : writing).count());
        std::this_thread::sleep_for(microseconds(static_cast<std::int64_t>(random.uniform() * span)));
        child.kill_now();
        const bool finished = child.join();
        killed += finished ? 0U : 1U;
        whole += expect_whole(table, finished) ? 1U : 0U;
        ASSERT_THAT(files(), testing::ElementsAre("a.twinfirm", "before")) << "round " << rounds;
        ASSERT_FALSE(HasFailure()) << "round " << rounds;
    }
    EXPECT_EQ(killed, kills);
    EXPECT_LT(whole, rounds);
    EXPECT_GT(notices_, kills / 4) << "the next start says that an import was undone";
    RecordProperty("kills", static_cast<int>(killed));
    RecordProperty("whole", static_cast<int>(whole));
    RecordProperty("notices", static_cast<int>(notices_));
}

}  // namespace
}  // namespace twinfirm::store
