// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are no projects of ours, or damaged: each is refused with its own reason and stays as it is.
#include <gmock/gmock.h>

#include "store/sample_tables.h"

namespace twinfirm::store {
namespace {

TEST_F(StoreTest, ForeignAndDamagedFilesAreRefusedUntouched) {
    const std::filesystem::path source = std::filesystem::path(TWINFIRM_REFERENCE_DIR) / "hard" / "project";
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(source)) {
        const std::string name = entry.path().filename().string();
        const std::string before = bytes_of(entry.path());
        ASSERT_TRUE(write_file_atomically(path(name), before));
        for (const auto access : {Project::Access::read_write, Project::Access::read_only}) {
            const auto project = Project::open(path(name), access);
            EXPECT_EQ(code_of(project), "project_foreign") << name;
            EXPECT_EQ(project ? 0 : static_cast<int>(project.error().kind), 3) << name;
        }
        EXPECT_EQ(bytes_of(path(name)), before) << name;
        ++count;
        EXPECT_EQ(files().size(), count) << "no file of ours beside " << name;
    }
    EXPECT_EQ(count, 11U);
}

}  // namespace
}  // namespace twinfirm::store
