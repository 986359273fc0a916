// SPDX-License-Identifier: GPL-3.0-or-later
// The first three bytes choose dialect, repair and the size of the pieces in which the text arrives; the rest is the
// text. The records must be the same whatever the pieces are.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/csv_reader.h"
#include "twinfirm/ingest/table_layout.h"

namespace {

using namespace twinfirm::ingest;

class TextInPieces final : public TextSource {
  public:
    TextInPieces(std::string_view text, std::size_t piece) : text_(text), piece_(piece) {}
    twinfirm::Result<bool> read(std::string& out) override {
        const std::string_view next = text_.substr(at_, piece_);
        out += next;
        at_ += next.size();
        return !next.empty();
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return static_cast<std::int64_t>(at_); }
    [[nodiscard]] std::int64_t bytes_total() const override { return static_cast<std::int64_t>(text_.size()); }
    [[nodiscard]] std::string hex_digest() override { return {}; }

  private:
    std::string_view text_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

struct Choices {
    CsvDialect dialect;
    QuoteRepair repair = QuoteRepair::none;
    std::size_t expected = 0;
    std::int64_t skipped = 0;
};

struct Reading {
    std::vector<std::int64_t> lines;
    std::vector<std::vector<std::string>> records;
    std::int64_t repaired = 0;
    std::string error;
    std::int64_t error_line = 0;

    friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read_all(std::string_view text, const Choices& choices, std::size_t piece) {
    Reading reading;
    CsvReader reader(std::make_unique<TextInPieces>(text, piece), choices.dialect);
    reader.expect_fields(choices.expected, choices.repair);
    if (!reader.skip_lines(choices.skipped)) std::abort();  // the pieces are never refused
    Record record;
    std::int64_t last = 0;
    for (;;) {
        const auto more = reader.next(record);
        if (!more) {
            reading.error = more.error().code;
            reading.error_line = more.error().line;
            break;
        }
        if (!*more) break;
        if (record.line <= last || record.fields.empty()) std::abort();
        last = record.line;
        static_cast<void>(is_footnote(record.fields));
        static_cast<void>(is_total_row(record.fields));
        reading.lines.push_back(record.line);
        reading.records.emplace_back(record.fields.begin(), record.fields.end());
    }
    reading.repaired = reader.repaired_records();
    return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    constexpr std::array<char, 8> delimiters = {',', '\t', ';', '|', ' ', '~', '\x1F', ','};
    constexpr std::array<char, 4> quotes = {'"', '"', '\'', '\0'};
    Choices choices;
    choices.dialect = {delimiters[data[0] & 7U], quotes[data[0] >> 3 & 3U], (data[0] & 32U) != 0 ? '\\' : '\0',
                       (data[0] & 64U) != 0};
    choices.repair = static_cast<QuoteRepair>((data[1] & 15U) % 3);
    choices.expected = data[1] >> 4;
    choices.skipped = data[0] >> 7;
    const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);
    // Not too many pieces: an unfinished record is read again with each.
    const std::size_t piece = std::max(std::size_t{1} + data[2] % 64, text.size() / 32);
    if (!(read_all(text, choices, text.size() + 1) == read_all(text, choices, piece))) std::abort();
    return 0;
}
