// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document_builder.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::report {

/// The chapter that sets this result beside an earlier one; nothing where the options name none.
void add_earlier_result(DocumentBuilder& builder, const evaluation::Evaluation& evaluation,
                        const ReportOptions& options, Language language);

}  // namespace twinfirm::report
