// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/app/output_protection.h"
#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/survey/answer_coding.h"
#include "twinfirm/survey/mean_test.h"
#include "twinfirm/survey/proportion_interval.h"
#include "twinfirm/survey/rao_scott.h"

namespace twinfirm::app {

enum class SurveyKind { mean, proportion, total, ratio, quantile };
enum class SurveyTest { none, t, chi_squared };
/// Whose degrees of freedom an interval takes.
enum class SurveyDf { domain, design, normal };

/// A question that may be answered by several columns.
struct MultipleQuestion {
    std::string name;
    std::vector<std::string> columns;
};

/// Known totals of the population: a table with the column's groups and a column of numbers.
struct MarginFile {
    std::string column;
    std::filesystem::path file;
};

/// The command `survey`.
struct SurveyRequest {
    TableSource source;
    std::string strata;
    std::string weight;
    /// Column of population sizes, or one number: the whole population, divided over strata by their weights.
    std::string population;
    std::string cluster;
    std::vector<std::string> items;
    std::vector<std::string> by;
    SurveyKind kind = SurveyKind::mean;
    std::string denominator;  ///< of SurveyKind::ratio
    double quantile = 0.5;    ///< of SurveyKind::quantile
    survey::ProportionInterval interval = survey::ProportionInterval::logit;
    bool interval_given = false;  ///< quantiles take `linear` unless it is
    /// Means, totals and ratios take skew_interval.h in place of value -+ t se.
    bool skew = false;
    SurveyTest test = SurveyTest::none;
    double confidence = 0.95;
    survey::LonelyPsu lonely = survey::LonelyPsu::fail;
    SurveyDf df = SurveyDf::domain;
    /// How yes/no items are written; without it a share is given for every value that occurs.
    std::optional<survey::AnswerCoding> coding;
    std::vector<MultipleQuestion> multiple;
    std::map<std::string, std::vector<std::string>> base;  ///< column -> values: whom the skip pattern leads here
    std::vector<MarginFile> margins;
    OutputProtection protection{};
};

struct SurveyRow {
    std::string item;
    std::string level;      ///< of a share; else empty
    std::string by_column;  ///< empty = all
    std::string by;
    survey::SurveyEstimate estimate;
    survey::Interval interval;
    double margin = 0;
    bool share = false;
    survey::SurveyEstimate of_answers;  ///< of multiple responses
};

struct SurveyTestRow {
    std::string item;
    std::string level;  ///< of a t test of a share
    std::string by_column;
    std::string first;  ///< groups of a t test
    std::string second;
    double difference = 0;
    double std_error = 0;
    survey::Interval interval;  ///< of the difference
    double statistic = 0;       ///< t, or F of the corrected chi squared
    double df1 = 0;             ///< of chi squared only
    double df2 = 0;
    double p_value = 0;
    double p_holm = 0;  ///< among the tests of the item and `by`
};

struct SurveyResult {
    std::size_t rows = 0;
    std::size_t strata = 0;
    std::size_t units = 0;
    double df = 0;
    double population = 0;     ///< sum of the weights
    double weight_effect = 0;  ///< Kish's 1 + cv^2 of the weights
    std::vector<SurveyRow> estimates;
    std::vector<SurveyTestRow> tests;
    Messages messages;
};

/// Estimates every item, over all and by the groups of each column of `by`, and writes into `folder`:
/// - estimates.csv: item, level, by, n, estimate, std_error, cv, ci_low, ci_high, margin, deff, flag; behind these
/// by_column,
///   df, population (estimated number of units in the base) and, of multiple responses, of_answers with its error;
/// - tests.csv, if tests were asked for: item, level, by_column, first, second, difference, std_error, statistic, df1,
///   df2, p_value, p_holm, ci_low, ci_high (of the difference);
/// - survey.json: the sample, the options and the messages.
/// Messages: those of the sample; `survey_skip_answered`, `survey_no_answer`, `survey_caution`, `survey_unreliable`;
/// `survey_skewed` for estimates whose linear interval is not to be trusted (skew_interval.h); `survey_few_carry` for
/// estimates whose error rests on a handful of units.
/// Errors: those of reading, of survey/*.h, all with the file; `survey_column_unknown`, `survey_column_text`,
/// `survey_nothing`, `survey_test_groups`, `survey_population_number`.
[[nodiscard]] Result<SurveyResult> analyse_survey(const SurveyRequest& request, const std::filesystem::path& folder,
                                                  const CancellationToken& token = {},
                                                  const ProgressSink& progress = {});

}  // namespace twinfirm::app
