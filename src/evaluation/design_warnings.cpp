// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/design_warnings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "twinfirm/base/number_text.h"
#include "twinfirm/design/effect_settings.h"

namespace twinfirm::evaluation {

namespace {

constexpr double extreme_probability = 0.99;
constexpr double missing_share = 0.05;      // of an arm, or between the arms
constexpr double smd_limit = 0.1;           // Stuart 2010
constexpr double variance_ratio_limit = 2;  // Rubin 2001
constexpr std::size_t often_used = 10;
constexpr double largest_share = 0.01;

struct Arms {
    std::int64_t treated = 0;
    std::int64_t control = 0;
};

std::string number(double value) {
    return std::isnan(value) ? std::string() : shortest_text(value);
}

std::string percent_text(double share) {
    return fixed_text(100 * share, 1);
}

class Warner {
  public:
    Warner(std::span<const WarnedSection> sections, const UnitKey& key, const design::MatchingSettings& settings,
           std::int64_t minimum_cell)
        : sections_(sections), key_(key), settings_(settings), minimum_cell_(minimum_cell) {}

    DesignWarnings run() {
        warn_of_scores();
        if (design::effect_design(settings_) == design::EffectDesign::pairs) warn_of_strata();
        warn_of_missing_covariates();
        for (const char* code : {"caliper_drops_many", "match_drops_many"}) list_lost(code);
        list_often_used();
        list_largest_weights(1, "weights_extreme_treated");
        list_largest_weights(0, "weights_extreme_control");
        return std::move(result_);
    }

  private:
    [[nodiscard]] WarningList unit_list(std::string code, std::vector<std::string> more) const {
        WarningList list{std::move(code), key_.columns, {}, {}};
        list.columns.insert(list.columns.end(), more.begin(), more.end());
        return list;
    }

    void add_unit(WarningList& list, std::size_t section, std::size_t row, std::vector<std::string> more) const {
        std::vector<std::string> cells = key_.cells(section, row);
        cells.insert(cells.end(), more.begin(), more.end());
        list.rows.push_back(std::move(cells));
    }

    void warn(WarningList list, std::int64_t count, MessageArguments arguments = {}) {
        if (count == 0) return;
        result_.messages.push_back({list.code, Severity::warning, std::move(arguments), count});
        result_.lists.push_back(std::move(list));
    }

    void keep(WarningList list) {
        if (!list.rows.empty()) result_.lists.push_back(std::move(list));
    }

    [[nodiscard]] bool said(std::size_t section, const std::string& code) const {
        const Messages& messages = sections_[section].match.sample.messages;
        return std::any_of(messages.begin(), messages.end(), [&](const Message& m) { return m.code == code; });
    }

    [[nodiscard]] std::string arm(std::size_t section, std::size_t row) const {
        return sections_[section].treated[row] != 0 ? "1" : "0";
    }

    /// Scores so near 1 that the covariates all but decide who adopts, and adopters that no non-adopter is like.
    void warn_of_scores() {
        WarningList extreme = unit_list("study_scores_extreme", {"treatment", "probability"});
        WarningList alone = unit_list("study_adopters_outside_support", {"distance", "lowest", "highest"});
        for (std::size_t s = 0; s < sections_.size(); ++s) {
            const CrossSection& match = sections_[s].match;
            const std::vector<double>& score = match.score;
            double low = INFINITY;
            double high = -INFINITY;
            for (std::size_t i = 0; i < score.size(); ++i) {
                if (match.probability[i] > extreme_probability) {
                    add_unit(extreme, s, i, {arm(s, i), number(match.probability[i])});
                }
                if (sections_[s].treated[i] != 0 || std::isnan(score[i])) continue;
                low = std::min(low, score[i]);
                high = std::max(high, score[i]);
            }
            for (std::size_t i = 0; i < score.size(); ++i) {
                if (sections_[s].treated[i] == 0 || (!(score[i] < low) && !(score[i] > high))) continue;
                add_unit(alone, s, i, {number(score[i]), number(low), number(high)});
            }
        }
        const auto of_extreme = static_cast<std::int64_t>(extreme.rows.size());
        const auto of_alone = static_cast<std::int64_t>(alone.rows.size());
        warn(std::move(extreme), of_extreme);
        warn(std::move(alone), of_alone);
    }

    [[nodiscard]] std::string count_text(std::int64_t count) const {
        return count > 0 && count < minimum_cell_ ? "X" : integer_text(count);
    }

    [[nodiscard]] std::string stratum_name(const WarnedSection& section, std::size_t row) const {
        std::string name = section.year == 0 ? "" : integer_text(section.year);
        for (const std::string& variable : settings_.exact) {
            const stats::Column* column = section.frame.find(variable);
            if (column == nullptr || column->missing(row)) continue;
            name.append(name.empty() ? "" : " ").append(variable).append(1, '=');
            name += column->kind() == stats::ColumnKind::number
                        ? shortest_text(column->values()[row])
                        : column->levels()[static_cast<std::size_t>(column->codes()[row])];
        }
        return name;
    }

    /// Where adopters outnumber non-adopters, pairs without replacement must leave some of them with poor partners.
    void warn_of_strata() {
        WarningList list{"study_more_adopters", {"stratum", "adopters", "non_adopters"}, {}, {}};
        std::int64_t adopters = 0;
        for (const WarnedSection& section : sections_) {
            std::map<std::int32_t, std::pair<Arms, std::size_t>> counts;
            for (const std::size_t row : section.match.design.rows) {
                const std::int32_t stratum = section.match.stratum.empty() ? 0 : section.match.stratum[row];
                Arms& arms = counts.try_emplace(stratum, Arms{}, row).first->second.first;
                ++(section.treated[row] != 0 ? arms.treated : arms.control);
            }
            for (const auto& [stratum, found] : counts) {
                const Arms& arms = found.first;
                if (stratum < 0 || arms.treated <= arms.control) continue;
                adopters += arms.treated;
                list.names.push_back(stratum_name(section, found.second));
                list.rows.push_back({list.names.back(), count_text(arms.treated), count_text(arms.control)});
            }
        }
        const std::string strata = integer_text(static_cast<std::int64_t>(list.rows.size()));
        warn(std::move(list), adopters, {{"strata", strata}});
    }

