// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/report_sources.h"

#include <utility>
#include <vector>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/earlier_comparison.h"
#include "twinfirm/report/press_tables.h"
#include "twinfirm/report/report_review.h"
#include "twinfirm/report/table_csv.h"

namespace twinfirm::app {

Status write_report_sources(const evaluation::Evaluation& evaluation, const report::ReportOptions& options,
                            const std::filesystem::path& folder, Language language, const CancellationToken& token) {
    const auto document = [&](Language in) { return report::build_report(evaluation, in, options); };
    const report::Document korean = document(Language::korean);
    TWINFIRM_TRY(token.check());
    const report::Document english = document(Language::english);
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(write_file_atomically(folder / "sentences.json", report::sentences_json(korean, english)));
    std::vector<report::Table> tables;
    if (options.kind == report::ReportKind::press_release) tables = report::press_tables(evaluation, language);
    if (options.earlier) {
        for (report::Table& table : report::earlier_tables(evaluation, *options.earlier, language)) {
            tables.push_back(std::move(table));
        }
    }
    if (!tables.empty()) TWINFIRM_TRY(create_folders(folder / "tables"));
    for (const report::Table& table : tables) {
        TWINFIRM_TRY(token.check());
        TWINFIRM_TRY(write_file_atomically(folder / "tables" / (table.name + ".csv"), report::table_to_csv(table)));
    }
    return {};
}

}  // namespace twinfirm::app
