// SPDX-License-Identifier: GPL-3.0-or-later
#include "matched_sets.h"

#include <algorithm>
#include <array>

#include "twinfirm/base/number_text.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;

constexpr double share_of_units_lost = 0.05;

/// Sets numbered from 0 in order of their first unit.
std::vector<std::int32_t> numbered(const std::vector<std::int32_t>& set) {
    std::int32_t highest = -1;
    for (const std::int32_t label : set) highest = std::max(highest, label);
    std::vector<std::int32_t> number(static_cast<std::size_t>(highest + 1), -1);
    std::vector<std::int32_t> result(set.size(), -1);
    std::int32_t next = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set[i] < 0) continue;
        std::int32_t& own = number[static_cast<std::size_t>(set[i])];
        if (own < 0) own = next++;
        result[i] = own;
    }
    return result;
}

/// Units of each arm in each set; [1] = adopters.
std::vector<std::array<double, 2>> arms_of_sets(const MatchedSample& sample) {
    std::vector<std::array<double, 2>> arms;
    for (std::size_t i = 0; i < sample.subclass.size(); ++i) {
        if (sample.subclass[i] < 0) continue;
        const auto set = static_cast<std::size_t>(sample.subclass[i]);
        if (set >= arms.size()) arms.resize(set + 1, {0, 0});
        ++arms[set][sample.treated[i]];
    }
    return arms;
}

void weigh(Estimand estimand, MatchedSample& sample) {
    const std::vector<std::array<double, 2>> arms = arms_of_sets(sample);
    // What the weights of an arm add up to: counts, so that no order of addition matters.
    std::array<double, 2> units{};
    for (const std::array<double, 2>& set : arms) {
        units[0] += set[0];
        units[1] += set[1];
    }
    std::array<double, 2> scale{};
    for (std::size_t arm = 0; arm < 2; ++arm) {
        const double target = estimand == Estimand::att   ? units[1]
                              : estimand == Estimand::atc ? units[0]
                                                          : units[0] + units[1];
        scale[arm] = units[arm] / target;
    }
    sample.weight.assign(sample.treated.size(), 0);
    for (std::size_t i = 0; i < sample.subclass.size(); ++i) {
        if (sample.subclass[i] < 0) continue;
        const std::array<double, 2>& set = arms[static_cast<std::size_t>(sample.subclass[i])];
        const std::uint8_t arm = sample.treated[i];
        sample.weight[i] = scale[arm] * set_weight(estimand, arm != 0, set[arm], set[1 - arm]);
    }
}

}  // namespace

Status refuse(std::string_view method, std::initializer_list<ForeignSetting> settings) {
    for (const ForeignSetting& setting : settings) {
        if (!setting.present) continue;
        return fail(ErrorKind::usage, "setting_not_for_method",
                    {{"method", std::string(method)}, {"setting", std::string(setting.name)}});
    }
    return {};
}

double set_weight(Estimand estimand, bool treated, double same, double other) {
    const bool own_arm_counts = estimand == Estimand::ate || treated == (estimand == Estimand::att);
    const bool other_arm_counts = estimand == Estimand::ate || treated != (estimand == Estimand::att);
    return (own_arm_counts ? 1 : 0) + (other_arm_counts ? other / same : 0);
}

void warn_of_lost_units(const design::MatchingSettings& settings, const UnitSetup& setup, MatchedSample& sample) {
    std::size_t asked = 0;
    std::size_t lost = 0;
    std::size_t outside = 0;
    for (std::size_t i = 0; i < sample.treated.size(); ++i) {
        const bool counts =
            settings.estimand == Estimand::ate || (sample.treated[i] != 0) == (settings.estimand == Estimand::att);
        if (setup.usable[i] == 0 || !counts) continue;
        ++asked;
        lost += sample.reason[i] != Reason::matched;
        outside += sample.reason[i] == Reason::outside_caliper;
    }
    if (!(static_cast<double>(lost) > share_of_units_lost * static_cast<double>(asked))) return;
    const auto text = [](std::size_t count) { return integer_text(static_cast<std::int64_t>(count)); };
    sample.messages.push_back(
        {outside > 0 ? "caliper_drops_many" : "match_drops_many",
         Severity::warning,
         {{"count", text(lost)},
          {"total", text(asked)},
          {"percent", fixed_text(100.0 * static_cast<double>(lost) / static_cast<double>(asked), 1)},
          {"outside", text(outside)}},
         static_cast<std::int64_t>(lost)});
}

Result<MatchedSample> finish_sets(const MatchProblem& problem, const design::MatchingSettings& settings,
                                  UnitSetup& setup, const std::vector<std::int32_t>& set, std::vector<Pair> links) {
    MatchedSample& sample = setup.sample;
    sample.form = SampleForm::sets;
    sample.subclass = numbered(set);
    sample.pairs = std::move(links);
    std::stable_sort(sample.pairs.begin(), sample.pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.focal < b.focal; });
    for (std::size_t i = 0; i < sample.subclass.size(); ++i) {
        if (sample.subclass[i] >= 0) sample.reason[i] = Reason::matched;
    }
    if (std::none_of(sample.subclass.begin(), sample.subclass.end(), [](std::int32_t own) { return own >= 0; })) {
        return fail(ErrorKind::statistics, "no_shared_strata");
    }
    weigh(settings.estimand, sample);
    warn_of_lost_units(settings, setup, sample);
    return checked_sample(problem, settings, std::move(sample));
}

}  // namespace twinfirm::matching
