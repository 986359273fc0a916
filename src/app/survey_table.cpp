// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/survey_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hidden_rows.h"
#include "survey_analysis.h"
#include "survey_output.h"
#include "survey_sample.h"
#include "twinfirm/app/clock.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study_record.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/sha256.h"
#include "twinfirm/breakdowns/multiplicity.h"
#include "twinfirm/survey/multiple_response.h"
#include "twinfirm/survey/skew_interval.h"
#include "twinfirm/survey/survey_quantile.h"

namespace twinfirm::app {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Values of one item, or of one level of an item of which shares are estimated.
struct Variable {
    std::string item;
    std::string level;
    std::vector<double> values;
    bool share = false;
};

/// Rows that an estimate is over.
struct Domain {
    std::string column;
    std::string label;
    std::vector<char> rows;  ///< empty = all
};

class Analysis {
  public:
    Analysis(const SurveyRequest& request, const SourceTable& table, survey::SampleDesign sample, SurveyResult& result)
        : request_(request), table_(table), sample_(std::move(sample)), result_(result) {}

    [[nodiscard]] Status run(const CancellationToken& token) {
        describe();
        auto base = base_of(table_, request_);
        if (!base) return tl::unexpected(base.error());
        base_ = std::move(*base);
        TWINFIRM_TRY(take_denominator());
        TWINFIRM_TRY(make_domains());
        for (const std::string& item : request_.items) {
            TWINFIRM_TRY(token.check());
            auto variables = variables_of(item);
            if (!variables) return tl::unexpected(variables.error());
            for (const Domain& domain : domains_)
                for (const Variable& variable : *variables) estimate(variable, domain);
            note_skips(item, variables->front().values);
            TWINFIRM_TRY(run_tests(item, *variables));
        }
        for (const MultipleQuestion& question : request_.multiple) {
            TWINFIRM_TRY(token.check());
            TWINFIRM_TRY(estimate_multiple(question));
        }
        note_reliability();
        return {};
    }

  private:
    void describe() {
        result_.rows = sample_.rows();
        result_.strata = sample_.strata();
        result_.units = sample_.units();
        result_.df = sample_.degrees_of_freedom();
        const std::vector<double> ones(sample_.rows(), 1);
        const survey::Linearised all = survey::mean_of(sample_, ones);
        result_.population = all.population;
        result_.weight_effect = static_cast<double>(all.n) / all.kish_n;
    }

    [[nodiscard]] Status make_domains() {
        domains_.push_back({"", "", base_});
        for (const std::string& name : request_.by) {
            const auto column = table_.column(name);
            if (!column) return tl::unexpected(column.error());
            groups_.push_back(survey::grouping_of(**column));
            const survey::Grouping& groups = groups_.back();
            for (std::size_t label = 0; label < groups.labels.size(); ++label) {
                Domain domain{name, groups.labels[label], std::vector<char>(sample_.rows(), 0)};
                for (std::size_t row = 0; row < sample_.rows(); ++row)
                    domain.rows[row] = in_base(row) && groups.codes[row] == static_cast<std::int32_t>(label) ? 1 : 0;
                domains_.push_back(std::move(domain));
            }
        }
        return {};
    }

    [[nodiscard]] bool in_base(std::size_t row) const { return base_.empty() || base_[row] != 0; }

    /// A column as numbers: yes/no words count as 1 and 0.
    [[nodiscard]] Result<std::vector<double>> numbers_of(const std::string& item) const {
        const auto column = table_.column(item);
        if (!column) return tl::unexpected(column.error());
        if ((*column)->kind() == stats::ColumnKind::number) return table_.numbers(item);
        auto answers = survey::yes_no_answers(**column, survey::AnswerCoding::automatic);
        if (!answers) return fail_at(ErrorKind::input, "survey_column_text", {{"column", item}}, table_.place);
        return answers;
    }

