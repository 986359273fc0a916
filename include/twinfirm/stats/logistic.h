// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/stats/binary_regression.h"

namespace twinfirm::stats {

using LogisticOptions = BinaryOptions;
using LogisticFit = BinaryFit;

/// Logistic regression: fit_binary() with its default link.
[[nodiscard]] inline Result<LogisticFit> fit_logistic(const DesignMatrix& design, std::span<const std::uint8_t> adopter,
                                                      std::span<const double> weights = {},
                                                      const LogisticOptions& options = {}) {
    return fit_binary(design, adopter, weights, options);
}

}  // namespace twinfirm::stats
