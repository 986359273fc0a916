// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// What a run would refuse because of names: formula terms that cannot be read (`formula_syntax`), variables that the
/// tables do not hold (`variable_unknown`, `derived_source_unknown`), roles and survey answers without a column
/// (`role_column_missing`), outcomes that are texts (`variable_is_text`), bands of texts (`breakdown_not_numeric`).
/// Codes and texts are those of the run, because it is the run's own code, given tables without rows; each error names
/// its place in the specification as the argument `key` (`/covariates/2`).
///
/// Names are only looked up once the register and the panel are among `tables`. What depends on values (a logarithm
/// of 0, too many levels, a covariate that does not vary) cannot be seen here. Cost: O(columns x names).
[[nodiscard]] std::vector<Error> check_columns(const std::vector<store::TableInfo>& tables,
                                               const design::Specification& specification);

/// Names that a covariate or an exact stratum can be made of, in the order of the tables: the panel's variables, then
/// what is computed from the register (`firm_age`, `industry`, `region`), then the register's own columns. Identifiers
/// and what only adopters have are left out. Empty without register and panel.
[[nodiscard]] std::vector<std::string> study_variables(const std::vector<store::TableInfo>& tables,
                                                       const design::Specification& specification);

}  // namespace twinfirm::app