    void warn_of_missing_covariates() {
        WarningList list = unit_list("study_covariates_missing", {"treatment"});
        Arms all;
        Arms missing;
        for (std::size_t s = 0; s < sections_.size(); ++s) {
            const WarnedSection& section = sections_[s];
            for (std::size_t row = 0; row < section.treated.size(); ++row) {
                const bool adopter = section.treated[row] != 0;
                ++(adopter ? all.treated : all.control);
                if (section.match.sample.reason[row] != matching::Reason::missing_covariate) continue;
                ++(adopter ? missing.treated : missing.control);
                add_unit(list, s, row, {arm(s, row)});
            }
        }
        if (all.treated == 0 || all.control == 0) return;
        const double treated = static_cast<double>(missing.treated) / static_cast<double>(all.treated);
        const double control = static_cast<double>(missing.control) / static_cast<double>(all.control);
        if (std::max(treated, control) <= missing_share) return;
        warn(std::move(list), missing.treated + missing.control,
             {{"adopters", percent_text(treated)}, {"non_adopters", percent_text(control)}});
    }

    /// Units of the focal arm that a section said it had lost, with their reasons.
    void list_lost(const std::string& code) {
        WarningList list = unit_list(code, {"treatment", "reason"});
        const bool of_controls = settings_.estimand == design::Estimand::atc;
        for (std::size_t s = 0; s < sections_.size(); ++s) {
            if (!said(s, code)) continue;
            const WarnedSection& section = sections_[s];
            for (std::size_t row = 0; row < section.treated.size(); ++row) {
                const matching::Reason reason = section.match.sample.reason[row];
                const bool focal =
                    settings_.estimand == design::Estimand::ate || (section.treated[row] == 0) == of_controls;
                const bool known = reason == matching::Reason::matched || reason == matching::Reason::missing_covariate;
                if (focal && !known) {
                    add_unit(list, s, row, {arm(s, row), std::string(matching::reason_code(reason))});
                }
            }
        }
        keep(std::move(list));
    }

    void list_often_used() {
        WarningList list = unit_list("match_used_often", {"times_used"});
        for (std::size_t s = 0; s < sections_.size(); ++s) {
            if (!said(s, list.code)) continue;
            std::vector<std::size_t> used(sections_[s].treated.size(), 0);
            for (const matching::Pair& pair : sections_[s].match.sample.pairs) ++used[pair.match];
            for (std::size_t row = 0; row < used.size(); ++row) {
                if (used[row] > often_used) {
                    add_unit(list, s, row, {integer_text(static_cast<std::int64_t>(used[row]))});
                }
            }
        }
        keep(std::move(list));
    }

    void list_largest_weights(std::uint8_t of_arm, const std::string& code) {
        WarningList list = unit_list(code, {"weight"});
        for (std::size_t s = 0; s < sections_.size(); ++s) {
            if (!said(s, code)) continue;
            const std::vector<double>& weight = sections_[s].match.sample.weight;
            std::vector<std::pair<double, std::size_t>> own;
            for (std::size_t row = 0; row < weight.size(); ++row) {
                if (sections_[s].treated[row] == of_arm && weight[row] > 0) own.emplace_back(-weight[row], row);
            }
            std::sort(own.begin(), own.end());
            own.resize(static_cast<std::size_t>(std::ceil(largest_share * static_cast<double>(own.size()))));
            for (const auto& [minus_weight, row] : own) add_unit(list, s, row, {number(-minus_weight)});
        }
        keep(std::move(list));
    }

    std::span<const WarnedSection> sections_;
    const UnitKey& key_;
    const design::MatchingSettings& settings_;
    std::int64_t minimum_cell_;
    DesignWarnings result_;
};

}  // namespace

DesignWarnings design_warnings(std::span<const WarnedSection> sections, const UnitKey& key,
                               const design::MatchingSettings& settings, std::int64_t minimum_cell) {
    return Warner(sections, key, settings, minimum_cell).run();
}

DesignWarnings balance_warnings(std::span<const balance::BalanceRow> rows) {
    const std::vector<std::string> columns{"covariate", "level", "before", "after"};
    WarningList unlike{"balance_smd_over_limit", columns, {}, {}};
    WarningList spread{"balance_variance_ratio", columns, {}, {}};
    for (const balance::BalanceRow& row : rows) {
        const auto add = [&](WarningList& list, double before, double after) {
            list.rows.push_back({row.covariate, row.level, number(before), number(after)});
            list.names.push_back(row.level.empty() ? row.covariate : row.covariate + "=" + row.level);
        };
        if (std::abs(row.after.smd) > smd_limit) add(unlike, row.before.smd, row.after.smd);
        const double ratio = row.after.variance_ratio;
        if (ratio > variance_ratio_limit || ratio < 1 / variance_ratio_limit) {
            add(spread, row.before.variance_ratio, ratio);
        }
    }
    DesignWarnings result;
    for (WarningList* list : {&unlike, &spread}) {
        if (list->rows.empty()) continue;
        const auto count = static_cast<std::int64_t>(list->rows.size());
        result.messages.push_back({list->code, Severity::warning, {}, count});
        result.lists.push_back(std::move(*list));
    }
    return result;
}

}  // namespace twinfirm::evaluation
