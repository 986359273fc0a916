// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "study/data_file.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study_design.h"
#include "twinfirm/app/study_record.h"

namespace twinfirm::ui {

/// The recommended design is what an analyst starts from.
[[nodiscard]] design::Specification first_specification();

/// All that is read of a project when it is opened.
struct OpenedProject {
    std::shared_ptr<store::Project> project;
    std::optional<Error> read_only_because;
    std::vector<DataFile> files;
    app::StudyDesign design;
    std::optional<evaluation::Lock> lock;
    std::vector<app::RecordedDesign> designs;
};

/// Opens a project for writing, or for reading where it cannot be written.
[[nodiscard]] Result<OpenedProject> read_project(const std::filesystem::path& path);

/// A stored table as a file of the study.
[[nodiscard]] Result<DataFile> stored_file(const store::TableInfo& table);

}  // namespace twinfirm::ui
