// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/disclosure/cell_suppression.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::evaluation {

/// The rules of disclosure control that a specification asks for.
[[nodiscard]] disclosure::PrimaryRules disclosure_rules(const design::Specification& specification);

/// Numbers of a result that add up, each with what is to be done when it must be hidden.
class LinkedTable {
  public:
    explicit LinkedTable(disclosure::Content content) { table_.content = content; }

    /// `hide` is called at most once, by protect().
    std::size_t add(disclosure::Cell cell, std::function<void()> hide);
    /// A number of firms; `forced` = hidden already, for whatever reason.
    std::size_t add_count(std::int64_t firms, bool forced, std::function<void()> hide);
    /// A number that every reader knows.
    std::size_t add_known(double value);
    /// `total` is the sum of `parts` and of a rest, which is told of nowhere but follows where nothing else is hidden:
    /// a rest that the rules name must not. The rest of parts that were
    /// counted over other firms (matched anew) is nobody's and is taken to be known. Parts that are more than the total
    /// (firms that stand in several) are no relation.
    void sum(std::size_t total, std::vector<std::size_t> parts, bool same_firms = true);

    /// Hides what the rules name and what would give it away, and attacks the outcome. Where there is no way to protect
    /// a cell, everything that can be hidden is. Without protection the report alone grows. Errors: `cancelled`.
    [[nodiscard]] Status protect(const design::Specification& specification, const CancellationToken& token,
                                 DisclosureReport& report);

  private:
    /// What is left of a total beside its parts.
    std::size_t add_rest(double value);

    disclosure::AggregateTable table_;
    std::vector<std::function<void()>> hide_;
};

}  // namespace twinfirm::evaluation
