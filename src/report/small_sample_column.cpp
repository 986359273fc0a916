// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_sample_column.h"

namespace twinfirm::report {

SmallSampleColumn::SmallSampleColumn(const evaluation::Evaluation& evaluation, const std::string& breakdown,
                                     const std::string& estimator) {
    for (const evaluation::EffectRow& row : evaluation.effects) {
        if (row.group.breakdown != breakdown || (!estimator.empty() && row.estimator != estimator)) continue;
        const std::string& kind = row.effect.small_sample.kind;
        (kind == "permutation" ? permutation_ : wild_) |= !kind.empty();
    }
}

void SmallSampleColumn::header(TableBuilder& table, const Words& words) const {
    if (!permutation_ && !wild_) return;
    table.number_column({"small_sample_p_value"}, words("report_column_small_sample_p"), 0.8);
    if (permutation_) table.note(words("report_note_small_sample_permutation"));
    if (wild_) table.note(words("report_note_small_sample_wild"));
}

void SmallSampleColumn::cell(TableBuilder& table, const evaluation::EffectRow* row) const {
    if (!permutation_ && !wild_) return;
    if (row != nullptr && row->group.suppressed) {
        table.suppressed();
    } else if (row == nullptr || row->effect.small_sample.kind.empty()) {
        table.number(effects::not_available, 0, "report_missing_small_sample");
    } else {
        table.p_value(row->effect.small_sample.p_value);
    }
}

}  // namespace twinfirm::report