    [[nodiscard]] Result<std::vector<Variable>> variables_of(const std::string& item) const {
        if (request_.kind != SurveyKind::proportion) {
            auto values = numbers_of(item);
            if (!values) return tl::unexpected(values.error());
            return std::vector<Variable>{{item, "", std::move(*values), false}};
        }
        const auto column = table_.column(item);
        if (!column) return tl::unexpected(column.error());
        if (request_.coding) {
            auto answers = survey::yes_no_answers(**column, *request_.coding);
            if (!answers) return tl::unexpected(at_file(answers.error(), table_.place));
            return std::vector<Variable>{{item, "", std::move(*answers), true}};
        }
        const survey::Grouping groups = survey::grouping_of(**column);
        if (groups.labels.empty()) {
            return fail_at(ErrorKind::input, "survey_item_empty", {{"column", item}}, table_.place);
        }
        std::vector<Variable> variables;
        for (std::size_t label = 0; label < groups.labels.size(); ++label) {
            Variable variable{item, groups.labels[label], {}, true};
            for (const std::int32_t code : groups.codes)
                variable.values.push_back(code < 0 ? missing : code == static_cast<std::int32_t>(label) ? 1 : 0);
            variables.push_back(std::move(variable));
        }
        return variables;
    }

    void estimate(const Variable& variable, const Domain& domain) {
        SurveyRow row{variable.item, variable.level, domain.column, domain.label, {}, {}, 0, variable.share, {}};
        if (request_.kind == SurveyKind::quantile) {
            const auto method = request_.interval_given ? request_.interval : survey::ProportionInterval::linear;
            const survey::SurveyQuantile quantile = survey::quantile_of(sample_, variable.values, request_.quantile,
                                                                        domain.rows, request_.confidence, method);
            row.estimate = quantile.estimate;
            row.interval = quantile.interval;
            row.margin = survey::margin_of_error(row.estimate, request_.confidence);
        } else {
            const survey::Linearised value = linearised(variable, domain.rows);
            row.estimate = survey::estimate_of(sample_, value);
            finish(row);
            if (!row.share) correct_for_skewness(row, value);
        }
        result_.estimates.push_back(std::move(row));
    }

    [[nodiscard]] survey::Linearised linearised(const Variable& variable, const std::vector<char>& rows) const {
        if (request_.kind == SurveyKind::total) return survey::total_of(sample_, variable.values, rows);
        if (request_.kind == SurveyKind::ratio) {
            return survey::ratio_of(sample_, variable.values, denominator_, rows);
        }
        return survey::mean_of(sample_, variable.values, rows);
    }

    void correct_for_skewness(SurveyRow& row, const survey::Linearised& value) {
        constexpr double few = 8;
        const survey::SkewInterval skew = survey::skew_interval(sample_, value, row.estimate, request_.confidence);
        if (request_.skew) {
            row.interval = skew.interval;
        } else if (std::abs(skew.skewness) > survey::skewness_limit) {
            ++skewed_;
        }
        if (skew.df < few && skew.df < row.estimate.df) ++carried_;
    }

    /// Interval and margin with the degrees of freedom that the request wants.
    void finish(SurveyRow& row) const {
        if (request_.df == SurveyDf::design) row.estimate.df = result_.df;
        if (request_.df == SurveyDf::normal) row.estimate.df = std::numeric_limits<double>::infinity();
        row.margin = survey::margin_of_error(row.estimate, request_.confidence);
        // Where all answers are the same the linearised error is 0, which is not knowledge; the interval says more.
        if (row.share && (row.estimate.value == 0 || row.estimate.value == 1)) row.margin = missing;
        row.interval = row.share ? survey::proportion_interval(row.estimate, request_.interval, request_.confidence)
                                 : survey::linear_interval(row.estimate, request_.confidence);
    }

    /// Answers of those whom the skip pattern leads past the question, and gaps of those whom it leads to it.
    void note_skips(const std::string& item, const std::vector<double>& values) {
        std::int64_t outside = 0;
        std::int64_t gaps = 0;
        for (std::size_t row = 0; row < values.size(); ++row) {
            const bool answered = !std::isnan(values[row]);
            if (!in_base(row) && answered) ++outside;
            if (in_base(row) && !answered) ++gaps;
        }
        note("survey_skip_answered", outside, item);
        note("survey_no_answer", gaps, item);
    }

