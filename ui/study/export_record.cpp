// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the program, and what is let out without disclosure control.
#include <cstdlib>
#include <utility>

#include "study/open_study.h"
#include "twinfirm/app/batch_reports.h"
#include "twinfirm/app/clock.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::ui {

namespace {

app::ExportRecord export_of(const evaluation::Evaluation& evaluation) {
    const char* user = std::getenv("USER");
    return {app::utc_time_now(),           user == nullptr ? std::string() : std::string(user),
            evaluation.specification_hash, evaluation.disclosure.enabled,
            evaluation.disclosure.reason,  {}};
}

}  // namespace

void OpenStudy::set_disclosure_override(const std::string& reason) {
    design::Specification changed = specification_;
    changed.disclosure.enabled = reason.empty();
    changed.disclosure.reason = reason;
    set_specification(changed);
    run();
}

Status OpenStudy::record_export(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files) {
    return export_recorder()(folder, files);
}

OpenStudy::ExportRecorder OpenStudy::export_recorder() const {
    if (project_ == nullptr || evaluation_ == nullptr) return [](const auto&, const auto&) { return Status(); };
    return [project = project_, exported = export_of(*evaluation_)](
               const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files) mutable -> Status {
        if (files.empty()) {
            auto all = app::exported_files(folder);
            if (!all) return tl::unexpected(all.error());
            exported.files = std::move(*all);
        }
        for (const std::filesystem::path& name : files) {
            const auto bytes = read_whole_file(folder / name);
            if (!bytes) return tl::unexpected(bytes.error());
            exported.files.push_back({name.generic_string(), sha256_hex(*bytes)});
        }
        return app::record_export(*project, exported);
    };
}

OpenStudy::BatchSteps OpenStudy::batch_steps() const {
    BatchSteps steps;
    steps.evaluate = [project = project_, specification = specification_](
                         const std::string& key, const CancellationToken& token,
                         const ProgressSink& progress) -> Result<evaluation::Evaluation> {
        const auto joint = evaluation::batch_specification(specification, key);
        if (!joint) return tl::unexpected(joint.error());
        auto evaluation = app::evaluate_project(*project, *joint, 0, token, progress);
        if (!evaluation) return evaluation;
        TWINFIRM_TRY(app::record_run(*project, app::utc_time_now(), *evaluation));
        return evaluation;
    };
    steps.record = [project = project_](const evaluation::Evaluation& evaluation,
                                        const std::filesystem::path& folder) -> Status {
        app::ExportRecord exported = export_of(evaluation);
        auto files = app::exported_with_batch(folder);
        if (!files) return tl::unexpected(files.error());
        exported.files = std::move(*files);
        return app::record_export(*project, exported);
    };
    return steps;
}

void OpenStudy::read_record() {
    if (!project_) return;
    auto designs = app::recorded_designs(*project_);
    if (!designs) return report(designs.error());
    take_record(lock_, std::move(*designs));
}

}  // namespace twinfirm::ui
