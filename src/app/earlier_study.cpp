// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/earlier_study.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "twinfirm/app/inspect.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study.h"
#include "twinfirm/app/study_design.h"
#include "twinfirm/app/study_record.h"
#include "twinfirm/ingest/plan_replay.h"

namespace twinfirm::app {

namespace {

Result<EarlierStudy> of_project(const std::filesystem::path& path) {
    const auto project = open_project(path, Access::read_only);
    if (!project) return tl::unexpected(project.error());
    auto design = read_study_design(*project);
    if (!design) return tl::unexpected(design.error());
    if (!*design) return fail_at(ErrorKind::usage, "project_without_design", {}, path.string());
    EarlierStudy earlier;
    earlier.specification = std::move((*design)->specification);
    earlier.report = std::move((*design)->report);
    earlier.choice = std::move((*design)->choice);
    earlier.choice.earlier.clear();
    const auto tables = project->tables();
    if (!tables) return tl::unexpected(tables.error());
    for (const store::TableInfo& table : *tables) {
        if (table.definition.name == record_table) continue;
        auto plan = ingest::parse_import_plan(table.import.plan_json);
        if (plan) earlier.plans[table.definition.name] = std::move(*plan);
    }
    return earlier;
}

Result<EarlierStudy> of_file(const std::filesystem::path& path) {
    EarlierStudy earlier;
    auto study = load_study(path);
    if (!study) {
        // A specification alone has no list of files.
        std::ifstream file(path, std::ios::binary);
        const std::string json{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        auto specification = design::specification_from_json(json);
        if (!specification) return tl::unexpected(study.error());
        earlier.specification = std::move(*specification);
        return earlier;
    }
    earlier.specification = std::move(study->specification);
    auto report = load_report_settings(path);
    if (!report) return tl::unexpected(report.error());
    earlier.report = std::move(*report);
    auto choice = load_report_choice(path);
    if (!choice) return tl::unexpected(choice.error());
    earlier.choice = std::move(*choice);
    earlier.choice.earlier.clear();
    const std::filesystem::path folder = path.parent_path();
    for (const design::StudyFile& file : study->files) {
        if (!file.plan.empty()) {
            auto plan = ingest::load_import_plan(folder / file.plan);
            if (!plan) return tl::unexpected(plan.error());
            earlier.plans[file.table] = std::move(*plan);
        } else if (auto inspection = inspect(folder / file.path)) {
            // Its file was read by the likeliest plan: what that decides is what was decided.
            earlier.plans[file.table] = std::move(inspection->plan);
        }
    }
    return earlier;
}

/// Share of the columns that a plan keeps which the file has by the same name.
double agreement(const ingest::ImportPlan& plan, const ingest::ImportPlan& seen) {
    std::set<std::string> names;
    for (const ingest::ColumnPlan& column : seen.columns) names.insert(column.source);
    int kept = 0;
    int found = 0;
    for (const ingest::ColumnPlan& column : plan.columns) {
        if (!column.keep) continue;
        ++kept;
        if (names.count(column.source) > 0) ++found;
    }
    return kept == 0 ? 0 : static_cast<double>(found) / kept;
}

}  // namespace

Result<EarlierStudy> read_earlier_study(const std::filesystem::path& path) {
    return path.extension() == ".json" ? of_file(path) : of_project(path);
}

Result<InspectedAsBefore> inspect_as_before(const std::filesystem::path& file, const EarlierStudy& earlier,
                                            const CancellationToken& token, const ProgressSink& progress) {
    constexpr double least_agreement = 0.5;
    auto inspection = inspect(file, {}, token, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    InspectedAsBefore result;
    const ingest::ImportPlan* plan = nullptr;
    double best = 0;
    for (const auto& [table, candidate] : earlier.plans) {
        const double share = agreement(candidate, inspection->plan);
        if (share < least_agreement || share <= best) continue;
        best = share;
        plan = &candidate;
        result.table = table;
    }
    if (plan != nullptr) {
        if (!plan->answers.empty()) {
            auto answered = inspect(file, plan->answers, token, progress);
            if (!answered) return tl::unexpected(answered.error());
            inspection = std::move(answered);
        }
        ingest::PlanReplay replay = ingest::replay_plan(*plan, *inspection);
        inspection->plan = std::move(replay.plan);
        const std::string name = file.filename().string();
        if (replay.differences.empty()) {
            result.messages.push_back(
                {"plan_taken_over", Severity::info, {{"file", name}, {"table", result.table}}, 0});
        } else {
            result.messages.push_back({"plan_differences_taken",
                                       Severity::warning,
                                       {{"file", name},
                                        {"table", result.table},
                                        {"differences", ingest::difference_list(replay.differences)}},
                                       static_cast<std::int64_t>(replay.differences.size())});
        }
    }
    result.inspection = std::move(*inspection);
    return result;
}

}  // namespace twinfirm::app
