// SPDX-License-Identifier: GPL-3.0-or-later
// The bootstrap's errors of the overall effects on mpdta as R's did prints them; the 20 counties of one group make them
// differ from the analytic ones. They are random, and therefore no lines of the validation table.
#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/effects/staggered_did.h"
#include "twinfirm/validation/reference_folder.h"

namespace twinfirm::validation {
namespace {

using effects::DidAggregation;

TEST(MultiplierBootstrapReference, ErrorsOfMpdtaAreThePublishedOnes) {
    const ReferenceFolder folder(std::string(TWINFIRM_REFERENCE_DIR) + "/reference");
    const ReferenceTable& data = folder.table("data/mpdta.csv");
    const auto years = [&](const char* column) {
        std::vector<int> result;
        for (const double value : data.numbers(column)) {
            result.push_back(std::isnan(value) ? 0 : static_cast<int>(value));
        }
        return result;
    };
    const stats::Column county = stats::Column::numbers("countyreal", data.numbers("countyreal"));
    const std::vector<double> outcome = data.numbers("lemp");
    const stats::Frame frame = data.frame({"lpop"});
    effects::LongRows rows;
    rows.firm = &county;
    rows.time = years("year");
    rows.first_treated = years("first.treat");
    rows.outcome = outcome;
    rows.frame = &frame;
    const auto did = effects::estimate_staggered_did(effects::build_staggered_panel(rows).value(), {}).value();
    const auto draws = effects::draw_multipliers(did, 20000, 1);
    ASSERT_TRUE(draws);
    for (const auto& [kind, published] :
         {std::pair{DidAggregation::simple, 0.0119}, std::pair{DidAggregation::dynamic, 0.0208},
          std::pair{DidAggregation::group, 0.0126}, std::pair{DidAggregation::calendar, 0.0175}}) {
        const effects::AggregatedDid aggregated = effects::aggregate_did(did, kind).value();
        EXPECT_NEAR(effects::uniform_band(*draws, {aggregated.overall}, 0.95).std_error[0], published, 0.0006);
    }
}

}  // namespace
}  // namespace twinfirm::validation
