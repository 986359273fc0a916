// SPDX-License-Identifier: GPL-3.0-or-later
// What is left when the program is killed.
#include <QDir>
#include <QListWidget>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

#include "study/kept_files.h"
#include "twinfirm/app/project_file.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class RecoveryTest : public StudyWindow {
  protected:
    [[nodiscard]] std::vector<std::filesystem::path> unsaved_projects() const {
        std::vector<std::filesystem::path> found;
        const std::filesystem::path root = folder() / "data" / "twinfirm" / "unsaved";
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(root, none)) {
            found.push_back(entry.path() / "study.twinfirm");
        }
        return found;
    }
    /// The specification in the project, read beside the window that holds it.
    static std::string kept_specification(const std::filesystem::path& path) {
        const auto project = app::open_project(path, app::Access::read_only);
        return project ? project->specification().value_or(std::string()) : std::string();
    }
    void edit_design(double caliper = 0.07) {
        design::Specification edited = window_->study().specification();
        edited.matching.caliper = caliper;
        window_->study().set_specification(std::move(edited));
    }
    bool wait_until_kept() {
        return wait_for([this] {
            const auto projects = unsaved_projects();
            return projects.size() == 1 && kept_specification(projects.front()) ==
                                               design::specification_to_json(window_->study().specification());
        });
    }
};

TEST_F(RecoveryTest, EditsAreKeptWithoutSavingAndGoWithTheWindow) {
    edit_design();
    EXPECT_TRUE(wait_until_kept());
    window_.reset();
    EXPECT_TRUE(unsaved_projects().empty());
}

TEST_F(RecoveryTest, EditsAreKeptOnceNobodyReadsTheProject) {
    edit_design();
    ASSERT_TRUE(wait_until_kept());
    JobRunner reader;
    window_->study().add_reader(reader);
    std::atomic<bool> enough = false;
    reader.run<bool>(
        [&](const CancellationToken&, const ProgressSink&) -> Result<bool> {
            while (!enough) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return true;
        },
        [](const Result<bool>&) {});
    edit_design(0.09);
    constexpr int twice_the_pause = 1000;  // milliseconds
    QTest::qWait(twice_the_pause);
    EXPECT_NE(kept_specification(unsaved_projects().front()),
              design::specification_to_json(window_->study().specification()));
    enough = true;
    EXPECT_TRUE(wait_until_kept());
}

TEST_F(RecoveryTest, SettingsOfTheReportAreKeptWithoutSaving) {
    design::ReportSettings settings;
    settings.title.ko = "우리 보고서";
    settings.sentences = {{"summary.effects", {"고친 문장", "원래 문장"}, {}}};
    window_->study().set_report_settings(settings);
    ASSERT_TRUE(wait_for([&] {
        const auto projects = unsaved_projects();
        return projects.size() == 1 && kept_specification(projects.front()) ==
                                           app::study_design_to_json({window_->study().specification(), settings});
    }));

    // Saved and opened by another window.
    const auto path = folder() / "kept.twinfirm";
    window_->study().save_project_as(path);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    MainWindow other(localization_);
    other.open({path});
    ASSERT_TRUE(wait_for([&] { return !other.study().jobs().running(); }));
    EXPECT_TRUE(other.study().report_settings() == settings);
    EXPECT_FALSE(other.study().history().canUndo());
}

TEST_F(RecoveryTest, DecisionsAboutFilesThatAreNotStoredAreKept) {
    const std::filesystem::path file = folder() / "panel.csv";
    std::ofstream(file, std::ios::binary) << "기업ID,연도,매출액\nA1,2015,120\nA2,2015,95\n";
    window_->open({file});
    ASSERT_TRUE(wait_for_jobs());
    window_->study().set_unit(0, 2, "백만원");
    window_->study().set_table(0, "yearly");
    const auto kept = [this] {
        return unsaved_projects().empty() ? std::filesystem::path()
                                          : unsaved_projects().front().parent_path() / "files.json";
    };
    const std::string expected = kept_files_json(window_->study().files());
    ASSERT_TRUE(wait_for([&] {
        std::ifstream stream(kept(), std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()} == expected;
    }));

    // What a killed program leaves, and the file as it was.
    const std::filesystem::path project = unsaved_projects().front();
    const std::filesystem::path left = project.parent_path().parent_path() / "killed" / "study.twinfirm";
    std::filesystem::create_directories(left.parent_path());
    std::filesystem::copy_file(project, left);
    std::filesystem::copy_file(kept(), left.parent_path() / "files.json");
    window_ = std::make_unique<MainWindow>(localization_);
    ASSERT_EQ(window_->study().left_behind().size(), 1);
    window_->study().recover_project(left);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(window_->study().files().size(), 1);
    const DataFile& again = window_->study().files().front();
    EXPECT_EQ(again.table, "yearly");
    EXPECT_EQ(again.inspection->plan.columns[2].unit, "백만원");
    EXPECT_EQ(again.inspection->plan.columns[2].type, ingest::ValueType::money);

    // A file that changed since is read anew.
    std::ofstream(file, std::ios::binary) << "연도,기업ID,매출액\n2015,A1,120\n";
    const auto files = open_kept_files(left.parent_path() / "files.json", {}, {});
    ASSERT_EQ(files.size(), 1);
    EXPECT_TRUE(files.front().inspection->plan.columns[2].unit.empty());
    std::filesystem::remove(file);
    EXPECT_TRUE(open_kept_files(left.parent_path() / "files.json", {}, {}).empty());
}

