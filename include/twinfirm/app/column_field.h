// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/value_type.h"

namespace twinfirm::app {

/// The meanings that an analyst can give a column (data/fields.json).
using ingest::canonical_fields;
using ingest::CanonicalField;
using ingest::find_canonical_field;
/// Power of ten of a won unit (백만원: 6), -1 for other units.
using ingest::won_power;

}  // namespace twinfirm::app
