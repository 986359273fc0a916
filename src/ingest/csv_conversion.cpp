// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/csv_conversion.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "encoding_choice.h"
#include "table_end.h"
#include "text_sample.h"
#include "twinfirm/base/atomic_file_writer.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/ingest/csv_reader.h"
#include "twinfirm/ingest/header_name.h"
#include "twinfirm/ingest/table_layout.h"
#include "twinfirm/ingest/text_source.h"
#include "word_alignment.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t bytes_at_once = std::size_t{256} * 1024;

using Row = std::vector<std::string>;

Row copy_of(const Record& record) {
    return {record.fields.begin(), record.fields.end()};
}

class Converter {
  public:
    Converter(const std::filesystem::path& path, AtomicFileWriter& out, const CancellationToken& token,
              const ProgressSink& progress)
        : path_(path), out_(out), token_(token), progress_(progress) {}

    [[nodiscard]] Result<CsvConversion> run(const DetectedEncoding& encoding) {
        done_.encoding = encoding.encoding;
        tell("encoding_mixed", encoding.cp949_lines, {{"line", std::to_string(encoding.first_cp949_line)}});
        TWINFIRM_TRY(find_layout());
        auto file = TextFile::open(path_, done_.encoding);
        if (!file) return tl::unexpected(file.error());
        CsvReader reader(std::move(*file), layout_.dialect);
        reader.expect_fields(layout_.usual_fields, QuoteRepair::automatic);
        TWINFIRM_TRY(reader.skip_lines(layout_.preamble_lines));
        TWINFIRM_TRY(write_header(reader));
        TWINFIRM_TRY(write_rows(reader));
        TWINFIRM_TRY(out_.append(csv_.bytes()));
        tell("converted_quotes_repaired", reader.repaired_records(),
             {{"line", std::to_string(reader.first_repaired_line())}});
        tell("converted_header_repeated", repeated_headers_, {});
        tell("converted_footnotes", static_cast<std::int64_t>(held_.size()), {});
        tell("converted_uneven_rows", uneven_, {{"fields", std::to_string(columns_)}});
        report_progress(progress_, "ingest_load", 1);
        return std::move(done_);
    }

  private:
    void tell(std::string code, std::int64_t count, MessageArguments arguments) {
        if (count > 0) done_.messages.push_back({std::move(code), Severity::warning, std::move(arguments), count});
    }

    [[nodiscard]] Status find_layout() {
        auto file = TextFile::open(path_, done_.encoding);
        if (!file) return tl::unexpected(file.error());
        auto text = text_sample(**file);
        if (!text) return tl::unexpected(text.error());
        const std::string& sample = *text;
        layout_ = detect_layout(sample, '"', QuoteRepair::automatic);
        if (layout_.header_cells.empty()) return fail(ErrorKind::input, "file_no_data");
        done_.dialect = layout_.dialect;
        done_.preamble_lines = layout_.preamble_lines;
        done_.header_rows = layout_.header_doubtful ? 0 : static_cast<std::int64_t>(layout_.header_rows);
        tell("converted_preamble", layout_.preamble_lines, {});
        if (layout_.dialect.delimiter == ' ') {
            words_.emplace(sample, layout_.dialect);
            layout_.usual_fields = 0;  // differs with the number of words
        }
        return {};
    }

    [[nodiscard]] Status write_header(CsvReader& reader) {
        auto header = read_header(reader, static_cast<std::int64_t>(layout_.header_rows));
        if (!header) return tl::unexpected(header.error());
        if (layout_.header_rows > 1 && repeated_names()) *header = stacked_names();
        columns_ = std::max(layout_.usual_fields, header->size());
        done_.columns = static_cast<std::int64_t>(header->size());
        header_bytes_ = layout_.header_rows == 1 ? reader.record_bytes() : 0;
        end_.emplace(layout_.header_doubtful ? Row() : layout_.header_cells, columns_);
        write(*header);
        return {};
    }

    /// Whether all header rows are the same.
    [[nodiscard]] bool repeated_names() const {
        const auto& rows = layout_.header_row_cells;
        return std::all_of(rows.begin(), rows.end(), [&](const Row& row) { return row == rows.front(); });
    }

    /// As the rows stand, one below the other.
    [[nodiscard]] Row stacked_names() const {
        Row names = layout_.header_row_cells.front();
        for (std::size_t row = 1; row < layout_.header_row_cells.size(); ++row) {
            for (std::size_t i = 0; i < names.size(); ++i) names[i] += ' ' + layout_.header_row_cells[row][i];
        }
        return names;
    }

    /// The next row that is not blank, from those looked at before or from the file.
    [[nodiscard]] Result<bool> next(CsvReader& reader, Record& record) {
        blank_before_ = false;
        if (!ahead_.empty()) {
            current_ = std::move(ahead_.front());
            ahead_.erase(ahead_.begin());
            record.fields.assign(current_.begin(), current_.end());
            return true;
        }
        for (;;) {
            auto more = reader.next(record);
            if (!more || !*more) return more;
            if (!record.blank()) return true;
            blank_before_ = true;
        }
    }

