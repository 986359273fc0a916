// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_table.h"

#include "frame_sink.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::app {

namespace {

Result<SourceTable> read_file(const std::filesystem::path& path, bool level_words, const CancellationToken& token,
                              const ProgressSink& progress) {
    using ingest::ValueType;
    auto inspection = ingest::inspect_file(path, {}, token, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    SourceTable table;
    table.place = path.string();
    for (ingest::ColumnPlan& column : inspection->plan.columns) {
        column.protection = ingest::Protection::none;
        const bool words = column.type == ValueType::boolean || (level_words && column.type == ValueType::level);
        if (words) column.type = ValueType::text;
        if (!column.field.empty()) table.column_of_field.emplace(column.field, column.name);
    }
    FrameSink sink;
    const auto audit = ingest::import_csv(path, inspection->plan, "file", sink, token, progress);
    if (!audit) return tl::unexpected(audit.error());
    table.frame = sink.take_frame();
    for (const ingest::Problem& problem : inspection->problems) {
        // About levels stored as numbers, which they are not here.
        if (level_words && problem.message.code == "level_word_covers_several") continue;
        table.messages.push_back(problem.message);
    }
    if (audit->rows_rejected > 0) {
        table.messages.push_back({"rows_rejected", Severity::warning, {}, audit->rows_rejected});
    }
    return table;
}

Result<SourceTable> read_stored(const TableSource& source, const CancellationToken& token) {
    const auto project = open_project(source.project, Access::read_only);
    if (!project) return tl::unexpected(project.error());
    auto data = project->read(source.table, {}, token);
    if (!data) return tl::unexpected(data.error());
    SourceTable table;
    table.place = source.project.string();
    for (const store::ColumnDefinition& column : data->definitions)
        if (!column.field.empty()) table.column_of_field.emplace(column.field, column.name);
    FrameSink sink;
    TWINFIRM_TRY(sink.begin({source.table, std::move(data->definitions)}));
    store::RowChunk chunk;
    chunk.rows = data->rows;
    chunk.columns = std::move(data->columns);
    TWINFIRM_TRY(sink.append(chunk));
    table.frame = sink.take_frame();
    return table;
}

}  // namespace

const stats::Column* SourceTable::find(std::string_view name) const {
    if (const stats::Column* column = frame.find(name)) return column;
    const auto field = column_of_field.find(std::string(name));
    return field == column_of_field.end() ? nullptr : frame.find(field->second);
}

Result<const stats::Column*> SourceTable::column(const std::string& name) const {
    const stats::Column* column = find(name);
    if (column == nullptr) return fail_at(ErrorKind::usage, "survey_column_unknown", {{"column", name}}, place);
    return column;
}

Result<std::vector<double>> SourceTable::numbers(const std::string& name) const {
    const auto found = column(name);
    if (!found) return tl::unexpected(found.error());
    if ((*found)->kind() != stats::ColumnKind::number) {
        return fail_at(ErrorKind::input, "survey_column_text", {{"column", name}}, place);
    }
    return std::vector<double>((*found)->values().begin(), (*found)->values().end());
}

Result<std::vector<std::string>> SourceTable::texts(const std::string& name) const {
    const auto found = column(name);
    if (!found) return tl::unexpected(found.error());
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < (*found)->size(); ++row) {
        if ((*found)->kind() == stats::ColumnKind::number) {
            texts.push_back(shortest_text((*found)->values()[row]));
        } else {
            const std::int32_t code = (*found)->codes()[row];
            texts.push_back(code < 0 ? "" : (*found)->levels()[static_cast<std::size_t>(code)]);
        }
    }
    return texts;
}

Result<std::string> SourceTable::name_of(const std::string& wanted,
                                         std::initializer_list<std::string_view> usual) const {
    if (!wanted.empty()) {
        if (const auto found = column(wanted); !found) return tl::unexpected(found.error());
        return wanted;
    }
    for (const std::string_view name : usual)
        if (find(name) != nullptr) return std::string(name);
    return std::string();
}

Result<SourceTable> read_source(const TableSource& source, const CancellationToken& token, const ProgressSink& progress,
                                bool level_words) {
    return source.project.empty() ? read_file(source.file, level_words, token, progress) : read_stored(source, token);
}

Error at_file(Error error, const std::string& file) {
    if (error.file.empty()) error.file = file;
    return error;
}

}  // namespace twinfirm::app
