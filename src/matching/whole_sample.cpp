// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/whole_sample.h"

#include "unit_setup.h"

namespace twinfirm::matching {

Result<MatchedSample> whole_sample(const MatchProblem& problem, const design::MatchingSettings& settings) {
    UnitSetup setup;
    TWINFIRM_TRY(prepare_units(problem, settings, setup));
    setup.sample.form = SampleForm::weights;
    setup.sample.subclass.assign(setup.usable.size(), -1);
    setup.sample.weight.assign(setup.usable.begin(), setup.usable.end());
    return checked_sample(problem, settings, std::move(setup.sample));
}

}  // namespace twinfirm::matching
