// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "lookup.h"
#include "table_builder.h"
#include "words.h"

namespace twinfirm::report {

/// The column with the p values of the tests that hold for few matched sets or clusters, in tables of which some row
/// has one; the others do not get it.
class SmallSampleColumn {
  public:
    /// Over the effects of this estimator (empty = all) in the groups of `breakdown`.
    SmallSampleColumn(const evaluation::Evaluation& evaluation, const std::string& breakdown,
                      const std::string& estimator);

    /// Adds the column with its note.
    void header(TableBuilder& table, const Words& words) const;
    void cell(TableBuilder& table, const evaluation::EffectRow* row) const;

  private:
    bool permutation_ = false;
    bool wild_ = false;
};

}  // namespace twinfirm::report
