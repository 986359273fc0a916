// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sample_reading.h"
#include "twinfirm/ingest/table_layout.h"

namespace twinfirm::ingest {

/// Finds preamble, header and columns among the first records of a table; the dialect is left as it is.
void lay_out_records(const SampleReading& sample, TableLayout& layout);

}  // namespace twinfirm::ingest
