// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace twinfirm {

/// A p-value with its sign, for "p {p}": "= 0.031", or "< 0.001".
[[nodiscard]] std::string p_value_text(double value);

}  // namespace twinfirm
