// SPDX-License-Identifier: GPL-3.0-or-later
#include "change_columns.h"

#include "effect_rows.h"

namespace twinfirm::report {

void add_change_columns(TableBuilder& table, const Words& words, const design::Specification& specification) {
    table.number_column({"n"}, "n", 0.8)
        .number_column({"ratio_of_sums_percent", "ratio_of_sums_low", "ratio_of_sums_high"},
                       words("report_measure_ratio_of_sums"), 1.6)
        .number_column({"mean_of_ratios_percent", "mean_of_ratios_low", "mean_of_ratios_high"},
                       words("report_measure_mean_of_ratios"), 1.6)
        .number_column({"trimmed_percent", "trimmed_low", "trimmed_high"}, words("report_measure_trimmed"), 1.6)
        .number_column({"median_percent", "median_low", "median_high"}, words("report_measure_median_of_ratios"), 1.6)
        .text_column({"traps"}, words("report_column_traps"), 0.7)
        .unit("%")
        .note(words("report_note_interval_below", {{"interval", interval_text(specification, words)}}));
}

void add_change_cells(TableBuilder& table, const evaluation::BeforeAfterRow& row) {
    if (row.group.suppressed) {
        table.suppressed().suppressed().suppressed().suppressed().suppressed();
    } else {
        const std::string_view reason = missing_change_reason(row.change);
        table.count(row.change.n)
            .estimate(shown_share(row.change.ratio_of_sums), reason)
            .estimate(shown_share(row.change.mean_of_ratios), reason)
            .estimate(shown_share(row.change.trimmed_mean_of_ratios), reason);
        if (row.median_hidden) {
            table.suppressed();
        } else {
            table.estimate(shown_share(row.change.median_of_ratios), reason);
        }
    }
    table.traps(row.traps);
}

}  // namespace twinfirm::report
