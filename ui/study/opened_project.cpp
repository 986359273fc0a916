// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/opened_project.h"

#include <utility>

#include "twinfirm/app/study_record.h"

namespace twinfirm::ui {

design::Specification first_specification() {
    return design::preset("recommended").value_or(design::Specification{});
}

Result<DataFile> stored_file(const store::TableInfo& table) {
    auto audit = ingest::parse_import_audit(table.import.audit_json);
    if (!audit) return tl::unexpected(audit.error());
    DataFile file;
    file.name = table.import.file_name;
    file.table = table.definition.name;
    file.audit = std::move(*audit);
    return file;
}

Result<OpenedProject> read_project(const std::filesystem::path& path) {
    OpenedProject opened;
    auto project = app::open_project(path);
    if (!project && project.error().kind == ErrorKind::access) {
        // Somebody else may be writing, or the disk may be read-only: looking at it is still possible.
        if (auto readable = app::open_project(path, app::Access::read_only)) {
            opened.read_only_because = project.error();
            project = std::move(readable);
        }
    }
    if (!project) return tl::unexpected(project.error());
    opened.project = std::make_shared<store::Project>(std::move(*project));
    const auto tables = opened.project->tables();
    if (!tables) return tl::unexpected(tables.error());
    for (const store::TableInfo& table : *tables) {
        if (table.definition.name == app::record_table) continue;  // written by runs, not imported
        auto file = stored_file(table);
        if (!file) return tl::unexpected(file.error());
        opened.files.push_back(std::move(*file));
    }
    auto design = app::read_study_design(*opened.project);
    if (!design) return tl::unexpected(design.error());
    opened.design = *design ? std::move(**design) : app::StudyDesign{first_specification(), {}};
    auto lock = app::read_lock(*opened.project);
    if (!lock) return tl::unexpected(lock.error());
    opened.lock = *lock;
    auto designs = app::recorded_designs(*opened.project);
    if (!designs) return tl::unexpected(designs.error());
    opened.designs = std::move(*designs);
    return opened;
}

}  // namespace twinfirm::ui
