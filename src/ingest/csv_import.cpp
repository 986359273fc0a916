// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/csv_import.h"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <utility>

#include "record_batch.h"
#include "twinfirm/base/background_stage.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/cell_reader.h"
#include "twinfirm/ingest/open_records.h"
#include "twinfirm/ingest/personal_data.h"
#include "twinfirm/ingest/registration_counter.h"
#include "twinfirm/ingest/row_shape.h"
#include "twinfirm/ingest/table_layout.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t rows_in_chunk = 4096;
constexpr std::size_t text_shown = 100;

/// At most `text_shown` bytes, cut between characters.
std::string shown(std::string_view text) {
    std::size_t size = std::min(text.size(), text_shown);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return std::string(text.substr(0, size));
}

struct ImportedColumn {
    ImportedColumn(const ColumnPlan& column_plan, std::size_t column_place)
        : plan(&column_plan), reader(column_plan), place(column_place) {
        const CanonicalField* field = find_canonical_field(column_plan.field);
        sensitive = (field != nullptr && field->sensitive) || column_plan.protection != Protection::none;
    }

    const ColumnPlan* plan;
    CellReader reader;
    std::size_t place;  ///< among the fields of a record
    bool sensitive = false;
    std::string_view join_key_of;  ///< field of the dropped column whose keyed hash this one holds; empty = none
    bool rest_follows = false;     ///< the next column holds what this one's reader leaves over
    CellValue value;
    std::string protected_text;  ///< what stands for a personal text
    std::array<std::int64_t, conversion_rules> used{};
};

/// Chunks are stored on another thread while the next ones are read.
using ChunkWriter = BackgroundStage<store::RowChunk>;
constexpr std::size_t chunks_at_once = 3;

/// Records are typed on another thread than the one that reads them.
using RecordStage = BackgroundStage<RecordBatch>;
constexpr std::size_t batches_at_once = 3;

class Importer {
  public:
    Importer(const ImportPlan& plan, const std::string& table_name, const PseudonymKey* key)
        : personal_data_(plan, key), registrations_(plan) {
        audit_.table = table_name;
        audit_.preamble_lines = plan.preamble_lines;
        for (std::size_t i = 0; i < plan.columns.size(); ++i) {
            const ColumnPlan& column = plan.columns[i];
            if (column.protection == Protection::drop) audit_.dropped.push_back(column.name);
            if (PersonalData::keeps_join_key(column)) add_join_key(plan, i);
            if (!column.keep || column.protection == Protection::drop) continue;
            columns_.emplace_back(column, i);
            if (column.type != ValueType::ksic || column.rest_name.empty()) continue;
            rest_plans_.emplace_back();
            rest_plans_.back().name = column.rest_name;
            columns_.back().rest_follows = true;
            columns_.emplace_back(rest_plans_.back(), i);
        }
        if (key != nullptr && PersonalData::needs_key(plan)) audit_.key = key->identification();
        clear_chunk();
    }

    [[nodiscard]] store::TableDefinition definition() const {
        store::TableDefinition table;
        table.name = audit_.table;
        for (const ImportedColumn& column : columns_) {
            const ColumnPlan& plan = *column.plan;
            table.columns.push_back({plan.name, plan.field, stored_type(plan.type),
                                     plan.type == ValueType::money ? std::string("원") : plan.unit});
        }
        return table;
    }

    [[nodiscard]] bool empty() const { return columns_.empty(); }

    void take(Record& record, const RowClassifier& classifier) {
        const RowShape shape = classifier.classify(record);
        if (shape == RowShape::blank) {
            ++audit_.blank_lines;
            return;
        }
        ++audit_.rows_read;
        if (shape != RowShape::row) {
            const bool remark = shape == RowShape::footnote || shape == RowShape::total;
            reject({record.line,
                    0,
                    {},
                    std::string(row_shape_name(shape)),
                    remark ? shown(mask_resident_numbers(record.fields[0])) : ""});
            return;
        }
        const ImportedColumn* before = nullptr;
        for (ImportedColumn& column : columns_) {
            const bool rest = before != nullptr && before->rest_follows;
            column.reader.read(rest ? std::string_view(before->value.rest) : record.fields[column.place], column.value);
            before = &column;
            if (column.value.bad() && column.plan->on_bad_cell == BadCell::reject_row) {
                reject(listed(record.line, column, std::string(cell_fault_name(column.value.fault))));
                return;
            }
        }
        registrations_.count(record.fields);
        personal_data_.begin_row(record.fields);
        store_row(record.line);
    }

