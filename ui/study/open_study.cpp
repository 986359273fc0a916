// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/open_study.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "study/kept_files.h"
#include "study/opened_project.h"
#include "study/study_edit.h"
#include "twinfirm/app/clock.h"
#include "twinfirm/app/earlier_study.h"
#include "twinfirm/app/study_record.h"

namespace twinfirm::ui {

namespace {

constexpr const char* project_suffix = ".twinfirm";
constexpr const char* study_suffix = ".json";

std::size_t index_of_table(const std::vector<DataFile>& files, const std::string& table) {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const DataFile& file) { return file.audit && file.table == table; });
    return static_cast<std::size_t>(found - files.begin());
}

}  // namespace

OpenStudy::OpenStudy(QObject* parent) : QObject(parent), specification_(first_specification()) {
    validation_ = design::validate(specification_);
    left_behind_ = UnsavedProject::left_behind();
    constexpr int pause = 500;  // milliseconds without an edit
    autosave_.setSingleShot(true);
    autosave_.setInterval(pause);
    connect(&autosave_, &QTimer::timeout, this, &OpenStudy::autosave);
    connect(this, &OpenStudy::specification_changed, &autosave_, qOverload<>(&QTimer::start));
    connect(this, &OpenStudy::files_changed, &autosave_, qOverload<>(&QTimer::start));
    connect(this, &OpenStudy::file_changed, &autosave_, qOverload<>(&QTimer::start));
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
    kept_specification_.clear();
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
    specification_ = first_specification();
    validation_ = design::validate(specification_);
    evaluation_.reset();
    take_record({}, {});
    Q_EMIT specification_changed();
    data_changed();
    Q_EMIT evaluation_changed();
}

void OpenStudy::open_project(const std::filesystem::path& path) {
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
            specification_ = std::move(opened->specification);
            kept_specification_ = design::specification_to_json(specification_);
            validation_ = design::validate(specification_);
            evaluation_.reset();
            take_record(opened->lock, std::move(opened->designs));
            if (!project_->notices().empty()) Q_EMIT noticed(project_->notices());
            Q_EMIT specification_changed();
            data_changed();
            Q_EMIT evaluation_changed();
            check_in_background();
        });
}

