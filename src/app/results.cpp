// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/results.h"

#include <sys/resource.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/charts/band_shift_chart.h"
#include "twinfirm/charts/before_after_chart.h"
#include "twinfirm/charts/chart_editing.h"
#include "twinfirm/charts/event_study_chart.h"
#include "twinfirm/charts/flow_chart.h"
#include "twinfirm/charts/forest_chart.h"
#include "twinfirm/charts/love_plot.h"
#include "twinfirm/charts/overlap_chart.h"
#include "twinfirm/charts/ranking_chart.h"
#include "twinfirm/charts/staggered_chart.h"
#include "twinfirm/report/table_csv.h"
#include "twinfirm/report/tables.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;

/// Largest resident memory of this process so far, in bytes.
std::int64_t peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

/// Lists of firms leave the program without protection only; those of an earlier run without it are taken away.
Status write_lists(const evaluation::Evaluation& evaluation, const std::filesystem::path& folder) {
    const bool leave = !evaluation.disclosure.enabled && !evaluation.lists.empty();
    if (leave) TWINFIRM_TRY(create_folders(folder));
    for (const evaluation::WarningList& list : evaluation.lists) {
        const std::filesystem::path path = folder / (list.code + ".csv");
        if (leave) TWINFIRM_TRY(write_file_atomically(path, warning_list_csv(list)));
        std::error_code ignored;
        if (!leave) std::filesystem::remove(path, ignored);
    }
    return {};
}

}  // namespace

std::vector<NamedChart> charts_of(const evaluation::Evaluation& evaluation, Language language) {
    std::vector<NamedChart> list;
    // A chart without numbers is an error of its builder; here it is simply not in the list.
    const auto add = [&](std::string name, Result<charts::Chart> chart) {
        if (chart) list.push_back({std::move(name), std::move(*chart)});
    };
    add("flow", charts::flow_chart(evaluation, language));
    add("overlap", charts::overlap_chart(evaluation, language));
    add("love_plot", charts::love_plot(evaluation, language));
    add("process_change", charts::process_change_chart(evaluation, language));
    add("before_after", charts::before_after_chart(evaluation, language));
    const design::Specification& specification = evaluation.specification;
    for (const design::Outcome& outcome : specification.outcomes) {
        add("event_study_" + outcome.key, charts::event_study_chart(evaluation, outcome.key, language));
    }
    for (const design::Outcome& outcome : specification.outcomes) {
        add("staggered_" + outcome.key, charts::staggered_chart(evaluation, outcome.key, language));
    }
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        for (const design::Outcome& outcome : specification.outcomes) {
            add("forest_" + outcome.key + "_by_" + breakdown.key,
                charts::forest_chart(evaluation, outcome.key, breakdown.key, language));
            add("band_shift_" + outcome.key + "_by_" + breakdown.key,
                charts::band_shift_chart(evaluation, outcome.key, breakdown.key, language));
            if (breakdown.top > 0) {
                add("ranking_" + outcome.key + "_by_" + breakdown.key,
                    charts::ranking_chart(evaluation, outcome.key, breakdown.key, language));
            }
        }
    }
    return list;
}

Messages edit_charts(const std::vector<design::ChartEdit>& edits, std::vector<NamedChart>& charts) {
    Messages messages;
    for (const design::ChartEdit& edit : edits) {
        bool found = false;
        for (NamedChart& named : charts) {
            if (named.chart.key != edit.chart) continue;
            found = true;
            for (Message& message : charts::edit_chart(edit, named.chart)) messages.push_back(std::move(message));
        }
        if (!found) messages.push_back({"chart_edit_unknown", Severity::warning, {{"chart", edit.chart}}, 1});
    }
    return messages;
}

Status write_results(const evaluation::Evaluation& evaluation, const std::vector<NamedChart>& charts,
                     const std::filesystem::path& folder, Language language, const CancellationToken& token) {
    TWINFIRM_TRY(create_folders(folder / "tables"));
    TWINFIRM_TRY(create_folders(folder / "charts"));
    for (const report::Table& table : report::all_tables(evaluation, language)) {
        TWINFIRM_TRY(token.check());
        TWINFIRM_TRY(write_file_atomically(folder / "tables" / (table.name + ".csv"), report::table_to_csv(table)));
    }
    for (const NamedChart& chart : charts) {
        TWINFIRM_TRY(token.check());
        TWINFIRM_TRY(
            write_file_atomically(folder / "charts" / (chart.name + ".json"), charts::chart_to_json(chart.chart)));
    }
    TWINFIRM_TRY(write_lists(evaluation, folder / "lists"));
    return write_file_atomically(folder / "result.json", evaluation::evaluation_to_json(evaluation));
}

Status write_run_record(const RunRecord& record, const std::filesystem::path& folder) {
    Json files = Json::array();
    for (const ImportedFile& file : record.files) {
        files.push_back({{"table", file.table},
                         {"file", file.audit.file_name},
                         {"bytes", file.audit.bytes},
                         {"sha256", file.audit.sha256},
                         {"rows_read", file.audit.rows_read},
                         {"rows_stored", file.audit.rows_stored},
                         {"rows_rejected", file.audit.rows_rejected},
                         {"already_in_project", file.already_there}});
    }
    const evaluation::StageTimes& stages = record.times.stages;
    const Json json = {{"twinfirm_run", 1},
                       {"version", version()},
                       {"started", record.started},
                       {"user", record.user},
                       {"files", files},
                       {"seconds",
                        {{"import", record.import_seconds},
                         {"load", record.times.load},
                         {"score", stages.score},
                         {"matching", stages.matching},
                         {"balance", stages.balance},
                         {"effects", stages.effects},
                         {"write", record.write_seconds}}},
                       {"peak_memory_bytes", peak_memory()}};
    return write_file_atomically(folder / "run.json", json.dump(1) + "\n");
}

Result<std::vector<evaluation::Difference>> verify_result(const std::filesystem::path& result,
                                                          const store::Project& project, const CancellationToken& token,
                                                          const ProgressSink& progress) {
    const auto expected = read_whole_file(result);
    if (!expected) return tl::unexpected(expected.error());
    const auto not_a_result = [&] {
        return fail_at(ErrorKind::input, "result_without_specification", {{"path", result.string()}}, result.string());
    };
    Json json = Json::parse(*expected, nullptr, false);
    if (!json.is_object() || !json.contains("specification")) return not_a_result();
    const auto specification = design::specification_from_json(json["specification"].dump());
    if (!specification) return tl::unexpected(specification.error());
    const auto found = evaluate_project(project, *specification, 0, token, progress);
    if (!found) return tl::unexpected(found.error());
    // The record is the project's, not the analysis's: it grows with every run.
    Json found_json = Json::parse(evaluation::evaluation_to_json(*found));
    json.erase("record");
    found_json.erase("record");
    return evaluation::compare_results(json.dump(), found_json.dump());
}

}  // namespace twinfirm::app