    [[nodiscard]] bool chunk_full() const { return chunk_.rows == rows_in_chunk; }

    /// Gives the rows of the chunk, if there are any, to the writer.
    [[nodiscard]] Status flush(ChunkWriter& writer) {
        if (chunk_.rows == 0) return {};
        std::swap(chunk_, writer.buffer());
        TWINFIRM_TRY(writer.hand_over());
        clear_chunk();
        return {};
    }

    [[nodiscard]] ImportAudit finish() {
        for (const ImportedColumn& column : columns_) {
            for (std::size_t rule = 0; rule < conversion_rules; ++rule) {
                if (column.used[rule] == 0) continue;
                audit_.conversions.push_back({std::string(conversion_rule_name(static_cast<ConversionRule>(rule))),
                                              column.plan->name, column.used[rule]});
            }
        }
        audit_.registrations = registrations_.counts();
        return std::move(audit_);
    }

  private:
    /// The column of keyed hashes that stands for a dropped one.
    void add_join_key(const ImportPlan& plan, std::size_t place) {
        const ColumnPlan& dropped = plan.columns[place];
        ColumnPlan& kept = rest_plans_.emplace_back();
        kept.field = kept.name = join_key_field(dropped.field);
        kept.missing = dropped.missing;
        kept.protection = Protection::pseudonym;
        const auto is_taken = [&](const ColumnPlan& column) { return column.name == kept.name; };
        while (std::any_of(plan.columns.begin(), plan.columns.end(), is_taken)) kept.name += '_';
        columns_.emplace_back(kept, place);
        columns_.back().join_key_of = dropped.field;
        audit_.join_keys.push_back({dropped.name, kept.name});
    }

    void clear_chunk() {
        chunk_.rows = 0;
        if (chunk_.columns.empty()) {
            for (const ImportedColumn& column : columns_) chunk_.columns.emplace_back(stored_type(column.plan->type));
        }
        for (store::ColumnChunk& column : chunk_.columns) column.clear();
    }

    [[nodiscard]] static ListedCell listed(std::int64_t line, const ImportedColumn& column, std::string reason) {
        return {line, static_cast<std::int64_t>(column.place) + 1, column.plan->name, std::move(reason),
                column.sensitive ? std::string() : shown(mask_resident_numbers(column.value.text))};
    }

    void reject(ListedCell cell) {
        ++audit_.rows_rejected;
        ++audit_.rejected_by_reason[cell.reason];
        if (audit_.rejected.size() < ImportAudit::listed_at_most) audit_.rejected.push_back(std::move(cell));
    }

    void list_change(ListedCell cell) {
        ++audit_.changed_by_reason[cell.reason];
        if (audit_.changed.size() < ImportAudit::listed_at_most) audit_.changed.push_back(std::move(cell));
    }

    void store_row(std::int64_t line) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            ImportedColumn& column = columns_[i];
            CellValue& value = column.value;
            if (value.bad()) {
                value.status = store::ValueStatus::missing;
                value.rules = 0;
                list_change(listed(line, column, std::string(cell_fault_name(value.fault))));
            }
            if (column.join_key_of.empty()) {
                personal_data_.protect(*column.plan, value, column.protected_text);
            } else {
                personal_data_.make_join_key(column.join_key_of, value, column.protected_text);
            }
            if (value.used(ConversionRule::rounded_to_won)) list_change(listed(line, column, "rounded_to_won"));
            std::uint64_t rules = value.rules;
            for (std::size_t rule = 0; rules != 0; rules >>= 1, ++rule) {
                column.used[rule] += static_cast<std::int64_t>(rules & 1U);
            }
            append(value, chunk_.columns[i]);
        }
        ++chunk_.rows;
        ++audit_.rows_stored;
    }

    std::deque<ColumnPlan> rest_plans_;  ///< of columns that the file does not have
    std::vector<ImportedColumn> columns_;
    store::RowChunk chunk_;
    ImportAudit audit_;
    PersonalData personal_data_;
    RegistrationCounter registrations_;
};

template <class T>
Result<T> in_file(Result<T> result, const std::filesystem::path& path) {
    if (!result && result.error().file.empty()) result.error().file = path.string();
    return result;
}

