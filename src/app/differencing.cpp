// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/differencing.h"

#include <cstdlib>
#include <set>
#include <string>
#include <tuple>

#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::app {

namespace {

class Differences {
  public:
    explicit Differences(std::int64_t minimum) : minimum_(minimum) {}

    void add(const std::string& outcome, std::int64_t now, std::int64_t earlier) {
        const std::int64_t difference = std::abs(now - earlier);
        const bool known = now > 0 && earlier > 0;
        if (!known || difference == 0 || difference >= minimum_) return;
        if (!told_.insert({outcome, now, earlier}).second) return;
        messages_.push_back({"differencing_firms",
                             Severity::warning,
                             {{"outcome", outcome}, {"now", integer_text(now)}, {"earlier", integer_text(earlier)}},
                             difference});
    }
    Messages take() { return std::move(messages_); }

  private:
    std::int64_t minimum_;
    std::set<std::tuple<std::string, std::int64_t, std::int64_t>> told_;
    Messages messages_;
};

}  // namespace

Messages differencing_messages(const evaluation::Evaluation& evaluation, const evaluation::ResultSummary& earlier) {
    Differences differences(evaluation.specification.minimum_cell);
    for (const auto& row : evaluation.before_after) {
        for (const auto& other : earlier.before_after) {
            if (!row.group.breakdown.empty() || row.outcome != other.outcome || row.event_time != other.event_time) {
                continue;
            }
            differences.add(row.outcome, row.change.n, other.change.n);
        }
    }
    for (const auto& row : evaluation.effects) {
        for (const auto& other : earlier.effects) {
            if (!row.group.breakdown.empty() || row.outcome != other.outcome || row.event_time != other.event_time ||
                row.estimator != other.estimator) {
                continue;
            }
            differences.add(row.outcome, row.effect.n_treated, other.effect.n_treated);
        }
    }
    return differences.take();
}

}  // namespace twinfirm::app
