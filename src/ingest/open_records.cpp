// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/open_records.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sheet_choice.h"
#include "twinfirm/ingest/csv_reader.h"

namespace twinfirm::ingest {

Result<std::unique_ptr<RecordSource>> open_records(const std::filesystem::path& path, const ImportPlan& plan,
                                                   const CancellationToken& token, Digest digest) {
    if (plan.format != FileFormat::text) {
        const auto workbook = Workbook::open(path, plan.format, token);
        if (!workbook) return tl::unexpected(workbook.error());
        auto sheet = open_planned_sheet(**workbook, plan, token);
        if (!sheet) return tl::unexpected(sheet.error());
        return std::unique_ptr<RecordSource>(std::move(*sheet));
    }
    auto file = TextFile::open(path, plan.encoding, digest);
    if (!file) return tl::unexpected(file.error());
    auto reader = std::make_unique<CsvReader>(std::move(*file), dialect_of(plan));
    reader->expect_fields(plan.columns.size(), QuoteRepair::by_width);
    return std::unique_ptr<RecordSource>(std::move(reader));
}

Result<std::unique_ptr<Worksheet>> open_planned_sheet(Workbook& workbook, const ImportPlan& plan,
                                                      const CancellationToken& token) {
    const auto& sheets = workbook.sheets();
    const auto found =
        std::find_if(sheets.begin(), sheets.end(), [&](const SheetInfo& sheet) { return sheet.name == plan.sheet; });
    if (found == sheets.end()) return unknown_sheet(sheets, plan.sheet);
    auto sheet = workbook.open_sheet(static_cast<std::size_t>(found - sheets.begin()), token);
    if (!sheet) return sheet;
    (*sheet)->pad_to(plan.columns.size());
    if (plan.header) (*sheet)->fill_merged_to(plan.preamble_lines + plan.header_rows);
    return sheet;
}

}  // namespace twinfirm::ingest
