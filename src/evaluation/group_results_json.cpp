// SPDX-License-Identifier: GPL-3.0-or-later
#include "group_results_json.h"

#include <cmath>

#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::evaluation {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
    if (std::isnan(value)) return nullptr;
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

Json count(std::int64_t value) {
    if (value == hidden_count) return "X";
    return value;
}

Json group(const Group& value) {
    return {{"breakdown", value.breakdown},
            {"key", value.key},
            {"label", {{"ko", value.label.ko}, {"en", value.label.en}}},
            {"suppressed", value.suppressed}};
}

Json estimate(const effects::Estimate& value) {
    return {{"estimate", number(value.estimate)},
            {"std_error", number(value.std_error)},
            {"df", number(value.df)},
            {"ci_low", number(value.ci_low)},
            {"ci_high", number(value.ci_high)},
            {"p_value", number(value.p_value)},
            {"se_kind", value.se_kind},
            {"n_treated", value.n_treated},
            {"n_control", value.n_control}};
}

Json percented(const PercentedEffect& value) {
    return {{"effect", estimate(value.effect)},
            {"percent", number(value.percent)},
            {"percent_low", number(value.percent_low)},
            {"percent_high", number(value.percent_high)}};
}

Json rank_row(const RankRow& row) {
    return {{"outcome", row.outcome},
            {"group", group(row.group)},
            {"estimate", number(row.estimate)},
            {"shrunken", number(row.shrunken)},
            {"shrunken_low", number(row.shrunken_low)},
            {"shrunken_high", number(row.shrunken_high)},
            {"rank", number(row.rank)},
            {"rank_low", number(row.rank_low)},
            {"rank_high", number(row.rank_high)},
            {"top_share", number(row.top_share)}};
}

Json band_shift_row(const BandShiftRow& row) {
    return {{"outcome", row.outcome},
            {"group", group(row.group)},
            {"band_year", row.band_year},
            {"n", row.n},
            {"ratio_of_sums", estimate(row.ratio_of_sums)},
            {"mean_of_ratios", estimate(row.mean_of_ratios)},
            {"matched", percented(row.matched)}};
}

Json support_row(const SupportRow& row) {
    return {{"outcome", row.outcome},
            {"measure", row.measure},
            {"per_unit", percented(row.effect)},
            {"mean_support", number(row.mean_support)}};
}

Json margin_row(const MarginRow& row) {
    return {{"outcome", row.outcome},
            {"measure", row.measure},
            {"matched", percented(row.effect)},
            {"treated_base", number(row.treated_base)},
            {"treated_after", number(row.treated_after)},
            {"control_base", number(row.control_base)},
            {"control_after", number(row.control_after)},
            {"zero_bases", count(row.zero_bases)}};
}

Json representation_row(const RepresentationRow& row) {
    return {{"covariate", row.covariate},
            {"level", row.level},
            {"mean_adopters", number(row.mean_adopters)},
            {"mean_matched", number(row.mean_matched)},
            {"smd", number(row.smd)},
            {"suppressed", row.hidden}};
}

template <class Row, class Convert>
Json list(const std::vector<Row>& rows, Convert convert) {
    Json json = Json::array();
    for (const Row& row : rows) json.push_back(convert(row));
    return json;
}

}  // namespace

nlohmann::ordered_json group_results_to_json(const GroupResults& groups) {
    return {{"ranking", list(groups.ranking, rank_row)},
            {"band_shifts", list(groups.band_shifts, band_shift_row)},
            {"support", list(groups.support, support_row)},
            {"margins", list(groups.margins, margin_row)},
            {"representation",
             {{"adopters_unmatched", count(groups.adopters_unmatched)},
              {"covariates", list(groups.representation, representation_row)}}}};
}

}  // namespace twinfirm::evaluation
