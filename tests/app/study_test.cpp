// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/message_search.h"
#include "base/test_folder.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/results.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/random.h"

namespace twinfirm::app {

namespace {

const std::filesystem::path sample = std::filesystem::path(TWINFIRM_SOURCE_DIR) / "data/samples/demo3000";

class SampleStudy : public TestFolder {
  protected:
    /// Imports the study in `source` into a new project and evaluates it.
    [[nodiscard]] std::string result_of(const std::filesystem::path& source, const std::string& name,
                                        unsigned threads = 0) const {
        auto project = create_project(folder_ / (name + ".twinfirm")).value();
        const auto study = load_study(source / "study.json").value();
        const auto files = import_study_files(project, study, source);
        EXPECT_TRUE(files) << files.error().code;
        const auto evaluation = evaluate_project(project, study.specification, threads);
        EXPECT_TRUE(evaluation) << evaluation.error().code;
        return evaluation::evaluation_to_json(evaluation.value());
    }
};

/// The file with its data rows in another order; the header stays first.
void shuffle_rows(const std::filesystem::path& from, const std::filesystem::path& to, std::uint64_t seed) {
    const std::string text = read_whole_file(from).value();
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin) + 1;
        lines.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    const std::string header = lines.front();
    lines.erase(lines.begin());
    Random(seed).shuffle(lines);
    std::string shuffled = header;
    for (const std::string& line : lines) shuffled += line;
    ASSERT_TRUE(write_file_atomically(to, shuffled));
}

TEST_F(SampleStudy, RowOrderAndThreadsChangeNotOneByte) {
    const std::string expected = result_of(sample, "plain");
    EXPECT_EQ(result_of(sample, "one-thread", 1), expected);
    const auto shuffled = folder_ / "shuffled";
    std::filesystem::create_directories(shuffled);
    std::filesystem::copy_file(sample / "study.json", shuffled / "study.json");
    std::uint64_t seed = 1;
    for (const char* name : {"firms.csv", "panel.csv", "survey.csv"}) {
        shuffle_rows(sample / name, shuffled / name, seed++);
    }
    EXPECT_EQ(result_of(shuffled, "shuffled"), expected);
}

TEST_F(SampleStudy, ImportingTwiceDoesNothingTheSecondTime) {
    auto project = create_project(folder_ / "study.twinfirm").value();
    const auto study = load_study(sample / "study.json").value();
    const std::vector<ImportedFile> first = import_study_files(project, study, sample).value();
    for (const ImportedFile& file : first) {
        EXPECT_FALSE(file.already_there);
        EXPECT_EQ(file.audit.rows_read, file.audit.rows_stored + file.audit.rows_rejected);
        EXPECT_EQ(file.audit.rows_rejected, 0) << file.table;
    }
    const std::vector<ImportedFile> second = import_study_files(project, study, sample).value();
    for (const ImportedFile& file : second) EXPECT_TRUE(file.already_there);
}

TEST_F(SampleStudy, ReplacingATableIsSaid) {
    auto project = create_project(folder_ / "study.twinfirm").value();
    const auto said = [&](const std::filesystem::path& file) {
        const ImportedFile imported = import_file(project, file, "t").value();
        return std::count_if(imported.messages.begin(), imported.messages.end(),
                             [](const Message& message) { return message.code == "table_replaced"; });
    };
    EXPECT_EQ(said(sample / "truth.csv"), 0);
    EXPECT_EQ(said(sample / "truth.csv"), 0);  // the same table
    EXPECT_EQ(said(sample / "truth_average.csv"), 1);
}

TEST_F(SampleStudy, ResultsAreWrittenAndVerified) {
    auto project = create_project(folder_ / "study.twinfirm").value();
    const auto study = load_study(sample / "study.json").value();
    ASSERT_TRUE(import_study_files(project, study, sample));
    const auto evaluation = evaluate_project(project, study.specification).value();
    const auto charts = charts_of(evaluation, Language::korean);
    EXPECT_GE(charts.size(), 10U);
    ASSERT_TRUE(write_results(evaluation, charts, folder_ / "out", Language::korean));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "out/tables/balance.csv"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "out/charts/love_plot.json"));
    EXPECT_TRUE(verify_result(folder_ / "out/result.json", project).value().empty());

    // One changed digit is found.
    std::string text = read_whole_file(folder_ / "out/result.json").value();
    const std::size_t at = text.find("\"adopters\": ");
    text.insert(at + 12, "9");
    ASSERT_TRUE(write_file_atomically(folder_ / "out/result.json", text));
    const auto differences = verify_result(folder_ / "out/result.json", project).value();
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_EQ(differences[0].pointer, "/data/adopters");
}

