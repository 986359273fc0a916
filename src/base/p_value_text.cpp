// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/p_value_text.h"

#include "twinfirm/base/number_text.h"

namespace twinfirm {

std::string p_value_text(double value) {
    return value < 0.001 ? "< 0.001" : "= " + fixed_text(value, 3);
}

}  // namespace twinfirm