/// The header row must be the plan's, cell by cell.
Status check_header(const std::vector<std::string>& header, const ImportPlan& plan) {
    const std::size_t count = std::max(header.size(), plan.columns.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view found = i < header.size() ? std::string_view(header[i]) : std::string_view();
        const std::string expected = i < plan.columns.size() ? plan.columns[i].source : std::string();
        if (found == expected) continue;
        return fail_at(ErrorKind::input, "plan_does_not_fit",
                       {{"column", std::to_string(i + 1)}, {"found", shown(found)}, {"expected", shown(expected)}}, {},
                       plan.preamble_lines + 1, static_cast<std::int64_t>(i) + 1);
    }
    return {};
}

Result<ImportAudit> import_text(const std::filesystem::path& path, const ImportPlan& plan,
                                const std::string& table_name, store::RowSink& file_sink, const PseudonymKey* key,
                                const CancellationToken& token, const ProgressSink& progress) {
    for (const ColumnPlan& column : plan.columns) {
        if (column.keep && column.protection == Protection::pseudonym && column.type != ValueType::text) {
            return fail(ErrorKind::usage, "plan_bad_value",
                        {{"key", column.name + ".type"}, {"value", std::string(value_type_name(column.type))}});
        }
    }
    if (key == nullptr && PersonalData::needs_key(plan)) return fail(ErrorKind::usage, "pseudonym_key_missing");
    Importer importer(plan, table_name, key);
    if (importer.empty()) return fail(ErrorKind::usage, "plan_no_columns");
    auto records_of_file = open_records(path, plan, token);
    if (!records_of_file) return tl::unexpected(records_of_file.error());
    RecordSource& reader = **records_of_file;
    TWINFIRM_TRY(reader.skip_lines(plan.preamble_lines));

    Record record;
    std::vector<std::string> header;
    if (plan.header) {
        auto found = read_header(reader, plan.header_rows);
        if (!found) return tl::unexpected(found.error());
        if (found->empty()) return fail(ErrorKind::input, "file_no_data");
        TWINFIRM_TRY(check_header(*found, plan));
        header = std::move(*found);
    }
    const RowClassifier classifier(std::move(header), plan);
    ReshapeSink reshaping(plan.reshape, file_sink);
    store::RowSink& sink = plan.reshape.empty() ? file_sink : static_cast<store::RowSink&>(reshaping);
    TWINFIRM_TRY(sink.begin(importer.definition()));
    ChunkWriter writer(chunks_at_once, [&](store::RowChunk& chunk) { return sink.append(chunk); });
    // Reading, typing and storing go on at the same time.
    RecordStage typing(batches_at_once, [&](RecordBatch& batch) {
        Status stored;
        batch.for_each([&](Record& typed) {
            importer.take(typed, classifier);
            if (importer.chunk_full() && stored) stored = importer.flush(writer);
        });
        batch.clear();
        return stored;
    });
    for (std::size_t records = 0;; ++records) {
        if (records % 1024 == 0) TWINFIRM_TRY(token.check());
        const auto more = reader.next(record);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        typing.buffer().add(record);
        if (!typing.buffer().full()) continue;
        TWINFIRM_TRY(typing.hand_over());
        report_progress(progress, "ingest_load", reader.progress());
    }
    TWINFIRM_TRY(typing.hand_over());
    TWINFIRM_TRY(typing.drain());
    TWINFIRM_TRY(importer.flush(writer));
    TWINFIRM_TRY(writer.drain());
    report_progress(progress, "ingest_load", 1);

    ImportAudit audit = importer.finish();
    audit.file_name = path.filename().string();
    audit.bytes = reader.bytes();
    audit.sha256 = reader.hex_digest();
    TWINFIRM_TRY(check_audit(audit));
    return audit;
}

}  // namespace

Status check_plan_header(const std::filesystem::path& path, const ImportPlan& plan, const CancellationToken& token) {
    if (!plan.header) return {};
    auto records_of_file = open_records(path, plan, token, Digest::none);
    if (!records_of_file) return tl::unexpected(records_of_file.error());
    TWINFIRM_TRY((*records_of_file)->skip_lines(plan.preamble_lines));
    auto found = read_header(**records_of_file, plan.header_rows);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) return fail(ErrorKind::input, "file_no_data");
    return check_header(*found, plan);
}

Result<ImportAudit> import_csv(const std::filesystem::path& path, const ImportPlan& plan, const std::string& table_name,
                               store::RowSink& sink, const CancellationToken& token, const ProgressSink& progress,
                               const PseudonymKey* key) {
    return in_file(import_text(path, plan, table_name, sink, key, token, progress), path);
}

}  // namespace twinfirm::ingest
