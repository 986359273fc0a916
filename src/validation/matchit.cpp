// SPDX-License-Identifier: GPL-3.0-or-later
// The cases of R's MatchIt.
#include <algorithm>
#include <map>

#include "matchit_steps.h"
#include "run.h"

namespace twinfirm::validation {

namespace {

using Step = std::function<void(CaseReport&, const MatchItFiles&, const MatchItCase&, const ReferenceTable& balance)>;

struct Known {
    MatchItCase item;
    Step step;
};

std::map<std::string, Known> known_cases() {
    std::map<std::string, Known> known;
    for (const MatchItCase& item : nearest_neighbor_cases()) {
        known[item.title()] = {item, [](CaseReport& report, const MatchItFiles& files, const MatchItCase& settings,
                                        const ReferenceTable& balance) {
                                   compare_nearest_neighbors(report, files, settings);
                                   compare_end_to_end(report, files, settings, balance);
                               }};
    }
    for (const MatchItCase& item : set_cases()) {
        known[item.title()] = {item, [](CaseReport& report, const MatchItFiles& files, const MatchItCase& settings,
                                        const ReferenceTable&) { compare_matched_sets(report, files, settings); }};
    }
    for (const MetricCase& item : metric_cases()) {
        known[item.item.title()] = {item.item,
                                    [item](CaseReport& report, const MatchItFiles& files, const MatchItCase&,
                                           const ReferenceTable&) { compare_covariate_pairs(report, files, item); }};
    }
    const MatchItCase firms{"firms_a", "nn_mahalanobis", matchit_defaults()};
    known[firms.title()] = {firms, [](CaseReport& report, const MatchItFiles& files, const MatchItCase&,
                                      const ReferenceTable&) { compare_picks(report, files); }};
    MatchItCase refit{"lalonde", "nn_discard_both_reest", matchit_defaults()};
    refit.settings.discard = design::Discard::both;
    refit.settings.reestimate = true;
    known[refit.title()] = {refit, [](CaseReport& report, const MatchItFiles& files, const MatchItCase& settings,
                                      const ReferenceTable&) { compare_refit(report, files, settings); }};
    return known;
}

}  // namespace

void compare_matchit(Run& run) {
    const std::map<std::string, Known> known = known_cases();
    for (const std::string& path : run.folder().files("matchit", ".json")) {
        const std::size_t slash = path.rfind('/') + 1;
        const std::string title = path.substr(slash, path.size() - slash - std::string(".json").size());
        run.compare("matchit", title, [&](CaseReport& report) {
            const auto found = known.find(title);
            if (found == known.end()) throw ReferenceError(title);
            const MatchItCase& item = found->second.item;
            const MatchItFiles files(run.folder(), item);
            const ReferenceTable& balance = run.folder().table("matchit/" + item.set + "/" + title + ".balance.csv");
            found->second.step(report, files, item, balance);
            compare_balance(report, files, item, balance);
            compare_effects(report, files);
        });
    }
}

}  // namespace twinfirm::validation
