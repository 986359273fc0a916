// SPDX-License-Identifier: GPL-3.0-or-later
#include "group_results_json.h"

#include "result_json_parts.h"

namespace twinfirm::evaluation {

namespace {

using namespace json_parts;

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
