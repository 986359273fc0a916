// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/open_study.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "study/kept_files.h"
#include "study/opened_project.h"

namespace twinfirm::ui {

OpenStudy::OpenStudy(QObject* parent) : QObject(parent), specification_(first_specification()) {
    validate();
    left_behind_ = UnsavedProject::left_behind();
    constexpr int pause = 500;  // milliseconds without an edit
    autosave_.setSingleShot(true);
    autosave_.setInterval(pause);
    connect(&autosave_, &QTimer::timeout, this, &OpenStudy::autosave);
    connect(this, &OpenStudy::specification_changed, &autosave_, qOverload<>(&QTimer::start));
    connect(this, &OpenStudy::report_settings_changed, &autosave_, qOverload<>(&QTimer::start));
    connect(this, &OpenStudy::files_changed, &autosave_, qOverload<>(&QTimer::start));
    connect(this, &OpenStudy::file_changed, &autosave_, qOverload<>(&QTimer::start));
}

void OpenStudy::add_reader(JobRunner& reader) {
    readers_.emplace_back(&reader);
    connect(&jobs_, &JobRunner::started, &reader, &JobRunner::cancel);
}

bool OpenStudy::is_being_read() const {
    return background_.running() || std::any_of(readers_.begin(), readers_.end(),
                                                [](const auto& reader) { return reader && reader->running(); });
}

bool OpenStudy::unsaved() const {
    return saved_path_.empty() && !stored_tables().empty();
}

Status OpenStudy::ensure_project() {
    if (project_) return {};
    auto unsaved = UnsavedProject::make();
    if (!unsaved) return tl::unexpected<Error>(unsaved.error());
    auto project = app::create_project((*unsaved)->project());
    if (!project) return tl::unexpected(project.error());
    unsaved_ = std::move(*unsaved);
    project_ = std::make_shared<store::Project>(std::move(*project));
    kept_design_.clear();
    kept_files_.clear();
    return {};
}

void OpenStudy::take_project(ProjectPointer project, const std::filesystem::path& saved_path) {
    project_ = std::move(project);
    saved_path_ = saved_path;
    if (!saved_path.empty()) unsaved_.reset();
}

void OpenStudy::new_project(const std::filesystem::path& path) {
    if (jobs_.running()) return;
    if (path.empty()) {
        project_.reset();
        saved_path_.clear();
        if (const Status made = ensure_project(); !made) return report(made.error());
    } else {
        auto project = app::create_project(path);
        if (!project) return report(project.error());
        take_project(std::make_shared<store::Project>(std::move(*project)), path);
    }
    files_.clear();
    evaluation_.reset();
    take_design({first_specification(), {}});
    take_record({}, {});
    data_changed();
    Q_EMIT evaluation_changed();
}

void OpenStudy::open_project(const std::filesystem::path& path) {
    if (jobs_.running()) return;
    // A project that is open here already is let go first: its own lock would keep it from being written.
    std::error_code differs;
    if (project_ && std::filesystem::equivalent(project_->path(), path, differs)) {
        if (autosave_.isActive()) autosave();
        background_.cancel();
        project_.reset();
    }
    open(path, true, [this, path](ProjectPointer project) { take_project(std::move(project), path); });
}

void OpenStudy::recover_project(const std::filesystem::path& path) {
    open(path, false, [this, path](ProjectPointer project) {
        take_project(std::move(project), {});
        unsaved_ = UnsavedProject::take_over(path);
        std::erase(left_behind_, path);
    });
}

void OpenStudy::open(const std::filesystem::path& path, bool has_own_place, std::function<void(ProjectPointer)> take) {
    jobs_.run<OpenedProject>(
        [path, has_own_place](const CancellationToken& token, const ProgressSink& progress) {
            report_progress(progress, "open", 0);
            auto opened = read_project(path);
            if (!opened) return opened;
            for (DataFile& file : open_kept_files(kept_files_path(path, has_own_place), token, progress)) {
                opened->files.push_back(std::move(file));
            }
            return opened;
        },
        [this, take = std::move(take)](Result<OpenedProject> opened) {
            if (!opened) return report(opened.error());
            if (opened->read_only_because) report(*opened->read_only_because);
            take(std::move(opened->project));
            files_ = std::move(opened->files);
            kept_files_ = kept_files_json(files_);
            kept_design_ = app::study_design_to_json(opened->design);
            evaluation_.reset();
            take_design(opened->design);
            take_record(opened->lock, std::move(opened->designs));
            if (!project_->notices().empty()) Q_EMIT noticed(project_->notices());
            data_changed();
            Q_EMIT evaluation_changed();
            check_in_background();
        });
}

void OpenStudy::autosave() {
    if (jobs_.running() || is_being_read()) return autosave_.start();
    const app::StudyDesign first{first_specification(), {}};
    if (!project_ && design() == first && kept_files_json(files_).empty()) return;
    if (const Status made = ensure_project(); !made) return report(made.error());
    if (const Status kept = keep_open_files(); !kept) return report(kept.error());
    std::string json = app::study_design_to_json(design());
    if (json == kept_design_ || project_->access() != app::Access::read_write) return;
    if (const Status kept = app::keep_study_design(*project_, design()); !kept) return report(kept.error());
    kept_design_ = std::move(json);
}

Status OpenStudy::keep_open_files() {
    std::string json = kept_files_json(files_);
    if (json == kept_files_) return {};
    TWINFIRM_TRY(keep_files(kept_files_path(project_->path(), !saved_path_.empty()), json));
    kept_files_ = std::move(json);
    return {};
}

void OpenStudy::check_in_background() {
    using Tables = std::vector<store::TableInfo>;
    background_.run<Tables>(
        // A connection of its own: the project itself is used by one thread at a time.
        [path = project_->path()](const CancellationToken& token, const ProgressSink& progress) -> Result<Tables> {
            const auto project = app::open_project(path, app::Access::read_only);
            if (!project) return tl::unexpected(project.error());
            return app::check_tables(*project, token, progress);
        },
        [this](const Result<Tables>& checked) {
            if (!checked && checked.error().code == "table_damaged") report(checked.error());
        });
}

void OpenStudy::save_project_as(const std::filesystem::path& path) {
    if (jobs_.running()) return;
    if (const Status made = ensure_project(); !made) return report(made.error());
    struct Saved {
        ProjectPointer project;  ///< the new one, or, if that failed, the former one
        std::optional<Error> error;
    };
    jobs_.run<Saved>(
        // The job alone holds the project, so that it can be closed: then it is one whole file.
        [project = std::exchange(project_, nullptr), design = design(), path](
            const CancellationToken&, const ProgressSink& progress) mutable -> Result<Saved> {
            report_progress(progress, "save", 0);
            const std::filesystem::path source = project->path();
            Saved saved;
            if (project->access() == app::Access::read_write) {
                const Status kept = app::keep_study_design(*project, design);
                if (!kept) return Saved{project, kept.error()};
            }
            project.reset();
            std::error_code error;
            std::filesystem::copy_file(source, path, std::filesystem::copy_options::overwrite_existing, error);
            if (error) {
                saved.error = Error{ErrorKind::access,
                                    "file_not_writable",
                                    {{"path", path.string()}, {"reason", error.message()}},
                                    path.string(),
                                    0,
                                    0};
            }
            auto reopened = app::open_project(error ? source : path);
            if (!reopened) return tl::unexpected(reopened.error());
            saved.project = std::make_shared<store::Project>(std::move(*reopened));
            return saved;
        },
        [this, path](Result<Saved> saved) {
            if (!saved) return report(saved.error());
            project_ = std::move(saved->project);
            if (saved->error) return report(*saved->error);
            saved_path_ = path;
            kept_files_.clear();  // they are kept in another place from now on
            autosave_.start();
            Q_EMIT project_changed();
        });
}

}  // namespace twinfirm::ui
