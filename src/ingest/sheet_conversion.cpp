// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/sheet_conversion.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sheet_choice.h"
#include "twinfirm/base/atomic_file_writer.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/ingest/open_records.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t bytes_at_once = std::size_t{256} * 1024;

Result<CsvConversion> convert(const std::filesystem::path& path, FileFormat format, const std::string& sheet_name,
                              AtomicFileWriter& out, const CancellationToken& token, const ProgressSink& progress) {
    CsvConversion done;
    if (const auto problem = misleading_name(path, format)) done.messages.push_back(problem->message);
    const auto workbook = Workbook::open(path, format, token);
    if (!workbook) return tl::unexpected(workbook.error());
    std::map<std::string, std::string> answers;
    if (!sheet_name.empty()) answers["workbook_sheet"] = sheet_name;
    const auto choice = choose_sheet((*workbook)->sheets(), answers);
    if (!choice) return tl::unexpected(choice.error());
    for (Problem problem : choice->problems) {
        problem.message.severity = Severity::warning;
        done.messages.push_back(std::move(problem.message));
    }
    const auto layout = detect_sheet_layout(**workbook, choice->sheet, {}, token);
    if (!layout) return tl::unexpected(layout.error());
    if (layout->header_cells.empty()) return fail(ErrorKind::input, "file_no_data");
    const bool header = layout->header && !layout->header_doubtful;
    ImportPlan plan;
    plan.format = format;
    plan.sheet = (*workbook)->sheets()[choice->sheet].name;
    plan.preamble_lines = layout->preamble_lines;
    plan.header = header;
    plan.header_rows = static_cast<std::int64_t>(layout->header_rows);
    plan.columns.resize(layout->columns);
    done.preamble_lines = layout->preamble_lines;
    done.header_rows = header ? plan.header_rows : 0;
    done.columns = static_cast<std::int64_t>(layout->columns);
    if (layout->preamble_lines > 0) {
        done.messages.push_back({"converted_preamble", Severity::warning, {}, layout->preamble_lines});
    }

    auto sheet = open_planned_sheet(**workbook, plan, token);
    if (!sheet) return tl::unexpected(sheet.error());
    TWINFIRM_TRY((*sheet)->skip_lines(plan.preamble_lines));
    CsvWriter csv(false, "\r\n");
    if (header) {
        const auto names = read_header(**sheet, plan.header_rows);
        if (!names) return tl::unexpected(names.error());
        for (const std::string& name : *names) csv.text(name);
        csv.end_row();
    }
    Record record;
    for (;; ++done.rows) {
        if (done.rows % 1024 == 0) TWINFIRM_TRY(token.check());
        const auto more = (*sheet)->next(record);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        for (const std::string_view cell : record.fields) csv.text(cell);
        csv.end_row();
        if (csv.bytes().size() < bytes_at_once) continue;
        TWINFIRM_TRY(out.append(csv.bytes()));
        csv.clear();
        report_progress(progress, "ingest_load", (*sheet)->progress());
    }
    TWINFIRM_TRY(out.append(csv.bytes()));
    for (const SheetRemark& remark : (*sheet)->remarks()) {
        done.messages.push_back({remark.code, remark.severity, {}, remark.count});
    }
    report_progress(progress, "ingest_load", 1);
    return done;
}

}  // namespace

Result<CsvConversion> convert_sheet(const std::filesystem::path& path, FileFormat format, const std::string& sheet,
                                    const std::filesystem::path& out, const CancellationToken& token,
                                    const ProgressSink& progress) {
    auto writer = AtomicFileWriter::create(out);
    if (!writer) return tl::unexpected(writer.error());
    auto done = convert(path, format, sheet, *writer, token, progress);
    if (!done) {
        if (done.error().file.empty()) done.error().file = path.string();
        return done;
    }
    TWINFIRM_TRY(writer->commit());
    return done;
}

}  // namespace twinfirm::ingest
