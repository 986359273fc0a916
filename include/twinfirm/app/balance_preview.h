// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/study_data.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Matching and balance of one design after the other on the same tables (evaluation::evaluate_balance()). No outcome
/// is opened, so nothing of it goes into the project's record of designs. The data are read and proven by their content
/// hashes once, and again when the tables, or what the design reads of them, have changed. One thread at a time.
class BalancePreview {
  public:
    /// @param most_values  numbers of the panel up to which the data are kept; beyond, they are read every time
    explicit BalancePreview(std::size_t most_values = 32'000'000) : most_values_(most_values) {}

    /// Errors: those of load_study_data() and evaluation::evaluate_balance().
    [[nodiscard]] Result<evaluation::Evaluation> compute(const store::Project& project,
                                                         const design::Specification& specification,
                                                         unsigned threads = 0, const CancellationToken& token = {},
                                                         const ProgressSink& progress = {});
    /// The data of the last design are still there.
    [[nodiscard]] bool keeps_data() const { return data_ != nullptr; }

  private:
    using Data = std::shared_ptr<const evaluation::StudyData>;

    [[nodiscard]] Result<Data> data(const store::Project& project, const design::Specification& specification,
                                    unsigned threads, const CancellationToken& token, const ProgressSink& progress);

    std::size_t most_values_;
    std::string key_;  ///< what `data_` was read from
    Data data_;
};

}  // namespace twinfirm::app