TEST_F(RecoveryTest, ASavedProjectOpensWithItsUnstoredFiles) {
    const std::filesystem::path file = folder() / "panel.csv";
    std::ofstream(file, std::ios::binary) << "기업ID,연도,매출액\nA1,2015,120\nA2,2015,95\n";
    const std::filesystem::path project = folder() / "own.twinfirm";
    window_->study().new_project(project);
    window_->open({file});
    ASSERT_TRUE(wait_for_jobs());
    window_->study().set_table(0, "yearly");
    const std::filesystem::path kept = kept_files_path(project, true);
    ASSERT_TRUE(wait_for([&] {
        std::ifstream stream(kept, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()} ==
               kept_files_json(window_->study().files());
    }));
    window_->study().open_project(project);
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_EQ(window_->study().files().size(), 1);
    EXPECT_EQ(window_->study().files().front().table, "yearly");
    // Once stored they are the project's.
    window_->study().import_files(window_->study().importable_files());
    ASSERT_TRUE(wait_for_jobs());
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    EXPECT_TRUE(wait_for([&] { return !std::filesystem::exists(kept); }, 5000));
}

TEST_F(RecoveryTest, ANewWindowOffersWhatAKilledOneLeft) {
    open_sample();
    edit_design();
    ASSERT_TRUE(wait_until_kept());
    const auto project = unsaved_projects().front();
    // Another window does not offer what this one holds.
    EXPECT_TRUE(MainWindow(localization_).study().left_behind().empty());

    // A copy without a program that holds it is what a killed program leaves.
    const std::filesystem::path left = project.parent_path().parent_path() / "killed" / "study.twinfirm";
    std::filesystem::create_directories(left.parent_path());
    std::filesystem::copy_file(project, left);
    const design::Specification edited = window_->study().specification();
    window_ = std::make_unique<MainWindow>(localization_);
    window_->show();
    settle();
    ASSERT_EQ(window_->study().left_behind().size(), 1);
    auto* list = find<QListWidget>("recent_projects");
    ASSERT_EQ(list->count(), 1);
    EXPECT_TRUE(list->item(0)->text().contains(QStringLiteral("저장되지 않은")));
    Q_EMIT list->itemActivated(list->item(0));
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_EQ(window_->study().stored_tables().size(), 3);
    EXPECT_TRUE(window_->study().specification() == edited);
    EXPECT_TRUE(window_->study().unsaved());
    EXPECT_TRUE(window_->study().left_behind().empty());
    window_.reset();
    EXPECT_FALSE(std::filesystem::exists(left));
}

/// What the other process of the test below does until it is killed: edits, and tells which of them was kept.
class KilledProgram : public RecoveryTest {
  protected:
    void edit_for_ever() {
        std::cout << "data " << (folder() / "data").string() << std::endl;
        for (int edit = 2;; ++edit) {
            design::Specification edited = window_->study().specification();
            edited.matching.ratio = edit;
            window_->study().set_specification(std::move(edited));
            ASSERT_TRUE(wait_until_kept());
            std::cout << "kept " << edit << std::endl;
        }
    }
};

TEST_F(KilledProgram, LosesAtMostTheLastEdit) {
    constexpr const char* is_child = "TWINFIRM_TEST_EDITS_FOR_EVER";
    if (qEnvironmentVariableIsSet(is_child)) return edit_for_ever();
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(is_child), QStringLiteral("1"));
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--gtest_filter=KilledProgram.*")});
    QString told;
    ASSERT_TRUE(wait_for(
        [&] {
            program.waitForReadyRead(20);
            told += QString::fromUtf8(program.readAllStandardOutput());
            return told.contains(QStringLiteral("kept 4"));
        },
        30000));
    program.kill();
    ASSERT_TRUE(program.waitForFinished());
    told += QString::fromUtf8(program.readAllStandardOutput());
    static const QRegularExpression data_line(QStringLiteral("data (.*)\n"));
    static const QRegularExpression kept_line(QStringLiteral("kept (\\d+)\n"));
    const QString data = data_line.match(told).captured(1);
    int kept = 0;
    for (auto found = kept_line.globalMatch(told); found.hasNext();) kept = found.next().captured(1).toInt();

    window_.reset();
    qputenv("XDG_DATA_HOME", data.toUtf8());
    window_ = std::make_unique<MainWindow>(localization_);
    ASSERT_EQ(window_->study().left_behind().size(), 1u);
    window_->study().recover_project(window_->study().left_behind().front());
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_GE(window_->study().specification().matching.ratio, kept);
    EXPECT_LE(window_->study().specification().matching.ratio, kept + 1);
    window_.reset();
    QDir(data + QStringLiteral("/..")).removeRecursively();
}

}  // namespace
}  // namespace twinfirm::ui
