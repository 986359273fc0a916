// SPDX-License-Identifier: GPL-3.0-or-later
// Which report is taken out is kept in the project; reports of the groups of a breakdown.
#include <QComboBox>
#include <QLabel>
#include <algorithm>

#include "twinfirm/app/batch_reports.h"
#include "twinfirm/app/differencing.h"
#include "twinfirm/base/atomic_file.h"
#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

class ReportChoiceTest : public StudyWindow {
  protected:
    const app::ReportChoice& choice() { return window_->study().report_choice(); }

    void choose(const char* box, int value) {
        auto* combo = find<QComboBox>(box);
        combo->setCurrentIndex(combo->findData(value));
        Q_EMIT combo->activated(combo->currentIndex());
        settle();
    }
    void reopen(const std::filesystem::path& project) {
        window_ = std::make_unique<MainWindow>(localization_);
        QObject::connect(&window_->study(), &OpenStudy::failed, window_.get(),
                         [this](const Error& error) { errors_.push_back(error); });
        window_->show();
        window_->study().open_project(project);
        ASSERT_TRUE(wait_for_jobs());
        // The earlier result is read by a job behind the opening.
        ASSERT_TRUE(wait_for_jobs());
    }
    [[nodiscard]] std::vector<std::string> files_in(const std::filesystem::path& at) const {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(at, none)) {
            if (entry.is_regular_file()) names.push_back(entry.path().lexically_relative(at).generic_string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }
};

TEST_F(ReportChoiceTest, IsUndoneAndOutlivesTheWindow) {
    open_sample();
    run();
    window_->show_step(Step::report);
    settle();
    const auto earlier = folder() / "earlier.json";
    ASSERT_TRUE(write_file_atomically(earlier, evaluation::evaluation_to_json(*window_->study().evaluation())));
    choose("report_kind", static_cast<int>(report::ReportKind::press_release));
    choose("report_language", static_cast<int>(Language::english));
    window_->study().compare_with_earlier(earlier);
    ASSERT_TRUE(wait_for_jobs());
    EXPECT_EQ(choice().earlier, earlier.string());
    ASSERT_NE(window_->study().earlier_result(), nullptr);
    EXPECT_TRUE(window_->study().result_is_current());

    QUndoStack& history = window_->study().history();
    history.undo();
    EXPECT_TRUE(choice().earlier.empty());
    EXPECT_EQ(window_->study().earlier_result(), nullptr);
    EXPECT_EQ(choice().language, Language::english);
    history.undo();
    EXPECT_FALSE(choice().language.has_value());
    EXPECT_EQ(find<QComboBox>("report_language")->currentIndex(), 0);
    history.undo();
    EXPECT_EQ(choice().kind, report::ReportKind::evaluation);
    for (int i = 0; i < 3; ++i) history.redo();
    EXPECT_NE(window_->study().earlier_result(), nullptr);
    const app::ReportChoice chosen = choice();

    const auto project = folder() / "kept.twinfirm";
    window_->study().save_project_as(project);
    ASSERT_TRUE(wait_for_jobs());
    reopen(project);
    EXPECT_TRUE(choice() == chosen);
    EXPECT_NE(window_->study().earlier_result(), nullptr);
    EXPECT_EQ(window_->study().report_options().kind, report::ReportKind::press_release);
    EXPECT_TRUE(errors_.empty());

    // A file that is gone is told of, and the choice stays until it is taken back.
    ASSERT_TRUE(std::filesystem::remove(earlier));
    reopen(project);
    EXPECT_TRUE(choice() == chosen);
    EXPECT_EQ(window_->study().earlier_result(), nullptr);
    EXPECT_FALSE(window_->study().report_options().earlier.has_value());
    ASSERT_EQ(errors_.size(), 1u);
    window_->show_step(Step::report);
    settle();
    EXPECT_TRUE(find<QLabel>("report_earlier_name")->text().contains(QStringLiteral("읽지 못함")));
}

TEST_F(ReportChoiceTest, ResultsOfNearlyTheSameFirmsAreWarnedOf) {
    open_sample();
    run();
    window_->show_step(Step::report);
    settle();
    evaluation::Evaluation other = *window_->study().evaluation();
    for (evaluation::EffectRow& row : other.effects) {
        if (row.group.breakdown.empty() && !row.event_time) ++row.effect.n_treated;
    }
    const auto earlier = folder() / "earlier.json";
    ASSERT_TRUE(write_file_atomically(earlier, evaluation::evaluation_to_json(other)));
    const QString before = find<QLabel>("report_warnings")->text();
    window_->study().compare_with_earlier(earlier);
    ASSERT_TRUE(wait_for_jobs());
    settle();
    const auto differing =
        app::differencing_messages(*window_->study().evaluation(), *window_->study().earlier_result());
    ASSERT_FALSE(differing.empty());
    const QString text = find<QLabel>("report_warnings")->text();
    EXPECT_NE(text, before);
    EXPECT_TRUE(text.contains(QString::fromStdString(localization_.catalogue().text(differing.front()))))
        << text.toStdString();
}

TEST_F(ReportChoiceTest, AReportForEachGroupIsWrittenAsAJob) {
    open_sample();
    run();
    const auto out = folder() / "batch";
    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    window_->result_export().write_batch(out, "level");
    EXPECT_TRUE(window_->study().jobs().running());
    ASSERT_TRUE(wait_for([&] { return finished.count() == 1; }, 600000));
    ASSERT_TRUE(errors_.empty()) << errors_.front().code;
    const std::vector<std::string> names = files_in(out);
    const auto there = [&](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    EXPECT_TRUE(there("index.csv"));
    EXPECT_TRUE(there("result.json"));
    EXPECT_TRUE(there("report.pdf"));
    const auto groups = std::count_if(names.begin(), names.end(), [](const std::string& name) {
        return name.starts_with("groups/") && name.ends_with("/report.hwpx");
    });
    const std::string index = read_whole_file(out / "index.csv").value();
    EXPECT_EQ(groups, std::count(index.begin(), index.end(), '\n') - 1);
    EXPECT_GT(groups, 1);
    // The run of the batch is one more that the project remembers; the window's own result is what it was.
    EXPECT_EQ(window_->study().recorded_designs().size(), 2u);
    EXPECT_TRUE(window_->study().result_is_current());

    // All results of the study without groups do not stay beside those.
    window_->result_export().write_folder(out);
    ASSERT_TRUE(wait_for([&] { return finished.count() == 2; }, 600000));
    EXPECT_FALSE(std::filesystem::exists(out / "groups"));
    EXPECT_FALSE(std::filesystem::exists(out / "index.csv"));
}

TEST_F(ReportChoiceTest, ACancelledBatchLeavesNothingBehind) {
    open_sample();
    run();
    const auto out = folder() / "batch";
    std::filesystem::create_directories(out);
    ASSERT_TRUE(write_file_atomically(out / "mine.txt", "mine"));
    QSignalSpy finished(&window_->result_export(), &ResultExport::finished);
    QObject::connect(&window_->study().jobs(), &JobRunner::progressed, window_.get(),
                     [&](const QString& stage, double done) {
                         if (stage == QStringLiteral("write") && done > 0.4) window_->study().jobs().cancel();
                     });
    window_->result_export().write_batch(out, "size");
    ASSERT_TRUE(wait_for([&] { return finished.count() == 1; }, 600000));
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_EQ(errors_.front().kind, ErrorKind::cancelled);
    EXPECT_EQ(files_in(out), std::vector<std::string>{"mine.txt"});
    EXPECT_TRUE(finished.front().front().toString().isEmpty());
}

TEST_F(ReportChoiceTest, RegionIsOfferedForABatchEvenWhereItIsNoBreakdown) {
    const std::vector<design::Breakdown> offered = app::batch_breakdowns(window_->study().specification());
    ASSERT_FALSE(offered.empty());
    EXPECT_EQ(offered.front().key, "region");
    EXPECT_EQ(offered.size(), window_->study().specification().breakdowns.size() + 1);
}

}  // namespace
}  // namespace twinfirm::ui
