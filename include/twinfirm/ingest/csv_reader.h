// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/ingest/csv_dialect.h"
#include "twinfirm/ingest/record_repair.h"
#include "twinfirm/ingest/record_source.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

/// What a reader does with a record whose quotes are faulty (text behind a closing quote, or none that closes).
enum class QuoteRepair {
    none,       ///< text behind a closing quote belongs to the field
    by_width,   ///< divided into the expected number of fields, if that can be done with few faults
    automatic,  ///< besides, records with another number of fields than expected are divided anew where their quotes
                ///< or another delimiter give it; where nothing is expected, a quote closes a field only in front of a
                ///< delimiter or line end; an open quote reaches to the end of the file
};

/// Records of delimited text after RFC 4180: fields in quotes may hold delimiters, line breaks and doubled quotes;
/// lines end with CR LF, LF or CR. A quote inside an unquoted field is a plain character; text behind a closing quote
/// belongs to the field. NUL and Ctrl-Z characters at the end of the file are passed over. Memory: one block and the
/// longest record. Records with faulty quotes are read as `expect_fields` says.
class CsvReader : public RecordSource {
  public:
    static constexpr std::size_t record_limit = std::size_t{16} * 1024 * 1024;

    CsvReader(std::unique_ptr<TextSource> source, CsvDialect dialect);

    /// From here on records should have this many fields; 0 = not known.
    void expect_fields(std::size_t count, QuoteRepair repair) {
        expected_ = count;
        repair_ = repair;
    }

    [[nodiscard]] Status skip_lines(std::int64_t count) override;

    /// False at the end. Errors: those of the source; `csv_unclosed_quote` (line where the quote opened);
    /// `csv_record_too_long` (line, limit), which names the line of the open quote if there is one.
    [[nodiscard]] Result<bool> next(Record& record) override;

    [[nodiscard]] double progress() const override;
    [[nodiscard]] std::int64_t bytes() const override { return source_->bytes_read(); }
    [[nodiscard]] std::string hex_digest() override { return source_->hex_digest(); }
    /// Bytes of the last record as it stands in the text, with its line end.
    [[nodiscard]] std::size_t record_bytes() const { return record_bytes_; }
    /// Records that were read otherwise than their quotes and delimiters say.
    [[nodiscard]] std::int64_t repaired_records() const { return repaired_records_; }
    [[nodiscard]] std::int64_t first_repaired_line() const { return first_repaired_line_; }
    /// Records with text behind a closing quote, which was taken as it stands.
    [[nodiscard]] std::int64_t faulty_records() const { return faulty_records_; }

  private:
    enum class Scan { complete, more, unclosed };
    enum class Closing { first_quote, before_delimiter };

    [[nodiscard]] Scan scan_record(Closing closing);
    [[nodiscard]] Scan scan_quoted(std::size_t& at, Closing closing);
    [[nodiscard]] std::size_t behind_quote(std::size_t quote) const;
    [[nodiscard]] Scan repaired(Scan scan);
    [[nodiscard]] bool divide_first_line(const CsvDialect& dialect, LineFaults faults);
    [[nodiscard]] bool divide_by_other_delimiter();
    [[nodiscard]] Status refill();
    [[nodiscard]] std::string_view text_of(const FieldSpan& field);
    [[nodiscard]] std::string_view quoted_text(const FieldSpan& field);

    std::unique_ptr<TextSource> source_;
    CsvDialect dialect_;
    std::array<bool, 256> ends_field_{};
    std::string buffer_;
    std::vector<FieldSpan> fields_;
    std::size_t begin_ = 0;       ///< of the record
    std::size_t record_end_ = 0;  ///< behind its line end
    std::size_t record_bytes_ = 0;
    std::int64_t line_ = 1;
    std::int64_t record_lines_ = 0;
    std::int64_t quote_line_ = 0;
    std::int64_t repaired_records_ = 0;
    std::int64_t first_repaired_line_ = 0;
    std::int64_t faulty_records_ = 0;
    std::size_t expected_ = 0;
    QuoteRepair repair_ = QuoteRepair::none;
    bool faulty_ = false;  ///< of the record: text behind a closing quote
    bool at_end_ = false;
};

}  // namespace twinfirm::ingest
