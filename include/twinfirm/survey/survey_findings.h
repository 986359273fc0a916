// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/message.h"
#include "twinfirm/survey/growth.h"
#include "twinfirm/survey/stage_shares.h"
#include "twinfirm/survey/supplier_effects.h"
#include "twinfirm/survey/survey_estimate.h"
#include "twinfirm/survey/technology_level.h"

namespace twinfirm::survey {

/// One estimate of a question.
struct QuestionRow {
    std::string level;   ///< the answer whose share it is; empty for means and the like
    std::string column;  ///< that divides the sample; empty = all
    std::string group;   ///< of the column
    SurveyEstimate estimate;
    Interval interval;
    double margin = std::numeric_limits<double>::quiet_NaN();
};

/// A question of the status survey with its answers, over all and by groups.
struct QuestionFinding {
    std::string key;
    LocalizedText label;
    std::string unit;       ///< of a mean, total, ratio or quantile, as the specification says; "%" for shares
    bool shares = false;    ///< estimates are fractions
    bool multiple = false;  ///< several answers a respondent: shares may sum to more than 1
    std::string kind;       ///< "share" | "mean" | "total" | "ratio" | "quantile"
    std::string interval;   ///< "wilson", "logit", ..., "skew", "woodruff"
    std::string base;       ///< `column = value` of the skip pattern; empty = everybody
    std::vector<QuestionRow> rows;
};

/// The status survey (실태조사).
struct StatusFinding {
    std::int64_t rows = 0;
    std::int64_t strata = 0;
    std::int64_t units = 0;
    double population = 0;
    double weight_effect = 0;
    bool finite_population = false;
    std::vector<std::string> calibrated;  ///< columns of the known margins
    std::vector<std::string> columns;     ///< that divide the sample, in their order
    std::vector<QuestionFinding> questions;
    Messages messages;
};

struct StagesFinding {
    std::int64_t events = 0;
    std::vector<StageShare> shares;
    std::vector<StageTransition> transitions;
    std::vector<StageTransition> targets;
    Messages messages;
};

struct TechnologyFinding {
    std::string focus;
    int from = 0;
    int to = 0;
    std::vector<TechnologyLevel> levels;
    std::vector<TechnologyChange> changes;
    std::vector<TechnologyGap> gaps;
    Messages messages;
};

struct MarketFinding {
    std::string unit;  ///< of the common currency
    std::optional<Growth> growth;
    std::optional<int> first_year;
    std::vector<MarketFigure> figures;
    std::vector<MarketComparison> comparisons;
    Messages messages;
};

struct SupplierSection {
    LocalizedText outcome;  ///< what the effects are of; empty = no effects
    std::string unit;
    std::int64_t minimum_firms = 3;
    std::optional<std::int64_t> registered;  ///< suppliers of the register; none = there is none
    std::int64_t idle = 0;                   ///< of them, without an adoption
    std::int64_t unregistered = 0;           ///< suppliers of adoptions that the register does not know
    SupplierFindings findings;
    Messages messages;
};

/// One example of good practice (우수사례), as the ministry's list tells it.
struct BestPractice {
    std::string firm;
    std::string supplier;
    std::string award;
    std::string summary;
    std::optional<int> year;
};

struct DataFile {
    std::string name;  ///< as the specification calls it
    std::int64_t rows = 0;
    std::string content;  ///< SHA-256 of the cells, whatever the order of rows and columns
};

/// Everything that a survey study found out: the only source of numbers for its tables, charts, sentences and
/// result.json. A section that was not asked for is absent.
struct SurveyFindings {
    LocalizedText title;
    LocalizedText source;  ///< who asked, when
    double confidence = 0.95;
    std::string engine_version;
    std::string specification_hash;
    std::optional<StatusFinding> status;
    std::optional<StagesFinding> stages;
    std::optional<TechnologyFinding> technology;
    std::optional<MarketFinding> market;
    std::optional<SupplierSection> suppliers;
    std::vector<BestPractice> cases;
    std::vector<DataFile> data;
};

}  // namespace twinfirm::survey
