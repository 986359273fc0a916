// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "twinfirm/design/report_settings.h"
#include "twinfirm/evaluation/result_summary.h"

namespace twinfirm::report {

enum class ReportKind {
    evaluation,    ///< the full report
    press_release  ///< the table set of the ministry's announcement
};

/// `evaluation`, `press-release`.
[[nodiscard]] std::string_view report_kind_code(ReportKind kind);
[[nodiscard]] std::optional<ReportKind> report_kind(std::string_view code);

/// Whom a report of a batch is about.
struct ReportScope {
    LocalizedText breakdown;     ///< `지역별`
    LocalizedText group;         ///< `서울`
    bool shows_effects = false;  ///< an effect may be shown
    bool within = false;         ///< its adopters were compared with non-adopters of the same group
};

/// What a report is to be; none of it changes a number.
struct ReportOptions {
    ReportKind kind = ReportKind::evaluation;
    design::ReportSettings settings{};
    std::optional<evaluation::ResultSummary> earlier{};  ///< to be set beside this result
    std::optional<ReportScope> scope{};                  ///< of a press release: the group that it is about
};

}  // namespace twinfirm::report