    void note(const char* code, std::int64_t count, const std::string& item) {
        if (count > 0) result_.messages.push_back({code, Severity::warning, {{"column", item}}, count});
    }

    [[nodiscard]] Status run_tests(const std::string& item, const std::vector<Variable>& variables) {
        if (request_.test == SurveyTest::none) return {};
        for (std::size_t place = 0; place < request_.by.size(); ++place) {
            const std::size_t before = result_.tests.size();
            TWINFIRM_TRY(request_.test == SurveyTest::t ? t_tests(variables, place) : chi_squared(item, place));
            std::vector<double> p;
            for (std::size_t i = before; i < result_.tests.size(); ++i) p.push_back(result_.tests[i].p_value);
            const std::vector<double> adjusted = breakdowns::holm(p);
            for (std::size_t i = before; i < result_.tests.size(); ++i) result_.tests[i].p_holm = adjusted[i - before];
        }
        return {};
    }

    [[nodiscard]] Status t_tests(const std::vector<Variable>& variables, std::size_t place) {
        const survey::Grouping& groups = groups_[place];
        for (const Variable& variable : variables) {
            for (std::size_t a = 0; a < groups.labels.size(); ++a) {
                for (std::size_t b = a + 1; b < groups.labels.size(); ++b) {
                    std::vector<char> group(sample_.rows(), 2);
                    for (std::size_t row = 0; row < group.size(); ++row) {
                        const auto code = static_cast<std::size_t>(groups.codes[row]);
                        if (in_base(row) && (code == a || code == b)) group[row] = code == a ? 1 : 0;
                    }
                    SurveyTestRow test{variable.item,    variable.level,   request_.by[place],
                                       groups.labels[a], groups.labels[b], missing,
                                       missing,          missing,          {},
                                       missing,          missing,          missing,
                                       missing,          missing};
                    if (const auto tested = survey::test_means(sample_, variable.values, group)) {
                        test.difference = tested->difference.value;
                        test.std_error = tested->difference.std_error;
                        test.interval = survey::linear_interval(tested->difference, request_.confidence);
                        test.statistic = tested->t;
                        test.df2 = tested->difference.df;
                        test.p_value = tested->p_value;
                    }
                    result_.tests.push_back(std::move(test));
                }
            }
        }
        return {};
    }

    [[nodiscard]] Status chi_squared(const std::string& item, std::size_t place) {
        const auto column = table_.column(item);
        if (!column) return tl::unexpected(column.error());
        const auto test = survey::test_independence(sample_, survey::grouping_of(**column), groups_[place], base_);
        if (!test) return tl::unexpected(at_file(test.error(), table_.place));
        result_.tests.push_back({item,
                                 "",
                                 request_.by[place],
                                 "",
                                 "",
                                 missing,
                                 missing,
                                 {},
                                 test->f,
                                 test->numerator_df,
                                 test->denominator_df,
                                 test->p_value,
                                 missing});
        return {};
    }

    [[nodiscard]] Status estimate_multiple(const MultipleQuestion& question) {
        std::vector<survey::ResponseItem> items;
        for (const std::string& name : question.columns) {
            const auto column = table_.column(name);
            if (!column) return tl::unexpected(column.error());
            auto marked = survey::yes_no_answers(**column, request_.coding.value_or(survey::AnswerCoding::automatic));
            if (!marked) return tl::unexpected(at_file(marked.error(), table_.place));
            items.push_back({name, std::move(*marked)});
        }
        for (const Domain& domain : domains_) {
            const survey::MultipleResponse responses = survey::multiple_response(sample_, items, domain.rows);
            for (std::size_t i = 0; i < items.size(); ++i) {
                SurveyRow row{question.name,
                              items[i].label,
                              domain.column,
                              domain.label,
                              responses.shares[i].of_respondents,
                              {},
                              0,
                              true,
                              responses.shares[i].of_answers};
                finish(row);
                result_.estimates.push_back(std::move(row));
            }
            if (!domain.column.empty()) continue;
            note("survey_skip_answered", responses.outside_answers, question.name);
            note("survey_no_answer", responses.without_answer, question.name);
        }
        return {};
    }

