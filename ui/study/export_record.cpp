// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the program, and what is let out without disclosure control.
#include <cstdlib>
#include <utility>

#include "study/open_study.h"
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
    set_specification(std::move(changed));
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

}  // namespace twinfirm::ui
