// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "twinfirm/base/language.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::ui {

/// Which report is looked at and taken out: chosen for the moment, unlike the settings of the report, which the project
/// keeps.
struct ReportChoice {
    report::ReportKind kind = report::ReportKind::evaluation;
    std::optional<Language> language;  ///< empty = the window's
    QString earlier_name;              ///< file that the earlier result was read from
    std::optional<evaluation::ResultSummary> earlier;
};

}  // namespace twinfirm::ui
