// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/combined_rate.h"

#include <numeric>

namespace twinfirm::survey {

Result<CombinedRate> combined_rate(const std::vector<PublishedRate>& groups, std::span<const std::size_t> places,
                                   double whole) {
    const auto inside = [&](double value) { return value >= 0 && value <= whole; };
    double all = 0;
    for (const PublishedRate& group : groups) {
        if (!inside(group.share) || !inside(group.rate)) return fail(ErrorKind::usage, "rate_outside");
        all += group.share;
    }
    std::vector<std::size_t> chosen(places.begin(), places.end());
    if (chosen.empty()) {
        chosen.resize(groups.size());
        std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    }
    double share = 0;
    double members = 0;
    for (const std::size_t place : chosen) {
        share += groups.at(place).share;
        members += groups.at(place).share * groups.at(place).rate;
    }
    if (!(share > 0)) return fail(ErrorKind::usage, "rate_no_share");
    return CombinedRate{members / share, members / all, whole * share / all};
}

}  // namespace twinfirm::survey
