// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// How a text file holds its characters. `cp949` is Unified Hangul Code (the code page of Korean Windows: EUC-KR and
/// its extension to all 11,172 syllables), after the mapping of Unicode's CP949.TXT, without private-use characters.
/// `mixed`: files put together of both; each line is read as UTF-8 where it is valid UTF-8, else as CP949.
enum class TextEncoding { utf8, cp949, utf16_le, utf16_be, utf32_le, utf32_be, mixed };

/// "utf-8", "cp949", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "mixed".
[[nodiscard]] std::string_view encoding_name(TextEncoding encoding);
[[nodiscard]] std::optional<TextEncoding> parse_encoding_name(std::string_view name);

/// What the bytes of a whole file say about their encoding.
struct DetectedEncoding {
    TextEncoding encoding = TextEncoding::utf8;
    bool byte_order_mark = false;
    bool certain = true;  ///< false: UTF-16 by the places of its NUL bytes alone, or a mixture
    std::int64_t bytes = 0;
    std::int64_t trailing_nuls = 0;  ///< padding at the end of the file, no part of the text
    std::int64_t nul_bytes = 0;      ///< NUL characters within an 8-bit text
    std::int64_t cp949_lines = 0;    ///< of a mixture: lines that are no UTF-8, and the first of them
    std::int64_t first_cp949_line = 0;
};

/// Decides the encoding from all bytes of a file, fed in blocks of any size:
/// byte order mark; the places of NUL bytes (UTF-32 and UTF-16 without a mark); strictly valid UTF-8; strictly valid
/// CP949; lines of which each is valid in one of the two. Nothing is guessed from a sample: one Korean cell in the last
/// row of a gigabyte decides.
class EncodingDetector {
  public:
    void update(std::string_view bytes);

    /// Errors: `file_empty`; `file_not_text` (control characters, pictures, archives);
    /// `encoding_unknown` (line: the first line that fits neither; count and lines: of all such lines, the first ten by
    /// number; utf8_line, cp949_line: of the first byte that does not fit that encoding).
    [[nodiscard]] Result<DetectedEncoding> finish() const;

  private:
    void step(unsigned char byte);
    void end_line();
    [[nodiscard]] std::size_t skip_utf8_lines(std::string_view bytes);
    [[nodiscard]] std::optional<TextEncoding> utf32_by_nuls() const;

    std::string head_;
    std::int64_t bytes_ = 0;
    std::int64_t lines_ = 1;
    std::array<std::int64_t, 4> nuls_{};  ///< by place modulo 4
    std::int64_t trailing_nuls_ = 0;
    std::int64_t controls_ = 0;
    int utf8_left_ = 0;
    unsigned char utf8_low_ = 0x80;
    unsigned char utf8_high_ = 0xBF;
    unsigned char cp949_lead_ = 0;
    std::int64_t utf8_bad_line_ = 0;
    std::int64_t cp949_bad_line_ = 0;
    bool at_line_start_ = true;
    bool line_not_utf8_ = false;
    bool line_not_cp949_ = false;
    std::int64_t cp949_lines_ = 0;  ///< lines that are CP949 and no UTF-8
    std::int64_t first_cp949_line_ = 0;
    std::int64_t unreadable_lines_ = 0;  ///< neither
    std::vector<std::int64_t> first_unreadable_lines_;
};

/// Turns the bytes of an encoding into UTF-8, block by block, holding back at most three bytes of an unfinished
/// character (of a mixture: an unfinished line). A byte order mark at the start is left out. Strict: nothing is ever
/// replaced.
class TextDecoder {
  public:
    explicit TextDecoder(TextEncoding encoding) : encoding_(encoding) {}

    /// Appends to `out`. Errors: `text_undecodable` (encoding, line).
    [[nodiscard]] Status decode(std::string_view bytes, std::string& out);
    /// To be called at the end; appends the last line of a mixture. Errors: `text_undecodable` where the text ends
    /// within a character.
    [[nodiscard]] Status finish(std::string& out);

  private:
    [[nodiscard]] std::size_t decode_some(TextEncoding encoding, std::string_view bytes, std::string& out,
                                          bool& bad) const;
    [[nodiscard]] std::size_t decode_lines(std::string_view bytes, std::string& out, bool& bad) const;
    [[nodiscard]] bool decode_line(std::string_view line, std::string& out) const;
    [[nodiscard]] tl::unexpected<Error> undecodable(std::int64_t line) const;

    TextEncoding encoding_;
    std::string pending_;
    std::int64_t lines_ = 0;
    bool at_start_ = true;
};

/// Appends one code point (a Unicode scalar value) as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// Reads one code point of valid UTF-8 at `position` and moves past it; a byte that begins no character is returned as
/// U+FFFD and passed over.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& position);

}  // namespace twinfirm