    [[nodiscard]] Status write_rows(CsvReader& reader) {
        Record record;
        for (std::size_t records = 0;; ++records) {
            if (records % 1024 == 0) TWINFIRM_TRY(token_.check());
            const auto more = next(reader, record);
            if (!more) return tl::unexpected(more.error());
            if (!*more) return {};
            if (done_.rows > 0 && end_->resembles_header(record.fields)) {
                if (!end_->is_header(record.fields) || reader.record_bytes() != header_bytes_) {
                    tell("converted_further_table", 1, {{"line", std::to_string(record.line)}});
                    return {};
                }
                ++repeated_headers_;
                continue;
            }
            if (blank_before_ && ahead_.empty() && layout_.usual_fields > 0) {
                const std::int64_t line = record.line;
                const auto other = other_table(reader, record);
                if (!other) return tl::unexpected(other.error());
                if (*other) {
                    tell("converted_further_table", 1, {{"line", std::to_string(line)}});
                    return {};
                }
            }
            take(record);
            if (csv_.bytes().size() < bytes_at_once) continue;
            TWINFIRM_TRY(out_.append(csv_.bytes()));
            csv_.clear();
            report_progress(progress_, "ingest_load", reader.progress());
        }
    }

    /// Looks at the rows behind a blank line.
    [[nodiscard]] Result<bool> other_table(CsvReader& reader, Record& record) {
        constexpr std::size_t rows_looked_at = 3;
        std::vector<Row> rows = {copy_of(record)};
        Record following;
        while (rows.size() < rows_looked_at) {
            const auto more = reader.next(following);
            if (!more) return tl::unexpected(more.error());
            if (!*more) break;
            if (!following.blank()) rows.push_back(copy_of(following));
        }
        if (end_->is_other_table(rows)) return true;
        current_ = std::move(rows.front());
        record.fields.assign(current_.begin(), current_.end());
        ahead_.assign(std::make_move_iterator(rows.begin() + 1), std::make_move_iterator(rows.end()));
        return false;
    }

    /// Rows that may be footnotes are held back until a row of the table follows.
    void take(const Record& record) {
        constexpr std::size_t enough_columns = 3;
        const bool one_cell = std::all_of(record.fields.begin() + 1, record.fields.end(),
                                          [](std::string_view cell) { return trim(cell).empty(); });
        if (one_cell && layout_.usual_fields >= enough_columns && !trim(record.fields[0]).empty() &&
            (blank_before_ || !held_.empty() || is_footnote(record.fields))) {
            held_.push_back(copy_of(record));
            return;
        }
        for (const Row& row : held_) write_row(row);
        held_.clear();
        write_row(copy_of(record));
    }

    void write_row(Row row) {
        if (words_) words_->align(row);
        if (layout_.usual_fields > 0 && row.size() != columns_) ++uneven_;
        ++done_.rows;
        write(row);
    }

    void write(const Row& row) {
        for (const std::string& cell : row) csv_.text(cell);
        csv_.end_row();
    }

    const std::filesystem::path& path_;
    AtomicFileWriter& out_;
    const CancellationToken& token_;
    const ProgressSink& progress_;
    TableLayout layout_;
    CsvConversion done_;
    CsvWriter csv_{false, "\r\n"};
    std::optional<TableEnd> end_;
    std::optional<WordAlignment> words_;
    std::vector<Row> ahead_;
    std::vector<Row> held_;
    Row current_;
    std::size_t columns_ = 0;
    std::size_t header_bytes_ = 0;
    std::int64_t repeated_headers_ = 0;
    std::int64_t uneven_ = 0;
    bool blank_before_ = false;
};

}  // namespace

Result<CsvConversion> convert_csv(const std::filesystem::path& path, const std::filesystem::path& out,
                                  const CancellationToken& token, const ProgressSink& progress) {
    const auto located = [&](Error error) {
        if (error.file.empty()) error.file = path.string();
        return tl::unexpected(std::move(error));
    };
    auto file = ByteFile::open(path);
    if (!file) return located(file.error());
    const auto encoding = detect_encoding(*file, token, progress);
    const bool empty = !encoding && encoding.error().code == "file_empty";
    if (!encoding && !empty) return located(encoding.error());
    auto writer = AtomicFileWriter::create(out);
    if (!writer) return tl::unexpected(writer.error());
    CsvConversion done;
    if (!empty) {
        auto converted = Converter(path, *writer, token, progress).run(*encoding);
        if (!converted) return located(converted.error());
        done = std::move(*converted);
    }
    TWINFIRM_TRY(writer->commit());
    return done;
}

}  // namespace twinfirm::ingest
