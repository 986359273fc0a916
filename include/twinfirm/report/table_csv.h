// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/report/table.h"

namespace twinfirm::report {

/// The bytes of tables/NAME.csv: UTF-8 with a byte order mark, one header line, one line a row, unrounded numbers with
/// `.` and `-`. A number that is not available is empty, a suppressed one `X`; merged cells are repeated on every line.
[[nodiscard]] std::string table_to_csv(const Table& table);

}  // namespace twinfirm::report
