// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "line_range.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

/// The beginning of these lines, a megabyte or a little more of it. Errors: those of the source.
[[nodiscard]] Result<std::string> text_sample(TextSource& source, LineRange lines = {});

}  // namespace twinfirm::ingest
