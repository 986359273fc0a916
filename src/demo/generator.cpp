// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/demo/generator.h"

#include <cmath>
#include <system_error>

#include "demo_options.h"
#include "files.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::demo {

namespace {

/// Without an exponent: 2000000, not 2e+06.
std::string plain_text(double value) {
    return value == std::floor(value) ? fixed_text(value, 0) : shortest_text(value);
}

Status require_range(const char* option, double value, double low, double high) {
    if (value >= low && value <= high) return {};
    return fail(
        ErrorKind::usage, "demo_option_range",
        {{"option", option}, {"value", plain_text(value)}, {"low", plain_text(low)}, {"high", plain_text(high)}});
}

std::vector<std::int32_t> places(const std::vector<Adoption>& adoptions, std::size_t firms) {
    std::vector<std::int32_t> adoption_of(firms, -1);
    for (std::size_t i = 0; i < adoptions.size(); ++i) adoption_of[adoptions[i].firm] = static_cast<std::int32_t>(i);
    return adoption_of;
}

Status write_study(const std::filesystem::path& path, std::string_view preset, bool events) {
    Result<design::Specification> specification = design::preset(preset);
    if (!specification) return tl::unexpected<Error>(std::move(specification.error()));
    design::Study study{{{"firms.csv", "firms", ""}, {"panel.csv", "panel", ""}, {"survey.csv", "survey", ""}},
                        std::move(*specification)};
    if (events) {
        study.files.push_back({"adoptions.csv", "adoptions", ""});
        study.specification.roles.adoption_table = "adoptions";
    }
    return write_file_atomically(path, design::study_to_json(study));
}

}  // namespace

Status check_options(const DemoOptions& options) {
    TWINFIRM_TRY(require_range("firms", static_cast<double>(options.firms), 100, 2000000));
    TWINFIRM_TRY(require_range("first year", options.first_year, 1990, 2090));
    TWINFIRM_TRY(require_range("last year", options.last_year, options.first_year + 3.0, options.first_year + 19.0));
    TWINFIRM_TRY(require_range("effect", options.effect_scale, 0, 10));
    return require_range("hidden", options.hidden, 0, 10);
}

Result<DemoFiles> generate_demo(const DemoOptions& options, const std::filesystem::path& directory,
                                const CancellationToken& token, const ProgressSink& progress) {
    TWINFIRM_TRY(check_options(options));
    TWINFIRM_TRY(token.check());
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) {
        return fail_at(ErrorKind::access, "file_not_writable",
                       {{"path", directory.string()}, {"reason", error.message()}}, directory.string());
    }
    DemoFiles files;
    files.firms = directory / "firms.csv";
    files.panel = directory / "panel.csv";
    files.survey = directory / "survey.csv";
    files.truth = directory / "truth.csv";
    files.truth_average = directory / "truth_average.csv";
    files.study = directory / "study.json";
    files.full_study = directory / "study_full.json";

    report_progress(progress, "demo_firms", 0);
    const Population population(options);
    TWINFIRM_TRY(token.check());
    const std::vector<Adoption> adoptions = draw_adoptions(options, population);
    const World world{options, population, adoptions, places(adoptions, population.firms().size())};
    files.firm_count = options.firms;
    files.adopters = static_cast<std::int64_t>(adoptions.size());

    TWINFIRM_TRY(write_firms(world, files.firms, token));
    const Result<std::int64_t> rows = write_panel(world, files.panel, token, progress);
    if (!rows) return tl::unexpected<Error>(rows.error());
    files.panel_rows = *rows;
    const Result<std::int64_t> respondents = write_survey(world, files.survey);
    if (!respondents) return tl::unexpected<Error>(respondents.error());
    files.respondents = *respondents;
    TWINFIRM_TRY(write_truth(world, files.truth, files.truth_average));
    if (options.events) {
        files.adoptions = directory / "adoptions.csv";
        const Result<std::int64_t> events = write_adoptions(world, files.adoptions);
        if (!events) return tl::unexpected<Error>(events.error());
        files.adoption_rows = *events;
    }
    if (options.status_survey) {
        files.status_survey = directory / "status_survey.csv";
        files.status_survey_truth = directory / "status_survey_truth.csv";
        const Result<std::int64_t> drawn = write_status_survey(world, files.status_survey, files.status_survey_truth);
        if (!drawn) return tl::unexpected<Error>(drawn.error());
        files.status_survey_rows = *drawn;
        TWINFIRM_TRY(write_survey_study(world, directory));
        files.survey_study = directory / "survey_study.json";
    }
    TWINFIRM_TRY(write_study(files.study, "recommended", options.events));
    TWINFIRM_TRY(write_study(files.full_study, "full", options.events));
    report_progress(progress, "demo_files", 1);
    return files;
}

}  // namespace twinfirm::demo