    void note_reliability() {
        std::int64_t caution = 0;
        std::int64_t unreliable = 0;
        for (const SurveyRow& row : result_.estimates) {
            if (row.estimate.reliability() == survey::Reliability::caution) ++caution;
            if (row.estimate.reliability() == survey::Reliability::unreliable) ++unreliable;
        }
        if (skewed_ > 0) result_.messages.push_back({"survey_skewed", Severity::warning, {}, skewed_});
        if (carried_ > 0) result_.messages.push_back({"survey_few_carry", Severity::warning, {}, carried_});
        if (caution > 0) result_.messages.push_back({"survey_caution", Severity::info, {}, caution});
        if (unreliable > 0) result_.messages.push_back({"survey_unreliable", Severity::warning, {}, unreliable});
    }

    [[nodiscard]] Status take_denominator() {
        if (request_.kind != SurveyKind::ratio) return {};
        auto values = numbers_of(request_.denominator);
        if (!values) return tl::unexpected(values.error());
        denominator_ = std::move(*values);
        return {};
    }

    const SurveyRequest& request_;
    const SourceTable& table_;
    survey::SampleDesign sample_;
    SurveyResult& result_;
    std::vector<char> base_;
    std::vector<double> denominator_;
    std::vector<survey::Grouping> groups_;  ///< of each column of `by`
    std::vector<Domain> domains_;
    std::int64_t skewed_ = 0;
    std::int64_t carried_ = 0;
};

Status check(const SurveyRequest& request) {
    if (request.items.empty() && request.multiple.empty()) return fail(ErrorKind::usage, "survey_nothing");
    if (request.test != SurveyTest::none && request.by.empty()) return fail(ErrorKind::usage, "survey_test_groups");
    return {};
}

}  // namespace

Result<SurveyResult> estimate_survey(const SurveyRequest& request, const SourceTable& table,
                                     const CancellationToken& token) {
    TWINFIRM_TRY(check(request));
    SurveyResult result;
    result.messages = table.messages;
    auto sample = sample_of(table, request, result.messages, token);
    if (!sample) return tl::unexpected(sample.error());
    Analysis analysis(request, table, std::move(*sample), result);
    TWINFIRM_TRY(analysis.run(token));
    return result;
}

namespace {

/// What leaves a project without protection is recorded in it.
Status record_unprotected(const SurveyRequest& request, const std::filesystem::path& folder) {
    if (request.protection.enabled || request.source.project.empty()) return {};
    auto project = open_project(request.source.project);
    if (!project) return tl::unexpected(project.error());
    design::DisclosureSettings disclosure;
    disclosure.enabled = false;
    TWINFIRM_TRY(may_export(*project, disclosure));
    ExportRecord exported;
    exported.time = utc_time_now();
    exported.is_protected = false;
    exported.reason = request.protection.reason;
    const auto estimates = read_whole_file(folder / "estimates.csv");
    if (!estimates) return tl::unexpected(estimates.error());
    exported.files = {{"estimates.csv", sha256_hex(*estimates)}};
    return record_export(*project, exported);
}

}  // namespace

Result<SurveyResult> analyse_survey(const SurveyRequest& request, const std::filesystem::path& folder,
                                    const CancellationToken& token, const ProgressSink& progress) {
    TWINFIRM_TRY(check(request));
    TWINFIRM_TRY(check_protection(request.protection));
    const auto table = read_source(request.source, token, progress, true);
    if (!table) return tl::unexpected(table.error());
    auto result = estimate_survey(request, *table, token);
    if (!result) return result;
    tell_of_protection(request.protection, hide_rows(request.protection, *result), result->messages);
    TWINFIRM_TRY(write_survey_output(request, *result, folder));
    TWINFIRM_TRY(record_unprotected(request, folder));
    return result;
}

}  // namespace twinfirm::app
