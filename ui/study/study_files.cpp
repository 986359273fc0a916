// SPDX-License-Identifier: GPL-3.0-or-later
// The study's data: which files are looked over, how they are read, which tables are stored.
#include <algorithm>
#include <set>
#include <utility>

#include "study/open_study.h"
#include "study/opened_project.h"
#include "study/study_edit.h"
#include "twinfirm/app/earlier_study.h"

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
    auto report_settings = app::load_report_settings(path);
    if (!report_settings) return report(report_settings.error());
    auto report_choice = app::load_report_choice(path);
    if (!report_choice) return report(report_choice.error());
    const app::StudyDesign design{study->specification, std::move(*report_settings), std::move(*report_choice)};
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
        [this, design](Result<Loaded> loaded) {
            if (!loaded) return report(loaded.error());
            for (std::size_t i = 0; i < loaded->imported.size(); ++i) {
                const std::string name = std::filesystem::path(loaded->inspections[i].file).filename().string();
                add_inspection(std::move(loaded->inspections[i]));
                store_audit(loaded->imported[i], name);
            }
            take_design(design);
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
            take_design({begun->earlier.specification, begun->earlier.report, begun->earlier.choice});
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

void OpenStudy::data_changed() {
    ++data_version_;
    tables_ = project_ ? project_->tables().value_or(std::vector<store::TableInfo>()) : std::vector<store::TableInfo>();
    validate();
    other_.reset();
    history_.clear();  // its steps are about other files and tables
    Q_EMIT data_replaced();
    Q_EMIT files_changed();
    Q_EMIT project_changed();
}

}  // namespace twinfirm::ui
