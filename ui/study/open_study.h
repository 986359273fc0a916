// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <QUndoStack>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jobs/job_runner.h"
#include "study/data_file.h"
#include "study/live_preview.h"
#include "study/unsaved_project.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/results.h"
#include "twinfirm/app/study.h"
#include "twinfirm/app/study_design.h"
#include "twinfirm/app/study_record.h"
#include "twinfirm/app/unmatched_firms.h"
#include "twinfirm/app/variable_roles.h"

namespace twinfirm::ui {

/// The study that the window shows: a project, its files, the specification and the last result. Every change that may
/// take time is a job; what came of it is told by a signal.
class OpenStudy : public QObject {
    Q_OBJECT

  public:
    explicit OpenStudy(QObject* parent = nullptr);

    [[nodiscard]] JobRunner& jobs() { return jobs_; }
    /// Whoever reads the project keeps others from writing it: a job cancels this reader, and nothing is saved while it
    /// is at work.
    void add_reader(JobRunner& reader);
    /// What the analyst decided, step by step. It begins anew when the project or its tables change.
    [[nodiscard]] QUndoStack& history() { return history_; }

    /// Path of the project; empty as long as it has no place of its own.
    [[nodiscard]] const std::filesystem::path& project_path() const { return saved_path_; }
    /// The file that the tables stand in, also before the project has a place of its own; empty without a project.
    [[nodiscard]] std::filesystem::path project_file() const { return project_ ? project_->path() : saved_path_; }
    /// Others hold the project, or its place cannot be written: it can be looked at only.
    [[nodiscard]] bool read_only() const { return project_ && project_->access() != app::Access::read_write; }
    /// The project holds tables, but would be gone after closing.
    [[nodiscard]] bool unsaved() const;
    /// Without a path the project is kept in a temporary folder.
    void new_project(const std::filesystem::path& path = {});
    void open_project(const std::filesystem::path& path);
    /// Projects that a killed window left without a place of their own.
    [[nodiscard]] const std::vector<std::filesystem::path>& left_behind() const { return left_behind_; }
    /// Goes on with one of them; it still has no place of its own.
    void recover_project(const std::filesystem::path& path);
    void save_project_as(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<DataFile>& files() const { return files_; }
    /// Whatever was dropped: a project, a study, or data files, which are looked over.
    void open_paths(const std::vector<std::filesystem::path>& paths);
    /// Reads the file again with that answer to one of its questions.
    void answer_question(std::size_t file, const std::string& question, const std::string& choice);
    void set_table(std::size_t file, const std::string& table);
    void set_field(std::size_t file, std::size_t column, const std::string& field);
    void set_type(std::size_t file, std::size_t column, ingest::ValueType type);
    void set_unit(std::size_t file, std::size_t column, const std::string& unit);
    void set_keep(std::size_t file, std::size_t column, bool keep);
    /// Stores these files in the project, each whole or not at all.
    void import_files(const std::vector<std::size_t>& files);
    /// Takes the last import of that file's table back: what the table held before is there again, if anything was.
    void undo_import(std::size_t file);
    /// Files that can be stored and are not yet.
    [[nodiscard]] std::vector<std::size_t> importable_files() const;

    /// Reads a study file: its specification, and its files into the project.
    void open_study_file(const std::filesystem::path& path);

    /// A new project with the design of an earlier study; the files are read as its files were.
    void begin_with_earlier(const std::filesystem::path& earlier, std::vector<std::filesystem::path> files);

    [[nodiscard]] const design::Specification& specification() const { return specification_; }
    [[nodiscard]] const design::Validation& validation() const { return validation_; }
    void set_specification(const design::Specification& specification);
    /// How the report is titled and what stands in it. Another one leaves the result current: no number changes.
    [[nodiscard]] const design::ReportSettings& report_settings() const { return report_settings_; }
    void set_report_settings(const design::ReportSettings& settings);
    /// Which report it is; kept in the project and undone like the settings.
    [[nodiscard]] const app::ReportChoice& report_choice() const { return report_choice_; }
    void set_report_choice(const app::ReportChoice& choice);
    /// All of it together, as the project keeps it.
    [[nodiscard]] app::StudyDesign design() const { return {specification_, report_settings_, report_choice_}; }
    /// The result that the choice sets beside this study's; null where it names none, or one that could not be read.
    [[nodiscard]] const evaluation::ResultSummary* earlier_result() const;
    /// Reads a result.json to set beside this study's result.
    void compare_with_earlier(const std::filesystem::path& result);
    /// What the report is to be, of settings and choice.
    [[nodiscard]] report::ReportOptions report_options() const;
    /// The variables of the stored tables, with what each can be in the design.
    [[nodiscard]] std::vector<app::VariableRoles> variables() const;
    /// Names of the stored tables.
    [[nodiscard]] std::vector<std::string> stored_tables() const;
    [[nodiscard]] bool can_run() const;
    void run();

    /// The last result; null before the first.
    [[nodiscard]] const std::shared_ptr<const evaluation::Evaluation>& evaluation() const { return evaluation_; }
    /// Matching and balance of the present design, where it is not that of the result.
    [[nodiscard]] LivePreview& preview() { return preview_; }
    [[nodiscard]] const LivePreview& preview() const { return preview_; }
    /// Neither data nor specification changed since the last result.
    [[nodiscard]] bool result_is_current() const;
    /// Refuses to let a result out of the program that is not that of the present data and design.
    [[nodiscard]] Status check_current() const;

    /// Lets every number of the result out, or protects it again: the design changes and is run anew. `reason` says why
    /// and goes to the result and the record; empty = protection.
    void set_disclosure_override(const std::string& reason);
    /// Puts what was written into the project's record. `files` are names within `folder`.
    [[nodiscard]] Status record_export(const std::filesystem::path& folder,
                                       const std::vector<std::filesystem::path>& files);
    /// The same as a step of a job: it reads what was written and holds the project. Without names: all files of a
    /// result in its folder.
    using ExportRecorder =
        std::function<Status(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files)>;
    [[nodiscard]] ExportRecorder export_recorder() const;
    /// The steps of a job that makes one report for each group of a breakdown: the design is evaluated with that
    /// breakdown crossed with the others, which opens outcomes and is recorded as a run, and what was written is
    /// recorded as an export. Afterwards read_record() is due.
    struct BatchSteps {
        std::function<Result<evaluation::Evaluation>(const std::string& key, const CancellationToken& token,
                                                     const ProgressSink& progress)>
            evaluate;
        std::function<Status(const evaluation::Evaluation& evaluation, const std::filesystem::path& folder)> record;
    };
    [[nodiscard]] BatchSteps batch_steps() const;
    /// Takes over the designs that the project remembers by now.
    void read_record();

    /// The frozen design, if there is one.
    [[nodiscard]] const std::optional<evaluation::Lock>& lock() const { return lock_; }
    [[nodiscard]] bool changed_since_lock() const;
    [[nodiscard]] bool can_lock() const;
    /// Freezes the present design for good; a project has one lock.
    void lock_design();
    /// What the project remembers: the locked design, then those that were run, the latest first.
    [[nodiscard]] const std::vector<app::RecordedDesign>& recorded_designs() const { return designs_; }
    [[nodiscard]] bool can_compute_other() const { return project_ != nullptr && !jobs_.running(); }
    /// Evaluates another design on the present data, beside the result; nothing is recorded.
    void compute_other(const design::Specification& specification);
    /// Lists the firms that the result leaves without a match, and hands the list over.
    void list_unmatched(std::function<void(Result<std::vector<app::UnmatchedFirm>>)> done);
    /// The last result of compute_other on the present data; null before.
    [[nodiscard]] const std::shared_ptr<const evaluation::Evaluation>& other_evaluation() const { return other_; }

    void report(const Error& error) { Q_EMIT failed(error); }

  Q_SIGNALS:
    void project_changed();
    void files_changed();
    /// The stored tables, or the project that they stand in.
    void data_replaced();
    /// Some cells of one file's mapping, its table or the like; the files are the same.
    void file_changed(std::size_t file);
    void specification_changed();
    /// Of the settings or of the choice.
    void report_settings_changed();
    void evaluation_changed();
    /// The lock or the designs that the project remembers.
    void designs_changed();
    void other_changed();
    void failed(const twinfirm::Error& error);
    void noticed(const twinfirm::Messages& messages);

  private:
    using ProjectPointer = std::shared_ptr<store::Project>;

    [[nodiscard]] Status ensure_project();
    void take_project(ProjectPointer project, const std::filesystem::path& saved_path);
    void open(const std::filesystem::path& path, bool has_own_place, std::function<void(ProjectPointer)> take);
    /// Keeps the design in the project and what was decided about the open files, so that nothing is lost when the
    /// program is killed.
    void autosave();
    [[nodiscard]] bool is_being_read() const;
    [[nodiscard]] Status keep_open_files();
    void inspect_files(std::vector<std::filesystem::path> paths);
    void add_inspection(ingest::Inspection inspection);
    void store_audit(const app::ImportedFile& imported, const std::string& file_name);
    void adapt_roles_to_tables();
    void show_specification(const design::Specification& specification);
    void show_report_settings(const design::ReportSettings& settings);
    void take_design(const app::StudyDesign& design);
    /// Errors of the specification itself, and of its names in the stored tables.
    void validate();
    void edit_file(std::size_t index, const QString& name, const std::function<void(DataFile&)>& change);
    void data_changed();
    void take_record(std::optional<evaluation::Lock> lock, std::vector<app::RecordedDesign> designs);
    /// Recomputes the content hashes of the project's tables beside all other work; tells of damage.
    void check_in_background();

    JobRunner jobs_;
    JobRunner background_;
    std::vector<QPointer<JobRunner>> readers_;
    QUndoStack history_;
    std::unique_ptr<UnsavedProject> unsaved_;
    ProjectPointer project_;
    std::filesystem::path saved_path_;
    std::vector<DataFile> files_;
    std::vector<store::TableInfo> tables_;  ///< of the project, without their rows
    design::Specification specification_;
    design::Validation validation_;
    design::ReportSettings report_settings_;
    app::ReportChoice report_choice_;
    std::map<std::string, evaluation::ResultSummary> earlier_results_;  ///< that were read, by path
    QTimer autosave_;
    std::string kept_design_;  ///< as it stands in the project
    std::string kept_files_;   ///< what was kept of the open files
    std::vector<std::filesystem::path> left_behind_;
    std::shared_ptr<const evaluation::Evaluation> evaluation_;
    std::shared_ptr<const evaluation::Evaluation> other_;
    std::optional<evaluation::Lock> lock_;
    std::vector<app::RecordedDesign> designs_;
    int data_version_ = 0;
    int evaluated_data_version_ = -1;
    LivePreview preview_{*this};
};

}  // namespace twinfirm::ui
