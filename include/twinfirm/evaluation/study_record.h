// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/effects/estimate.h"

namespace twinfirm::evaluation {

/// The mean effect over the years 0 .. lags on one outcome, as a run found it.
struct Headline {
    std::string outcome;
    std::string metric;  ///< of the outcome: `percent`, `level`, `points`, `per_hundred`
    double estimate = effects::not_available;
    double ci_low = effects::not_available;
    double ci_high = effects::not_available;
    std::int64_t n_treated = 0;

    friend bool operator==(const Headline&, const Headline&) = default;
};

/// One specification that was run on the project, at the first time it was.
struct TriedDesign {
    std::string specification_hash;
    std::string data_hash;
    std::string time;                  ///< ISO 8601, UTC; empty = this run, whose time stands in run.json
    std::vector<std::string> changes;  ///< what differs from this run's specification, as JSON pointers
    std::vector<Headline> headlines;

    friend bool operator==(const TriedDesign&, const TriedDesign&) = default;
};

/// A specification that was frozen.
struct Lock {
    std::string specification_hash;
    std::string time;
    bool before_results = false;  ///< no run had shown results of this project then

    friend bool operator==(const Lock&, const Lock&) = default;
};

/// What the project remembers of its analysis: nothing is taken out of it.
struct StudyRecord {
    std::optional<Lock> lock;
    bool changed_since_lock = false;  ///< this run's specification is another than the frozen one
    bool intact = true;               ///< the chain of hashes over the record holds
    std::vector<TriedDesign> designs;

    friend bool operator==(const StudyRecord&, const StudyRecord&) = default;
};

}  // namespace twinfirm::evaluation
