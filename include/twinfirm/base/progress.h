// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

namespace twinfirm {

/// Where long work tells how far it is: the code of the stage (its text stands in the message catalogue as
/// `stage_<code>`) and the part done, 0 to 1. An empty function means that nobody listens.
using ProgressSink = std::function<void(std::string_view stage, double done)>;

inline void report_progress(const ProgressSink& sink, std::string_view stage, double done) {
    if (sink) sink(stage, done);
}

}  // namespace twinfirm
