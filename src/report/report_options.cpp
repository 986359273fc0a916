// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/report_options.h"

namespace twinfirm::report {

std::string_view report_kind_code(ReportKind kind) {
    return kind == ReportKind::press_release ? "press-release" : "evaluation";
}

std::optional<ReportKind> report_kind(std::string_view code) {
    for (const ReportKind kind : {ReportKind::evaluation, ReportKind::press_release}) {
        if (report_kind_code(kind) == code) return kind;
    }
    return std::nullopt;
}

}  // namespace twinfirm::report
