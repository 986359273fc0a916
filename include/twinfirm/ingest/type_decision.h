// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/column_profile.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

/// Chooses type, labels and missing codes of one column from all its cells, and says what is odd about it.
/// A type is given only if every cell with a value can be read under it; identifiers (번호, 코드, ID, leading zeros,
/// digits of one great width) stay text.
///
/// @param offers  rules that would read more cells (choices yes, no); the answers that were given are in the plan
/// @param column  in: source, name, field, unit; out: type, unit, labels, missing
/// @param place   0-based place of the column
void decide_type(const ColumnProfile& profile, std::size_t place, const std::map<std::string, std::string>& answers,
                 ColumnPlan& column, std::vector<Problem>& problems, std::vector<Question>& questions,
                 std::vector<Question>& offers);

/// A header that names identifiers: ...번호, ...코드, ID, code, no.
[[nodiscard]] bool names_an_identifier(std::string_view header);

}  // namespace twinfirm::ingest
