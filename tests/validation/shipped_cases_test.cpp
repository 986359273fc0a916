// SPDX-License-Identifier: GPL-3.0-or-later
// The cases within the program, and what happens where a case is not as it should be.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "twinfirm/validation/validate.h"

namespace twinfirm::validation {
namespace {

namespace fs = std::filesystem;

TEST(ShippedCases, EveryNumberAgrees) {
    const auto validation = validate(ReferenceFolder::shipped());
    ASSERT_TRUE(validation);
    std::set<std::string> families;
    for (const Comparison& row : validation->rows) {
        families.insert(row.family);
        EXPECT_TRUE(row.pass) << row.family << " " << row.name << " " << row.quantity << ": ours " << row.ours
                              << ", reference " << row.reference << ", digits " << row.digits << " of " << row.required;
    }
    EXPECT_EQ(families, (std::set<std::string>{"nist", "logit_certified", "logit", "matchit", "balance", "matching_ai",
                                               "sens", "survey"}));
}

TEST(ShippedCases, AreThoseOfTheSourceTree) {
    const ReferenceFolder shipped = ReferenceFolder::shipped();
    const ReferenceFolder tree(fs::path(TWINFIRM_SOURCE_DIR) / "data/validation");
    std::size_t compared = 0;
    for (const char* folder :
         {"nist", "logit_certified", "logit", "matchit", "balance", "matching_ai", "sens", "data"}) {
        for (const char* ending : {".csv", ".json"}) {
            const std::vector<std::string> files = tree.files(folder, ending);
            EXPECT_EQ(shipped.files(folder, ending), files);
            for (const std::string& file : files) EXPECT_EQ(shipped.text(file), tree.text(file)) << file;
            compared += files.size();
        }
    }
    EXPECT_GT(compared, 80U);
}

class ChangedFolder : public testing::Test {
  protected:
    ChangedFolder()
        : folder_(fs::temp_directory_path() / (std::string("twinfirm-validation-") +
                                               testing::UnitTest::GetInstance()->current_test_info()->name())) {
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "nist");
        for (const char* file : {"Norris.csv", "certified.json"}) {
            fs::copy_file(fs::path(TWINFIRM_SOURCE_DIR) / "data/validation/nist" / file, folder_ / "nist" / file);
        }
    }
    ~ChangedFolder() override { fs::remove_all(folder_); }

    [[nodiscard]] std::vector<Comparison> rows() const { return validate(ReferenceFolder(folder_))->rows; }

    fs::path folder_;
};

TEST_F(ChangedFolder, AWrongNumberFails) {
    for (const Comparison& row : rows()) EXPECT_TRUE(row.pass) << row.quantity;
    nlohmann::json certified = ReferenceFolder(folder_).json("nist/certified.json");
    certified["Norris"]["params"][1][1] = 1.00211681;  // eight digits are right
    std::ofstream(folder_ / "nist/certified.json") << certified;
    std::set<std::string> failed;
    for (const Comparison& row : rows()) {
        if (!row.pass) failed.insert(row.quantity);
    }
    EXPECT_EQ(failed, std::set<std::string>{"coefficients"});
}

TEST_F(ChangedFolder, ACaseThatCannotBeReadFails) {
    std::ofstream(folder_ / "nist/Norris.csv") << "y,x\n0.1,0.2,7\n";
    const std::vector<Comparison> lines = rows();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].quantity, "computed");
    EXPECT_FALSE(lines[0].pass);
}

TEST_F(ChangedFolder, ACaseThatNobodyKnowsFails) {
    fs::create_directories(folder_ / "matchit/new");
    std::ofstream(folder_ / "matchit/new/new_case.json") << "{}";
    const std::vector<Comparison> lines = rows();
    EXPECT_EQ(lines.back().name, "new_case");
    EXPECT_FALSE(lines.back().pass);
}

TEST_F(ChangedFolder, NothingToCompareIsAnError) {
    const auto validation = validate(ReferenceFolder(folder_ / "nowhere"));
    ASSERT_FALSE(validation);
    EXPECT_EQ(validation.error().code, "validation_nothing");
}

}  // namespace
}  // namespace twinfirm::validation
