// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/staged_results.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> not_writable(const fs::path& path, const std::error_code& error) {
    return fail_at(ErrorKind::access, "file_not_writable", {{"path", path.string()}, {"reason", error.message()}},
                   path.string());
}

}  // namespace

Result<StagedResults> StagedResults::begin(const fs::path& folder) {
    std::error_code unknown;
    const bool is_new = !fs::exists(folder, unknown);
    TWINFIRM_TRY(create_folders(folder));
    std::string name = (folder / ".twinfirm-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return not_writable(folder, {errno, std::generic_category()});
    return StagedResults(folder, name, is_new);
}

StagedResults::StagedResults(fs::path folder, fs::path staging, bool is_new)
    : folder_(std::move(folder)), staging_(std::move(staging)), is_new_(is_new) {}

StagedResults::StagedResults(StagedResults&& other) noexcept
    : folder_(std::move(other.folder_)), staging_(std::exchange(other.staging_, {})), is_new_(other.is_new_) {}

StagedResults& StagedResults::operator=(StagedResults&& other) noexcept {
    std::swap(folder_, other.folder_);
    std::swap(staging_, other.staging_);
    std::swap(is_new_, other.is_new_);
    return *this;
}

StagedResults::~StagedResults() {
    remove();
}

void StagedResults::remove() {
    if (staging_.empty()) return;
    std::error_code stays;
    fs::remove_all(staging_, stays);
    if (is_new_) fs::remove(folder_, stays);  // an empty folder only
    staging_.clear();
}

Status StagedResults::put_in_place(const evaluation::Evaluation& evaluation) {
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(staging_, error); !error && entry != fs::end(entry);
         entry.increment(error)) {
        const fs::path place = folder_ / entry->path().lexically_relative(staging_);
        if (entry->is_directory(error)) {
            TWINFIRM_TRY(create_folders(place));
        } else {
            fs::rename(entry->path(), place, error);
            if (error) return not_writable(place, error);
        }
    }
    if (error) return not_writable(folder_, error);
    if (evaluation.disclosure.enabled) {
        std::error_code absent;
        for (const evaluation::WarningList& list : evaluation.lists) {
            fs::remove(folder_ / "lists" / (list.code + ".csv"), absent);
        }
    }
    is_new_ = false;
    remove();
    return {};
}

}  // namespace twinfirm::app
