// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "twinfirm/app/inspect.h"

namespace twinfirm::ui {

/// Does the column identify a firm or a person (사업자등록번호, names, addresses)?
[[nodiscard]] bool is_personal(const ingest::ColumnPlan& column);

/// `123-**-*****`, `가***`: enough to tell that something stands there. Numbers keep their first three digits, other
/// texts their first letter.
[[nodiscard]] QString masked(const QString& text);

/// The beginning of a file with the cells of personal columns, and whatever else looks like a business number, masked.
[[nodiscard]] QString masked_text(const QString& text, const ingest::Inspection& inspection);

/// One line of the file with its personal columns masked, wherever in the file it stands.
[[nodiscard]] QString masked_line(const QString& line, const ingest::ImportPlan& plan);

}  // namespace twinfirm::ui
