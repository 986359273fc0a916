// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "twinfirm/design/matching_settings.h"

namespace twinfirm::matching {

/// The kernel at u, up to a constant; 0 from kernel_reach() on.
[[nodiscard]] inline double kernel_value(design::Kernel kernel, double u) {
    switch (kernel) {
        case design::Kernel::epanechnikov:
            return std::abs(u) < 1 ? 1 - u * u : 0;
        case design::Kernel::uniform:
            return std::abs(u) < 1 ? 1 : 0;
        case design::Kernel::gaussian:
            return std::abs(u) < 8 ? std::exp(-u * u / 2) : 0;
    }
    return 0;
}

[[nodiscard]] constexpr double kernel_reach(design::Kernel kernel) {
    return kernel == design::Kernel::gaussian ? 8 : 1;
}

}  // namespace twinfirm::matching
