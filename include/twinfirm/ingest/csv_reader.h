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
#include "twinfirm/ingest/record_source.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

struct CsvDialect {
    char delimiter = ',';
    char quote = '"';  ///< 0 = quotes have no meaning

    friend bool operator==(const CsvDialect&, const CsvDialect&) = default;
};

/// Records of delimited text after RFC 4180: fields in quotes may hold delimiters, line breaks and doubled quotes;
/// lines end with CR LF, LF or CR. A quote inside an unquoted field is a plain character; text behind a closing quote
/// belongs to the field. NUL and Ctrl-Z characters at the end of the file are passed over. Memory: one block and the
/// longest record.
class CsvReader : public RecordSource {
  public:
    static constexpr std::size_t record_limit = std::size_t{16} * 1024 * 1024;

    CsvReader(std::unique_ptr<TextSource> source, CsvDialect dialect);

    [[nodiscard]] Status skip_lines(std::int64_t count) override;

    /// False at the end. Errors: those of the source; `csv_unclosed_quote` (line where the quote opened);
    /// `csv_record_too_long` (line, limit), which names the line of the open quote if there is one.
    [[nodiscard]] Result<bool> next(Record& record) override;

    [[nodiscard]] double progress() const override;
    [[nodiscard]] std::int64_t bytes() const override { return source_->bytes_read(); }
    [[nodiscard]] std::string hex_digest() override { return source_->hex_digest(); }
    /// Fields with text behind their closing quote.
    [[nodiscard]] std::int64_t stray_quotes() const { return stray_quotes_; }

  private:
    struct Field {
        std::size_t begin;
        std::size_t end;
        bool quoted;
    };
    enum class Scan { complete, more, unclosed };

    [[nodiscard]] Scan scan_record();
    [[nodiscard]] Scan scan_quoted(std::size_t& at);
    [[nodiscard]] Status refill();
    [[nodiscard]] std::string_view text_of(const Field& field);

    std::unique_ptr<TextSource> source_;
    CsvDialect dialect_;
    std::array<bool, 256> ends_field_{};
    std::string buffer_;
    std::vector<Field> fields_;
    std::size_t begin_ = 0;       ///< of the record
    std::size_t record_end_ = 0;  ///< behind its line end
    std::int64_t line_ = 1;
    std::int64_t record_lines_ = 0;
    std::int64_t quote_line_ = 0;
    std::int64_t stray_quotes_ = 0;
    bool at_end_ = false;
};

}  // namespace twinfirm::ingest
