// SPDX-License-Identifier: GPL-3.0-or-later
// The study's design, its lock, and the result that is computed of it.
#include <algorithm>
#include <utility>

#include "study/open_study.h"
#include "study/study_edit.h"
#include "twinfirm/app/check_columns.h"
#include "twinfirm/app/clock.h"

namespace twinfirm::ui {

void OpenStudy::set_specification(const design::Specification& specification) {
    if (specification == specification_) return;
    history_.push(specification_edit(specification_, specification,
                                     [this](const design::Specification& shown) { show_specification(shown); }));
}

void OpenStudy::show_specification(const design::Specification& specification) {
    specification_ = specification;
    validate();
    Q_EMIT specification_changed();
}

void OpenStudy::set_report_settings(const design::ReportSettings& settings) {
    if (settings == report_settings_) return;
    history_.push(report_edit(report_settings_, settings,
                              [this](const design::ReportSettings& shown) { show_report_settings(shown); }));
}

void OpenStudy::show_report_settings(const design::ReportSettings& settings) {
    report_settings_ = settings;
    Q_EMIT report_settings_changed();
}

void OpenStudy::set_report_choice(const app::ReportChoice& choice) {
    if (choice == report_choice_) return;
    history_.push(choice_edit(report_choice_, choice, [this](const app::ReportChoice& shown) {
        report_choice_ = shown;
        Q_EMIT report_settings_changed();
    }));
}

const evaluation::ResultSummary* OpenStudy::earlier_result() const {
    const auto known = earlier_results_.find(report_choice_.earlier);
    return known == earlier_results_.end() ? nullptr : &known->second;
}

void OpenStudy::compare_with_earlier(const std::filesystem::path& result) {
    jobs_.run<evaluation::ResultSummary>(
        [result](const CancellationToken&, const ProgressSink& progress) -> Result<evaluation::ResultSummary> {
            report_progress(progress, "open", 0);
            return app::read_earlier_result(result);
        },
        [this, result](Result<evaluation::ResultSummary> summary) {
            if (!summary) return report(summary.error());
            app::ReportChoice choice = report_choice_;
            choice.earlier = result.string();
            earlier_results_.insert_or_assign(choice.earlier, std::move(*summary));
            if (choice == report_choice_) Q_EMIT report_settings_changed();  // the file has changed, not its name
            set_report_choice(choice);
        });
}

report::ReportOptions OpenStudy::report_options() const {
    const evaluation::ResultSummary* earlier = earlier_result();
    return {report_choice_.kind, report_settings_,
            earlier == nullptr ? std::nullopt : std::optional<evaluation::ResultSummary>(*earlier)};
}

void OpenStudy::take_design(const app::StudyDesign& design) {
    show_specification(design.specification);
    earlier_results_.clear();
    report_choice_ = design.choice;
    show_report_settings(design.report);
    // The choice is kept where its file cannot be read: it may be there again tomorrow.
    if (!report_choice_.earlier.empty() && earlier_result() == nullptr) compare_with_earlier(report_choice_.earlier);
}

void OpenStudy::validate() {
    validation_ = design::validate(specification_);
    const auto known = [&](const Error& error) {
        return std::any_of(validation_.errors.begin(), validation_.errors.end(), [&](const Error& other) {
            return other.arguments.contains("key") && other.arguments.at("key") == error.arguments.at("key");
        });
    };
    for (Error& error : app::check_columns(tables_, specification_)) {
        if (!known(error)) validation_.errors.push_back(std::move(error));
    }
}

std::vector<app::VariableRoles> OpenStudy::variables() const {
    return app::variable_roles(tables_, specification_);
}

void OpenStudy::list_unmatched(std::function<void(Result<std::vector<app::UnmatchedFirm>>)> done) {
    if (!project_ || !evaluation_) return;
    jobs_.run<std::vector<app::UnmatchedFirm>>(
        [project = project_, specification = evaluation_->specification](const CancellationToken& token,
                                                                         const ProgressSink& progress) {
            return app::unmatched_firms(*project, specification, token, progress);
        },
        std::move(done));
}

bool OpenStudy::can_run() const {
    if (!validation_.errors.empty() || jobs_.running()) return false;
    const std::vector<std::string> tables = stored_tables();
    const auto stored = [&](const std::string& table) {
        return std::find(tables.begin(), tables.end(), table) != tables.end();
    };
    const design::Roles& roles = specification_.roles;
    return stored(roles.firms_table) && stored(roles.panel_table) &&
           (roles.survey_table.empty() || stored(roles.survey_table));
}

void OpenStudy::run() {
    if (!can_run()) return;
    const int version = data_version_;
    struct Run {
        evaluation::Evaluation evaluation;
        std::vector<app::RecordedDesign> designs;
        evaluation::StageTimes stages;
    };
    jobs_.run<Run>(
        [project = project_, design = design()](const CancellationToken& token,
                                                const ProgressSink& progress) -> Result<Run> {
            if (project->access() == app::Access::read_write) {
                TWINFIRM_TRY(app::keep_study_design(*project, design));
            }
            app::EvaluationTimes times;
            auto evaluation = app::evaluate_project(*project, design.specification, 0, token, progress, &times);
            if (!evaluation) return tl::unexpected(evaluation.error());
            TWINFIRM_TRY(app::record_run(*project, app::utc_time_now(), *evaluation));
            auto designs = app::recorded_designs(*project);
            if (!designs) return tl::unexpected(designs.error());
            return Run{std::move(*evaluation), std::move(*designs), times.stages};
        },
        [this, version](Result<Run> run) {
            if (!run) return report(run.error());
            evaluation_ = std::make_shared<const evaluation::Evaluation>(std::move(run->evaluation));
            evaluated_data_version_ = version;
            preview_.set_cost(run->stages.score + run->stages.matching + run->stages.balance);
            take_record(evaluation_->record.lock, std::move(run->designs));
            Q_EMIT evaluation_changed();
        });
}

void OpenStudy::take_record(std::optional<evaluation::Lock> lock, std::vector<app::RecordedDesign> designs) {
    lock_ = std::move(lock);
    designs_ = std::move(designs);
    Q_EMIT designs_changed();
}

bool OpenStudy::changed_since_lock() const {
    return lock_ && lock_->specification_hash != design::specification_hash(specification_);
}

bool OpenStudy::can_lock() const {
    return !lock_ && !jobs_.running() && validation_.errors.empty() &&
           (!project_ || project_->access() == app::Access::read_write);
}

void OpenStudy::lock_design() {
    if (!can_lock()) return;
    background_.cancel();  // a reader would keep the lock from being written
    if (const Status made = ensure_project(); !made) return report(made.error());
    struct Record {
        evaluation::Lock lock;
        std::vector<app::RecordedDesign> designs;
    };
    jobs_.run<Record>(
        [project = project_, specification = specification_](const CancellationToken&,
                                                             const ProgressSink& progress) -> Result<Record> {
            report_progress(progress, "save", 0);
            auto lock = app::lock_specification(*project, specification, app::utc_time_now());
            if (!lock) return tl::unexpected(lock.error());
            auto designs = app::recorded_designs(*project);
            if (!designs) return tl::unexpected(designs.error());
            return Record{std::move(*lock), std::move(*designs)};
        },
        [this](Result<Record> record) {
            if (!record) return report(record.error());
            take_record(std::move(record->lock), std::move(record->designs));
        });
}

void OpenStudy::compute_other(const design::Specification& specification) {
    if (!can_compute_other()) return;
    design::Specification other = specification;
    other.disclosure = specification_.disclosure;  // what is hidden in the one is hidden in the other
    jobs_.run<evaluation::Evaluation>(
        [project = project_, specification = std::move(other)](const CancellationToken& token,
                                                               const ProgressSink& progress) {
            return app::evaluate_project(*project, specification, 0, token, progress);
        },
        [this](Result<evaluation::Evaluation> evaluation) {
            if (!evaluation) return report(evaluation.error());
            other_ = std::make_shared<const evaluation::Evaluation>(std::move(*evaluation));
            Q_EMIT other_changed();
        });
}

bool OpenStudy::result_is_current() const {
    return evaluation_ && evaluated_data_version_ == data_version_ &&
           evaluation_->specification_hash == design::specification_hash(specification_) &&
           evaluation_->specification.disclosure == specification_.disclosure;
}

Status OpenStudy::check_current() const {
    if (!evaluation_) return fail(ErrorKind::usage, "result_missing");
    if (!result_is_current()) return fail(ErrorKind::usage, "result_out_of_date");
    if (project_ == nullptr) return {};
    return app::may_export(*project_, evaluation_->specification.disclosure);
}

}  // namespace twinfirm::ui
