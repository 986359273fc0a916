// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace twinfirm::report {

/// A generated sentence under the name by which the analyst can rewrite it. Keys do not depend on numbers, language or
/// the order of outcomes: `summary.effects`, `outcome.sales`, `pre_trend.sales`.
struct Sentence {
    std::string key;
    std::string text;
};

using Sentences = std::vector<Sentence>;

}  // namespace twinfirm::report
