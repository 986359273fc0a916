// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/sample_study.h"

#include <QCoreApplication>
#include <system_error>

namespace twinfirm::ui {

std::optional<std::filesystem::path> sample_file(const std::filesystem::path& file) {
    const std::filesystem::path program = QCoreApplication::applicationDirPath().toStdString();
    for (const std::filesystem::path& samples :
         {program / ".." / "share" / "twinfirm" / "samples", std::filesystem::path(TWINFIRM_SAMPLES_DIR)}) {
        const std::filesystem::path study = samples / file;
        std::error_code error;
        if (std::filesystem::exists(study, error)) return study.lexically_normal();
    }
    return std::nullopt;
}

std::optional<std::filesystem::path> sample_study() {
    return sample_file(std::filesystem::path("demo3000") / "study.json");
}

std::optional<std::filesystem::path> sample_survey() {
    return sample_file(std::filesystem::path("survey") / "survey_study.json");
}

}  // namespace twinfirm::ui
