// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/document.h"

namespace twinfirm::report {

/// What disclosure control hid and what the attack on it found, in one sentence; without protection, why.
[[nodiscard]] std::string disclosure_line(const evaluation::Evaluation& evaluation, Language language);

/// Without protection the reason stands below the title, so that nobody takes the document for a protected one.
void mark_unprotected(const evaluation::Evaluation& evaluation, Document& document);

}  // namespace twinfirm::report
