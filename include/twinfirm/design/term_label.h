// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::design {

/// A variable as a reader knows it: by the label of the specification's outcome or breakdown, else by the catalogue's
/// `variable_<name>`, else under its own name. `sales_growth` is the growth of `sales`.
[[nodiscard]] std::string variable_label(const Specification& specification, std::string_view name, Language language);

/// A term of the score with its variables by their labels: `log(sales)` -> `매출액(로그)`, `age:exporter` -> `업력:수출
/// 여부`.
[[nodiscard]] std::string term_label(const Specification& specification, std::string_view term, Language language);

/// The labels of several terms, separated by commas.
[[nodiscard]] std::string term_labels(const Specification& specification, const std::vector<std::string>& terms,
                                      Language language);

}  // namespace twinfirm::design
