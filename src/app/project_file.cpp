// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/project_file.h"

#include "twinfirm/store/export_table.h"

namespace twinfirm::app {

Result<store::Project> create_project(const std::filesystem::path& path) {
    return store::Project::create(path);
}

Result<store::Project> open_project(const std::filesystem::path& path, Access access) {
    return store::Project::open(path, access);
}

Result<store::Project> open_or_create_project(const std::filesystem::path& path) {
    return std::filesystem::exists(path) ? open_project(path) : create_project(path);
}

Status export_table(const store::Project& project, const std::string& table, const std::filesystem::path& out, bool raw,
                    const CancellationToken& token) {
    return store::export_table_csv(project, table, out, {raw}, token);
}

}  // namespace twinfirm::app