void OpenStudy::autosave() {
    // Whoever reads the project keeps it from being written.
    if (jobs_.running() || background_.running()) return autosave_.start();
    if (!project_ && specification_ == first_specification() && kept_files_json(files_).empty()) return;
    if (const Status made = ensure_project(); !made) return report(made.error());
    if (const Status kept = keep_open_files(); !kept) return report(kept.error());
    std::string json = design::specification_to_json(specification_);
    if (json == kept_specification_ || project_->access() != app::Access::read_write) return;
    if (const Status kept = project_->set_specification(json); !kept) return report(kept.error());
    kept_specification_ = std::move(json);
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
        [project = std::exchange(project_, nullptr), specification = specification_, path](
            const CancellationToken&, const ProgressSink& progress) mutable -> Result<Saved> {
            report_progress(progress, "save", 0);
            const std::filesystem::path source = project->path();
            Saved saved;
            if (project->access() == app::Access::read_write) {
                const Status kept = project->set_specification(design::specification_to_json(specification));
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

void OpenStudy::open_paths(const std::vector<std::filesystem::path>& paths) {
    std::vector<std::filesystem::path> data;
    for (const std::filesystem::path& path : paths) {
        if (path.extension() == project_suffix) return open_project(path);
        if (path.extension() == study_suffix) return open_study_file(path);
        data.push_back(path);
    }
    if (!data.empty()) inspect_files(std::move(data));
}

void OpenStudy::inspect_files(std::vector<std::filesystem::path> paths) {
    using Inspections = std::vector<Result<ingest::Inspection>>;
    jobs_.run<Inspections>(
        [paths = std::move(paths)](const CancellationToken& token,
                                   const ProgressSink& progress) -> Result<Inspections> {
            Inspections inspections;
            for (const std::filesystem::path& path : paths) {
                inspections.push_back(app::inspect(path, {}, token, progress));
                TWINFIRM_TRY(token.check());
            }
            return inspections;
        },
        [this](Result<Inspections> inspections) {
            if (!inspections) return report(inspections.error());
            for (auto& inspection : *inspections) {
                if (inspection) {
                    add_inspection(std::move(*inspection));
                } else {
                    report(inspection.error());
                }
            }
            Q_EMIT files_changed();
        });
}

void OpenStudy::add_inspection(ingest::Inspection inspection) {
    const std::filesystem::path path = inspection.file;
    DataFile file;
    file.path = path;
    file.name = path.filename().string();
    file.table = guess_table(inspection);
    if (file.table.empty()) file.table = path.stem().string();
    file.inspection = std::move(inspection);
    const auto known = std::find_if(files_.begin(), files_.end(),
                                    [&](const DataFile& other) { return !other.path.empty() && other.path == path; });
    if (known == files_.end()) {
        files_.push_back(std::move(file));
    } else {
        *known = std::move(file);
    }
}

void OpenStudy::answer_question(std::size_t index, const std::string& question, const std::string& choice) {
    if (index >= files_.size() || !files_[index].inspection) return;
    const std::filesystem::path path = files_[index].path;
    auto answers = files_[index].inspection->plan.answers;
    answers[question] = choice;
    jobs_.run<ingest::Inspection>(
        [path, answers](const CancellationToken& token, const ProgressSink& progress) {
            return app::inspect(path, answers, token, progress);
        },
        [this, index](Result<ingest::Inspection> inspection) {
            if (!inspection) return report(inspection.error());
            edit_file(index, tr("answer to a question"), [&](DataFile& file) {
                file.inspection = std::move(*inspection);
                repeat_choices(file);
            });
        });
}

void OpenStudy::edit_file(std::size_t index, const QString& name, const std::function<void(DataFile&)>& change) {
    if (index >= files_.size()) return;
    DataFile after = files_[index];
    change(after);
    history_.push(new FileEdit(name, files_[index], std::move(after), [this, index](const DataFile& shown) {
        files_[index] = shown;
        Q_EMIT file_changed(index);
    }));
}

void OpenStudy::set_table(std::size_t file, const std::string& table) {
    if (file >= files_.size() || files_[file].audit || table.empty() || files_[file].table == table) return;
    edit_file(file, tr("table of a file"), [&](DataFile& edited) { edited.table = table; });
}

void OpenStudy::set_field(std::size_t file, std::size_t column, const std::string& field) {
    edit_file(file, tr("meaning of a column"), [&](DataFile& edited) {
        choose_field(edited, column, field);
        edited.audit.reset();
    });
}

void OpenStudy::set_type(std::size_t file, std::size_t column, ingest::ValueType type) {
    edit_file(file, tr("type of a column"), [&](DataFile& edited) {
        choose_type(edited, column, type);
        edited.audit.reset();
    });
}

void OpenStudy::set_unit(std::size_t file, std::size_t column, const std::string& unit) {
    edit_file(file, tr("unit of a column"), [&](DataFile& edited) {
        choose_unit(edited, column, unit);
        edited.audit.reset();
    });
}

void OpenStudy::set_keep(std::size_t file, std::size_t column, bool keep) {
    if (file >= files_.size() || !files_[file].inspection) return;
    edit_file(file, tr("choice of columns"), [&](DataFile& edited) {
        edited.inspection->plan.columns.at(column).keep = keep;
        edited.audit.reset();
    });
}

std::vector<std::size_t> OpenStudy::importable_files() const {
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < files_.size(); ++i) {
        if (files_[i].ready() && !files_[i].audit) ready.push_back(i);
    }
    return ready;
}

void OpenStudy::import_files(const std::vector<std::size_t>& indices) {
    if (jobs_.running()) return;
    background_.cancel();  // a reader would keep the import from being committed
    if (const Status made = ensure_project(); !made) return report(made.error());
    struct Request {
        std::size_t file;
        std::filesystem::path path;
        std::string table;
        ingest::ImportPlan plan;
    };
    std::vector<Request> requests;
    for (const std::size_t index : indices) {
        const DataFile& file = files_.at(index);
        if (file.ready()) requests.push_back({index, file.path, file.table, file.inspection->plan});
    }
    // Files that went in before another one failed are stored all the same.
    struct Imports {
        std::vector<std::pair<std::size_t, app::ImportedFile>> done;
        std::optional<Error> error;
    };
    jobs_.run<Imports>(
        [project = project_, requests](const CancellationToken& token,
                                       const ProgressSink& progress) -> Result<Imports> {
            Imports imports;
            for (const Request& request : requests) {
                auto imported = app::import_file(*project, request.path, request.table, request.plan, token, progress);
                if (!imported) {
                    imports.error = imported.error();
                    break;
                }
                imports.done.emplace_back(request.file, std::move(*imported));
            }
            return imports;
        },
        [this](Result<Imports> imports) {
            if (!imports) return report(imports.error());
            for (auto& [index, imported] : imports->done) {
                // The table that was there is replaced.
                const std::size_t former = index_of_table(files_, imported.table);
                if (former < files_.size() && former != index) files_[former].audit.reset();
                files_[index].audit = std::move(imported.audit);
            }
            std::erase_if(files_, [](const DataFile& file) { return !file.inspection && !file.audit; });
            if (imports->error) report(*imports->error);
            adapt_roles_to_tables();
            data_changed();
        });
}

void OpenStudy::undo_import(std::size_t index) {
    if (jobs_.running() || index >= files_.size() || !files_[index].audit) return;
    background_.cancel();  // a reader would keep the change from being committed
    using Former = std::optional<store::TableInfo>;
    jobs_.run<Former>(
        [project = project_, table = files_[index].table](const CancellationToken&, const ProgressSink& progress) {
            report_progress(progress, "undo_import", 0);
            return app::undo_import(*project, table);
        },
        [this, index](Result<Former> former) {
            if (!former) return report(former.error());
            // The file can be stored again; one that is only known from the project is gone with its table.
            files_[index].audit.reset();
            if (*former) {
                auto file = stored_file(**former);
                if (!file) return report(file.error());
                files_.push_back(std::move(*file));
            }
            std::erase_if(files_, [](const DataFile& file) { return !file.inspection && !file.audit; });
            adapt_roles_to_tables();
            data_changed();
        });
}

void OpenStudy::open_study_file(const std::filesystem::path& path) {
    if (jobs_.running()) return;
    auto study = app::load_study(path);
    if (!study) return report(study.error());
    if (const Status made = ensure_project(); !made) return report(made.error());

    struct Loaded {
        std::vector<app::ImportedFile> imported;
        std::vector<ingest::Inspection> inspections;
    };
    const std::filesystem::path folder = path.parent_path();
    const design::Specification specification = study->specification;
    jobs_.run<Loaded>(
        [project = project_, study = std::move(*study), folder](const CancellationToken& token,
                                                                const ProgressSink& progress) -> Result<Loaded> {
            Loaded loaded;
            auto imported = app::import_study_files(*project, study, folder, token, progress);
            if (!imported) return tl::unexpected(imported.error());
            loaded.imported = std::move(*imported);
            for (const design::StudyFile& file : study.files) {
                auto inspection = app::inspect(folder / file.path, {}, token, progress);
                if (!inspection) return tl::unexpected(inspection.error());
                loaded.inspections.push_back(std::move(*inspection));
            }
            return loaded;
        },
        [this, specification](Result<Loaded> loaded) {
            if (!loaded) return report(loaded.error());
            for (std::size_t i = 0; i < loaded->imported.size(); ++i) {
                const std::string name = std::filesystem::path(loaded->inspections[i].file).filename().string();
                add_inspection(std::move(loaded->inspections[i]));
                store_audit(loaded->imported[i], name);
            }
            specification_ = specification;
            validation_ = design::validate(specification_);
            Q_EMIT specification_changed();
            data_changed();
        });
}

void OpenStudy::begin_with_earlier(const std::filesystem::path& earlier_path,
                                   std::vector<std::filesystem::path> paths) {
    struct Begun {
        app::EarlierStudy earlier;
        std::vector<Result<app::InspectedAsBefore>> files;
    };
    jobs_.run<Begun>(
        [earlier_path, paths = std::move(paths)](const CancellationToken& token,
                                                 const ProgressSink& progress) -> Result<Begun> {
            report_progress(progress, "open", 0);
            Begun begun;
            auto earlier = app::read_earlier_study(earlier_path);
            if (!earlier) return tl::unexpected(earlier.error());
            begun.earlier = std::move(*earlier);
            for (const std::filesystem::path& path : paths) {
                begun.files.push_back(app::inspect_as_before(path, begun.earlier, token, progress));
                TWINFIRM_TRY(token.check());
            }
            return begun;
        },
        [this](Result<Begun> begun) {
            if (!begun) return report(begun.error());
            new_project();
            Messages messages;
            for (auto& file : begun->files) {
                if (!file) {
                    report(file.error());
                    continue;
                }
                add_inspection(std::move(file->inspection));
                if (!file->table.empty()) files_.back().table = file->table;
                messages.insert(messages.end(), file->messages.begin(), file->messages.end());
            }
            show_specification(begun->earlier.specification);
            data_changed();
            if (!messages.empty()) Q_EMIT noticed(messages);
        });
}

void OpenStudy::store_audit(const app::ImportedFile& imported, const std::string& file_name) {
    for (DataFile& file : files_) {
        if (file.name != file_name || !file.inspection) continue;
        file.table = imported.table;
        file.inspection->plan = imported.plan;
        file.audit = imported.audit;
    }
    std::erase_if(files_, [&](const DataFile& file) { return !file.inspection && file.table == imported.table; });
}

std::vector<std::string> OpenStudy::stored_tables() const {
    std::set<std::string> tables;
    for (const DataFile& file : files_) {
        if (file.audit) tables.insert(file.table);
    }
    return {tables.begin(), tables.end()};
}

void OpenStudy::adapt_roles_to_tables() {
    // A study without a survey is a study all the same: its process indicators are left out.
    const std::vector<std::string> tables = stored_tables();
    const auto stored = [&](const std::string& table) {
        return std::find(tables.begin(), tables.end(), table) != tables.end();
    };
    design::Specification changed = specification_;
    const bool complete = stored(changed.roles.firms_table) && stored(changed.roles.panel_table);
    if (stored("survey")) {
        changed.roles.survey_table = "survey";
    } else if (complete && !stored(changed.roles.survey_table)) {
        changed.roles.survey_table.clear();
    }
    if (changed != specification_) show_specification(changed);
}

void OpenStudy::set_specification(design::Specification specification) {
    if (specification == specification_) return;
    history_.push(new SpecificationEdit(specification_, std::move(specification),
                                        [this](const design::Specification& shown) { show_specification(shown); }));
}

void OpenStudy::show_specification(const design::Specification& specification) {
    specification_ = specification;
    validation_ = design::validate(specification_);
    Q_EMIT specification_changed();
}

bool OpenStudy::can_run() const {
    if (!validation_.errors.empty() || jobs_.running()) return false;
    const std::vector<std::string> tables = stored_tables();
    const auto stored = [&](const std::string& table) {
        return std::find(tables.begin(), tables.end(), table) != tables.end();
    };
    const design::Roles& roles = specification_.roles;
    return stored(roles.firms_table) && stored(roles.panel_table) &&
           (roles.survey_table.empty() || stored(roles.survey_table));
}

void OpenStudy::run() {
    if (!can_run()) return;
    const int version = data_version_;
    struct Run {
        evaluation::Evaluation evaluation;
        std::vector<app::RecordedDesign> designs;
    };
    jobs_.run<Run>(
        [project = project_, specification = specification_](const CancellationToken& token,
                                                             const ProgressSink& progress) -> Result<Run> {
            if (project->access() == app::Access::read_write) {
                TWINFIRM_TRY(project->set_specification(design::specification_to_json(specification)));
            }
            auto evaluation = app::evaluate_project(*project, specification, 0, token, progress);
            if (!evaluation) return tl::unexpected(evaluation.error());
            TWINFIRM_TRY(app::record_run(*project, app::utc_time_now(), *evaluation));
            auto designs = app::recorded_designs(*project);
            if (!designs) return tl::unexpected(designs.error());
            return Run{std::move(*evaluation), std::move(*designs)};
        },
        [this, version](Result<Run> run) {
            if (!run) return report(run.error());
            evaluation_ = std::make_shared<const evaluation::Evaluation>(std::move(run->evaluation));
            evaluated_data_version_ = version;
            take_record(evaluation_->record.lock, std::move(run->designs));
            Q_EMIT evaluation_changed();
        });
}

void OpenStudy::take_record(std::optional<evaluation::Lock> lock, std::vector<app::RecordedDesign> designs) {
    lock_ = std::move(lock);
    designs_ = std::move(designs);
    Q_EMIT designs_changed();
}

bool OpenStudy::changed_since_lock() const {
    return lock_ && lock_->specification_hash != design::specification_hash(specification_);
}

bool OpenStudy::can_lock() const {
    return !lock_ && !jobs_.running() && validation_.errors.empty() &&
           (!project_ || project_->access() == app::Access::read_write);
}

void OpenStudy::lock_design() {
    if (!can_lock()) return;
    background_.cancel();  // a reader would keep the lock from being written
    if (const Status made = ensure_project(); !made) return report(made.error());
    struct Record {
        evaluation::Lock lock;
        std::vector<app::RecordedDesign> designs;
    };
    jobs_.run<Record>(
        [project = project_, specification = specification_](const CancellationToken&,
                                                             const ProgressSink& progress) -> Result<Record> {
            report_progress(progress, "save", 0);
            auto lock = app::lock_specification(*project, specification, app::utc_time_now());
            if (!lock) return tl::unexpected(lock.error());
            auto designs = app::recorded_designs(*project);
            if (!designs) return tl::unexpected(designs.error());
            return Record{std::move(*lock), std::move(*designs)};
        },
        [this](Result<Record> record) {
            if (!record) return report(record.error());
            take_record(std::move(record->lock), std::move(record->designs));
        });
}

void OpenStudy::compute_other(const design::Specification& specification) {
    if (!can_compute_other()) return;
    design::Specification other = specification;
    other.disclosure = specification_.disclosure;  // what is hidden in the one is hidden in the other
    jobs_.run<evaluation::Evaluation>(
        [project = project_, specification = std::move(other)](const CancellationToken& token,
                                                               const ProgressSink& progress) {
            return app::evaluate_project(*project, specification, 0, token, progress);
        },
        [this](Result<evaluation::Evaluation> evaluation) {
            if (!evaluation) return report(evaluation.error());
            other_ = std::make_shared<const evaluation::Evaluation>(std::move(*evaluation));
            Q_EMIT other_changed();
        });
}

bool OpenStudy::result_is_current() const {
    return evaluation_ && evaluated_data_version_ == data_version_ &&
           evaluation_->specification_hash == design::specification_hash(specification_) &&
           evaluation_->specification.disclosure == specification_.disclosure;
}

Status OpenStudy::check_current() const {
    if (!evaluation_) return fail(ErrorKind::usage, "result_missing");
    if (!result_is_current()) return fail(ErrorKind::usage, "result_out_of_date");
    if (project_ == nullptr) return {};
    return app::may_export(*project_, evaluation_->specification.disclosure);
}

void OpenStudy::data_changed() {
    ++data_version_;
    other_.reset();
    history_.clear();  // its steps are about other files and tables
    Q_EMIT files_changed();
    Q_EMIT project_changed();
}

}  // namespace twinfirm::ui
