// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace twinfirm::matching {

/// What two units must satisfy beside the score's caliper and the stratum. Both rules are symmetric.
class PairLimits {
  public:
    struct Width {
        std::span<const double> value;
        double raw = 0;
    };

    PairLimits() = default;
    PairLimits(std::vector<Width> widths, std::span<const std::vector<std::int32_t>> anti_exact)
        : widths_(std::move(widths)), anti_exact_(anti_exact) {}

    /// Without the covariates' calipers.
    [[nodiscard]] PairLimits differences_only() const { return {{}, anti_exact_}; }

    [[nodiscard]] bool none() const { return widths_.empty() && anti_exact_.empty(); }
    [[nodiscard]] bool allow(std::size_t a, std::size_t b) const { return close(a, b) && differ(a, b); }
    /// Within every covariate's caliper; false for a NaN.
    [[nodiscard]] bool close(std::size_t a, std::size_t b) const {
        for (const Width& width : widths_) {
            if (!(std::abs(width.value[a] - width.value[b]) <= width.raw)) return false;
        }
        return true;
    }
    /// Different in every column that must differ.
    [[nodiscard]] bool differ(std::size_t a, std::size_t b) const {
        for (const std::vector<std::int32_t>& code : anti_exact_) {
            if (code[a] == code[b]) return false;
        }
        return true;
    }

  private:
    std::vector<Width> widths_;
    std::span<const std::vector<std::int32_t>> anti_exact_;
};

}  // namespace twinfirm::matching
