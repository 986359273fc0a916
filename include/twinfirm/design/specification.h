// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/disclosure_settings.h"
#include "twinfirm/design/effect_settings.h"
#include "twinfirm/design/group_settings.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/design/over_time_settings.h"

namespace twinfirm::design {

enum class Direction { higher_is_better, lower_is_better };

/// How the change of an outcome is estimated and worded.
enum class ChangeMetric {
    percent,     ///< % change; the matched effect is estimated on the logarithm
    level,       ///< difference in the outcome's own unit (persons, won)
    points,      ///< difference of a rate in percentage points
    per_hundred  ///< a count over employees x 100 (accident rate), pooled over firms
};

/// A yearly outcome of the panel.
struct Outcome {
    std::string key;          ///< `sales`, unique
    LocalizedText label;      ///< 매출액 / Sales
    std::string variable;     ///< panel variable
    std::string denominator;  ///< panel variable, for per_hundred only
    std::string unit;         ///< unit shown: 억원, 명, %
    double unit_scale = 1;    ///< stored value / unit_scale = shown value (1e8 for won -> 억원)
    Direction direction = Direction::higher_is_better;
    ChangeMetric metric = ChangeMetric::percent;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// A before/after indicator of the programme survey: only adopters have it.
struct ProcessKpi {
    std::string key;  ///< `productivity`, `quality`, `cost`, `delivery`
    LocalizedText label;
    std::string before;  ///< survey column (canonical field)
    std::string after;
    std::string unit;
    Direction direction = Direction::higher_is_better;

    friend bool operator==(const ProcessKpi&, const ProcessKpi&) = default;
};

/// One way of dividing the adopters into groups.
struct Breakdown {
    std::string key;  ///< `size`, `sales_band`, `industry`, `level`
    LocalizedText label;
    std::string variable;       ///< panel variable at the base year g-1, firm attribute, or `level`
    std::vector<double> edges;  ///< bands closed left, open right; the last band is open above. Empty = categories
    std::vector<LocalizedText> labels;    ///< one a band, or one a category in `values`
    std::vector<std::string> values;      ///< categories in the order shown; empty = as in the data
    int top = 0;                          ///< > 0: only the `top` groups with most adopters are shown
    BandYear band_year = BandYear::base;  ///< year that the variable is read from
    /// Matched anew with the groups as strata, so that no pair crosses them.
    bool within = false;
    std::vector<std::string>
        cross{};  ///< two other breakdowns' keys: every group of one within every group of the other

    friend bool operator==(const Breakdown&, const Breakdown&) = default;
};

/// Which stored tables and fields hold what.
struct Roles {
    std::string firms_table = "firms";
    std::string panel_table = "panel";
    std::string survey_table;         ///< empty = none
    std::string firm_id = "firm_id";  ///< canonical field or column name in every table
    std::string year = "year";
    std::string adoption_year = "adopt_year";
    std::string level = "level";
    /// One row for each pair of keys (brn, firm_id), for tables that are keyed otherwise than the register; empty =
    /// the register itself holds the other keys.
    std::string crosswalk_table{};
    /// What the rows of a table are found by: a canonical field or column name, `name`, `name+address`; empty =
    /// firm_id.
    std::string panel_key{};
    std::string survey_key{};
    std::string adoption_table{};  ///< one row for each adoption (a firm may adopt again); empty = the register's year
    std::string adoption_key{};

    friend bool operator==(const Roles&, const Roles&) = default;
};

/// The only input of an analysis besides the data. Immutable once validated; JSON form in docs/specification.md.
struct Specification {
    LocalizedText title;
    std::string preset;  ///< `basic` (기본 PSM), `recommended` (권장), `full` (전체) or empty
    Roles roles;
    std::vector<std::string> covariates;  ///< formula terms; panel variables are taken at g-1
    MatchingSettings matching;            ///< `exact` may name breakdowns (`size`) or columns (`industry`)
    EffectSettings effects;
    SensitivitySettings sensitivity;
    StaggeredSettings staggered{};
    OverTimeSettings over_time{};
    std::vector<Outcome> outcomes;
    std::vector<ProcessKpi> process_kpis;
    std::vector<Breakdown> breakdowns;
    std::vector<DerivedVariable> derived{};
    PriceIndex prices{};
    BeforeAfterSettings before_after{};
    GroupSettings groups{};
    int leads = 3;                      ///< years before the base year shown: g-1-... ; event times -leads .. lags
    int lags = 3;                       ///< last year since adoption
    bool balance_interactions = false;  ///< balance of squares and products of the covariates too
    double confidence_level = 0.95;
    std::int64_t minimum_cell = 3;  ///< groups with fewer firms in either arm are not shown
    DisclosureSettings disclosure{};
    std::uint64_t seed = 1;

    friend bool operator==(const Specification&, const Specification&) = default;
};

/// Whether the study looks at how sensitive its effect on this outcome is: those named, or all but pooled rates.
[[nodiscard]] bool is_tested(const SensitivitySettings& sensitivity, const Outcome& outcome);
/// Whether it is looked at over time.
[[nodiscard]] bool is_followed(const OverTimeSettings& over_time, const Outcome& outcome);

/// A file to import before the analysis, relative to the study file's folder.
struct StudyFile {
    std::string path;
    std::string table;
    std::string plan;  ///< import plan, empty = automatic

    friend bool operator==(const StudyFile&, const StudyFile&) = default;
};

/// study.json: the files and the specification.
struct Study {
    std::vector<StudyFile> files;
    Specification specification;
};

/// Canonical JSON: keys in a fixed order, every key present, 2 spaces. Same specification, same bytes.
[[nodiscard]] std::string specification_to_json(const Specification& specification);
/// Errors (usage) name the key as a JSON pointer: `specification_key_unknown`, `specification_value`, ...
[[nodiscard]] Result<Specification> specification_from_json(std::string_view json);
[[nodiscard]] std::string study_to_json(const Study& study);
[[nodiscard]] Result<Study> study_from_json(std::string_view json);

/// Everything that is wrong or doubtful, each naming its key; errors make the specification unusable.
struct Validation {
    std::vector<Error> errors;
    Messages warnings;
};
[[nodiscard]] Validation validate(const Specification& specification);

/// `basic`: logit, 1:1 nearest neighbour, no caliper. `recommended`: linear logit, caliper 0.2 pooled SD, exact on
/// industry x size. `full`: that with every outcome, breakdown and check over time. Error: `preset_unknown`.
[[nodiscard]] Result<Specification> preset(std::string_view name);

/// The smallest number of firms of either arm that may be shown: `minimum_cell`, or 0 where protection is off.
[[nodiscard]] std::int64_t minimum_shown(const Specification& specification);

/// 64 hex digits of SHA-256 over the canonical JSON without `disclosure`: what is shown changes no estimate.
[[nodiscard]] std::string specification_hash(const Specification& specification);

/// The specification in one paragraph a colleague understands.
[[nodiscard]] std::string read_back(const Specification& specification, Language language);

}  // namespace twinfirm::design
