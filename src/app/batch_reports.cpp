// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/batch_reports.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/design/specification_lookup.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/press_tables.h"
#include "twinfirm/report/table_csv.h"

namespace twinfirm::app {

namespace {

using evaluation::BatchGroup;
using evaluation::Evaluation;

/// A name that every file system takes, and that is in the order of the groups.
std::string folder_of(std::size_t number, const std::string& key) {
    std::string name = fmt::format("{:02}_", number);
    for (const char c : key) {
        const bool plain =
            static_cast<unsigned char>(c) > 0x20 && std::string_view("/\\:*?\"<>|").find(c) == std::string::npos;
        name += plain ? c : '_';
    }
    return "groups/" + name;
}

/// Matched adopters behind the first effect.
void write_matched(const Evaluation& part, CsvWriter& csv) {
    if (part.effects.empty()) {
        csv.number(0);
    } else if (part.effects.front().group.suppressed) {
        csv.text("X");
    } else {
        csv.number(static_cast<double>(part.effects.front().effect.n_treated));
    }
}

bool is_matched_within(const design::Breakdown& breakdown, const design::Specification& specification) {
    const auto& exact = specification.matching.exact;
    return breakdown.within || std::find(exact.begin(), exact.end(), breakdown.variable) != exact.end();
}

}  // namespace

Result<Batch> write_batch(const Evaluation& evaluation, const std::string& key, const report::ReportOptions& report,
                          const std::filesystem::path& out, Language language) {
    const std::vector<BatchGroup> groups = evaluation::batch_groups(evaluation, key);
    if (groups.empty()) return fail(ErrorKind::statistics, "batch_no_groups", {{"key", key}});
    const design::Breakdown* breakdown = design::find_breakdown(evaluation.specification, key);
    Batch batch;
    CsvWriter index;
    for (const char* name : {"group", "label", "matched_adopters", "effects_shown", "folder"}) index.text(name);
    index.end_row();
    for (const BatchGroup& entry : groups) {
        const Evaluation part = evaluation::part_of_group(evaluation, entry.group);
        report::ReportOptions options;
        options.kind = report::ReportKind::press_release;
        options.settings = report.settings;
        // What an analyst wrote about the whole study is not true of its parts.
        options.settings.sentences.clear();
        for (std::string LocalizedText::*text : {&LocalizedText::ko, &LocalizedText::en}) {
            std::string& title = options.settings.title.*text;
            if (!title.empty()) title += " - " + entry.group.label.*text;
        }
        options.scope = report::ReportScope{breakdown->label, entry.group.label, entry.shows_effects,
                                            is_matched_within(*breakdown, evaluation.specification)};
        const std::string folder = folder_of(batch.folders.size() + 1, entry.group.key);
        TWINFIRM_TRY(create_folders(out / std::filesystem::path(folder) / "tables"));
        for (const report::Table& table : report::press_tables(part, language)) {
            TWINFIRM_TRY(write_file_atomically(out / std::filesystem::path(folder) / "tables" / (table.name + ".csv"),
                                               report::table_to_csv(table)));
        }
        batch.documents.push_back({report::build_report(part, language, options), out / std::filesystem::path(folder)});
        index.text(entry.group.key).text(entry.group.label.in(language));
        write_matched(part, index);
        index.text(entry.shows_effects ? "yes" : "no").text(folder);
        index.end_row();
        batch.folders.push_back(folder);
    }
    TWINFIRM_TRY(write_file_atomically(out / "index.csv", index.bytes()));
    return batch;
}

void remove_batch(const std::filesystem::path& out) {
    const auto index = read_whole_file(out / "index.csv");
    if (!index || index->find("group,label,matched_adopters,effects_shown,folder") == std::string::npos) return;
    std::error_code ignored;
    for (std::size_t begin = 0; begin < index->size();) {
        const std::size_t end = std::min(index->find('\n', begin), index->size());
        const std::string line = index->substr(begin, end - begin);
        const std::size_t folder = line.rfind(",groups/");
        begin = end + 1;
        if (folder == std::string::npos) continue;
        const std::string name = line.substr(folder + 1 + std::string_view("groups/").size());
        if (name.find('/') == std::string::npos && name.find("..") == std::string::npos) {
            std::filesystem::remove_all(out / "groups" / name, ignored);
        }
    }
    std::filesystem::remove(out / "groups", ignored);  // an empty folder only
    std::filesystem::remove(out / "index.csv", ignored);
}

Result<std::vector<ExportedFile>> exported_with_batch(const std::filesystem::path& out) {
    auto files = exported_files(out);
    if (!files) return files;
    std::vector<std::filesystem::path> folders;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(out / "groups", none)) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const std::filesystem::path& folder : folders) {
        auto more = exported_files(folder);
        if (!more) return more;
        for (ExportedFile& file : *more) {
            file.name = "groups/" + folder.filename().string() + "/" + file.name;
            files->push_back(std::move(file));
        }
    }
    return files;
}

std::vector<design::Breakdown> batch_breakdowns(const design::Specification& specification) {
    std::vector<design::Breakdown> breakdowns;
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        if (breakdown.cross.empty()) breakdowns.push_back(breakdown);
    }
    constexpr const char* region = "region";
    const auto is_region = [&](const design::Breakdown& entry) { return entry.key == region; };
    if (std::any_of(breakdowns.begin(), breakdowns.end(), is_region)) return breakdowns;
    if (const auto joint = evaluation::batch_specification(specification, region)) {
        const auto made = std::find_if(joint->breakdowns.begin(), joint->breakdowns.end(), is_region);
        if (made != joint->breakdowns.end()) breakdowns.insert(breakdowns.begin(), *made);
    }
    return breakdowns;
}

}  // namespace twinfirm::app
