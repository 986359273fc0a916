// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/ingest/canonical_field.h"

namespace twinfirm::app {

/// The meanings that an analyst can give a column (data/fields.json).
using ingest::canonical_fields;
using ingest::CanonicalField;
using ingest::find_canonical_field;

}  // namespace twinfirm::app
