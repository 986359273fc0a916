// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/study.h"

#include <chrono>

#include "twinfirm/app/load_study_data.h"
#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::app {

Result<design::Study> load_study(const std::filesystem::path& path) {
    const auto text = read_whole_file(path);
    if (!text) return tl::unexpected(text.error());
    auto study = design::study_from_json(*text);
    if (!study) {
        Error error = study.error();
        error.file = path.string();
        return tl::unexpected(std::move(error));
    }
    return study;
}

Result<std::vector<ImportedFile>> import_study_files(store::Project& project, const design::Study& study,
                                                     const std::filesystem::path& folder,
                                                     const CancellationToken& token, const ProgressSink& progress) {
    std::vector<ImportedFile> imported;
    for (const design::StudyFile& file : study.files) {
        const std::filesystem::path path = folder / std::filesystem::path(file.path);
        std::optional<ingest::ImportPlan> plan;
        if (!file.plan.empty()) {
            auto loaded = ingest::load_import_plan(folder / std::filesystem::path(file.plan));
            if (!loaded) return tl::unexpected(loaded.error());
            plan = std::move(*loaded);
        } else if (const auto table = project.table(file.table); table) {
            // The same bytes are not looked over again: the table keeps the plan it was read by.
            const auto hash = sha256_of_file(path);
            auto stored = ingest::parse_import_plan(table->import.plan_json);
            if (hash && *hash == table->import.sha256 && stored) plan = std::move(*stored);
        }
        auto done = import_file(project, path, file.table, plan, token, progress);
        if (!done) return tl::unexpected(done.error());
        imported.push_back(std::move(*done));
    }
    return imported;
}

Result<evaluation::Evaluation> evaluate_project(const store::Project& project,
                                                const design::Specification& specification, unsigned threads,
                                                const CancellationToken& token, const ProgressSink& progress,
                                                EvaluationTimes* times) {
    const auto start = std::chrono::steady_clock::now();
    report_progress(progress, "load", 0);
    const auto data = load_study_data(project, specification, token, {}, threads);
    if (!data) return tl::unexpected(data.error());
    EvaluationTimes measured;
    measured.load = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    auto result = evaluation::evaluate(specification, *data, threads, token, progress, &measured.stages);
    if (result) result->engine_version = version();
    if (times != nullptr) *times = measured;
    return result;
}

}  // namespace twinfirm::app
