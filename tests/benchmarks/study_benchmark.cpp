// SPDX-License-Identifier: GPL-3.0-or-later
// The full study of a register of 163,273 firms over 8 years, from the project file to the text of result.json: eight
// outcomes, every industry as a group, event studies, staggered adoption with bands, trends and placebos.
//
//     twinfirm_study_benchmark DEMO_FOLDER [TIMES]      (made by: twinfirm-cli demo --out DEMO_FOLDER)
//
// With TIMES the full study alone, that often; the limit is 5 s on two cores and 1.5 GB.
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace {

using namespace twinfirm;

design::Outcome outcome(const char* key, const char* variable, design::ChangeMetric metric) {
    design::Outcome result;
    result.key = key;
    result.label = {key, key};
    result.variable = variable;
    result.unit = "원";
    result.metric = metric;
    return result;
}

design::Specification full_study(design::Specification specification) {
    using design::ChangeMetric;
    const auto accidents = std::find_if(specification.outcomes.begin(), specification.outcomes.end(),
                                        [](const auto& known) { return known.metric == ChangeMetric::per_hundred; });
    std::vector<design::Outcome> outcomes = {
        outcome("sales", "sales", ChangeMetric::percent),     outcome("sales_level", "sales", ChangeMetric::level),
        outcome("export", "export", ChangeMetric::level),     outcome("emp", "emp", ChangeMetric::level),
        outcome("emp_percent", "emp", ChangeMetric::percent), outcome("profit", "op_profit", ChangeMetric::level),
        outcome("assets", "assets", ChangeMetric::percent),
    };
    if (accidents != specification.outcomes.end()) outcomes.push_back(*accidents);
    specification.outcomes = std::move(outcomes);
    for (design::Breakdown& breakdown : specification.breakdowns) breakdown.top = 0;
    specification.staggered.enabled = true;
    specification.staggered.draws = 1000;
    specification.over_time.tests = true;
    return specification;
}

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void measure(const char* title, const store::Project& project, const design::Specification& specification) {
    const auto start = std::chrono::steady_clock::now();
    const double ticks = processor_seconds();
    app::EvaluationTimes times;
    const auto result = app::evaluate_project(project, specification, 0, {}, {}, &times);
    if (!result) {
        fmt::print("{}: {}\n", title, result.error().code);
        return;
    }
    const std::string json = evaluation::evaluation_to_json(*result);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{:<44} {:6.2f} s, processor {:6.2f} s (load {:.2f}, score {:.2f}, matching {:.2f}, balance {:.2f}, "
        "effects {:.2f}), result {} kB, peak {} MB\n",
        title, wall, processor_seconds() - ticks, times.load, times.stages.score, times.stages.matching,
        times.stages.balance, times.stages.effects, json.size() / 1024, usage.ru_maxrss / 1024);
}

Status run(const std::filesystem::path& folder, int times) {
    const auto study = app::load_study(folder / "study.json");
    if (!study) return tl::unexpected(study.error());
    auto project = app::open_or_create_project(folder / "benchmark.twinfirm");
    if (!project) return tl::unexpected(project.error());
    const auto files = app::import_study_files(*project, *study, folder);
    if (!files) return tl::unexpected(files.error());
    design::Specification specification = full_study(study->specification);
    for (int i = 0; i < std::max(times, 1); ++i) measure("full study", *project, specification);
    if (times > 0) return {};
    specification.staggered.score_covariates = true;
    measure("  with covariates, doubly robust", *project, specification);
    specification.staggered.score_covariates = false;
    specification.over_time.placebo_years = 2;
    specification.over_time.alternatives = true;
    specification.over_time.attrition = true;
    measure("  with placebos, other designs and attrition", *project, specification);
    specification.sensitivity.enabled = false;
    specification.staggered.enabled = false;
    specification.over_time = {};
    measure("  without anything over time, no sensitivity", *project, specification);
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        fmt::print("usage: twinfirm_study_benchmark DEMO_FOLDER [TIMES]\n");
        return 2;
    }
    if (const Status done = run(argv[1], argc == 3 ? std::atoi(argv[2]) : 0); !done) {
        fmt::print("{}\n", done.error().code);
        return 1;
    }
    return 0;
}
