// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/unsaved_project.h"

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>
#include <system_error>
#include <utility>

#include "study/kept_files.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::ui {

namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "study.twinfirm";

fs::path root() {
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return fs::path(data.toStdString()) / "twinfirm" / "unsaved";
}

void remove_folder(const fs::path& folder) {
    std::error_code stays;
    fs::remove_all(folder, stays);
}

/// Whether there is anything to come back to.
bool has_contents(const store::Project& project) {
    const auto tables = project.tables();
    const auto specification = project.specification();
    return !tables || !tables->empty() || !specification || !specification->empty();
}

}  // namespace

Result<std::unique_ptr<UnsavedProject>> UnsavedProject::make() {
    const fs::path above = root();
    std::error_code error;
    fs::create_directories(above, error);
    if (!error) fs::permissions(above, fs::perms::owner_all, error);
    QTemporaryDir folder(QString::fromStdString((above / "XXXXXX").string()));
    if (error || !folder.isValid()) {
        const std::string reason = error ? error.message() : folder.errorString().toStdString();
        return fail_at(ErrorKind::access, "file_not_writable", {{"path", above.string()}, {"reason", reason}},
                       above.string());
    }
    folder.setAutoRemove(false);
    return std::unique_ptr<UnsavedProject>(new UnsavedProject(folder.path().toStdString()));
}

std::unique_ptr<UnsavedProject> UnsavedProject::take_over(const fs::path& project) {
    return std::unique_ptr<UnsavedProject>(new UnsavedProject(project.parent_path()));
}

std::vector<fs::path> UnsavedProject::left_behind() {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code error;
    for (const fs::directory_entry& folder : fs::directory_iterator(root(), error)) {
        const fs::path project = folder.path() / file_name;
        std::error_code unknown;
        const auto time = fs::last_write_time(project, unknown);
        if (unknown) continue;
        const auto opened = app::open_project(project);
        if (!opened && opened.error().code == "project_locked") continue;
        const bool has_files = fs::exists(kept_files_path(project, false), unknown);
        if (!opened || has_files || has_contents(*opened)) {
            found.emplace_back(time, project);
        } else {
            remove_folder(folder.path());
        }
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    std::vector<fs::path> projects;
    for (auto& [time, project] : found) projects.push_back(std::move(project));
    return projects;
}

UnsavedProject::~UnsavedProject() {
    remove_folder(folder_);
}

fs::path UnsavedProject::project() const {
    return folder_ / file_name;
}

}  // namespace twinfirm::ui