TEST_F(SampleStudy, EveryMatchedEffectHasItsNaiveNumberBesideIt) {
    auto project = create_project(folder_ / "study.twinfirm").value();
    const auto study = load_study(sample / "study.json").value();
    ASSERT_TRUE(import_study_files(project, study, sample));
    const auto evaluation = evaluate_project(project, study.specification).value();
    for (const evaluation::EffectRow& row : evaluation.effects) {
        if (row.event_time && *row.event_time < 0) continue;
        const bool found = std::any_of(evaluation.before_after.begin(), evaluation.before_after.end(),
                                       [&](const evaluation::BeforeAfterRow& naive) {
                                           return naive.outcome == row.outcome && naive.event_time == row.event_time &&
                                                  naive.group.breakdown == row.group.breakdown &&
                                                  naive.group.key == row.group.key;
                                       });
        EXPECT_TRUE(found) << row.outcome << row.group.breakdown << row.group.key;
    }
}

TEST(Study, ASpecificationErrorNamesTheFile) {
    const auto path = std::filesystem::temp_directory_path() / "twinfirm-bad-study.json";
    ASSERT_TRUE(write_file_atomically(path, "{\"study\": \"x\"}"));
    const auto study = load_study(path);
    ASSERT_FALSE(study);
    EXPECT_EQ(study.error().file, path.string());
    EXPECT_EQ(study.error().kind, ErrorKind::usage);
    std::filesystem::remove(path);
}

/// The sample study with one text of one file replaced, evaluated.
class AlteredStudy : public SampleStudy {
  protected:
    [[nodiscard]] Result<evaluation::Evaluation> evaluate_with(const std::string& file, const std::string& before,
                                                               const std::string& after) const {
        for (const char* name : {"firms.csv", "panel.csv", "survey.csv"}) {
            std::string text = read_whole_file(sample / name).value();
            if (file == name) {
                EXPECT_NE(text.find(before), std::string::npos) << before;
                text.replace(text.find(before), before.size(), after);
            }
            EXPECT_TRUE(write_file_atomically(folder_ / name, text));
        }
        auto project = open_or_create_project(folder_ / "study.twinfirm").value();
        const auto study = load_study(sample / "study.json").value();
        const auto files = import_study_files(project, study, folder_);
        EXPECT_TRUE(files) << files.error().code;
        return evaluate_project(project, study.specification);
    }
};

TEST_F(AlteredStudy, AYearThatIsNoneIsRefused) {
    // file, text, the same with a year that cannot be one, the field that is named
    const std::vector<std::array<std::string, 4>> cases{
        {"firms.csv", "2003-05-20,,,", "2003-05-20,,9999,", "adopt_year"},
        {"panel.csv", "F0000001,2012,", "F0000001,4012,", "year"},
        {"panel.csv", "F0000001,2012,", "F0000001,1712,", "year"},
    };
    for (const auto& [file, before, after, field] : cases) {
        const auto result = evaluate_with(file, before, after);
        ASSERT_FALSE(result) << after;
        EXPECT_EQ(result.error().code, "role_column_type") << after;
        EXPECT_EQ(result.error().kind, ErrorKind::input);
        EXPECT_EQ(result.error().arguments.at("field"), field);
        EXPECT_NE(after.find(result.error().arguments.at("value")), std::string::npos);
    }
    const auto long_panel = evaluate_with("panel.csv", "F0000001,2012,", "F0000001,1812,");
    ASSERT_FALSE(long_panel);
    EXPECT_EQ(long_panel.error().code, "panel_too_long");
}

TEST_F(AlteredStudy, RowsWithoutAYearAndRowsOfUnknownFirmsAreCountedApart) {
    const auto count = [](const Result<evaluation::Evaluation>& result, std::string_view code) {
        EXPECT_TRUE(result);
        return count_of(result->messages, code);
    };
    const auto without_year = evaluate_with("panel.csv", "F0000001,2012,", "F0000001,,");
    EXPECT_EQ(count(without_year, "rows_without_year"), 1);
    EXPECT_EQ(count(without_year, "rows_without_firm"), 0);
    const auto without_firm = evaluate_with("panel.csv", "F0000001,2012,", "F9999999,2012,");
    EXPECT_EQ(count(without_firm, "rows_without_firm"), 1);
    EXPECT_EQ(count(without_firm, "rows_without_year"), 0);
}

}  // namespace

}  // namespace twinfirm::app
