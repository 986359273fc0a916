// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// How a text file holds its characters. `cp949` is Unified Hangul Code (the code page of Korean Windows: EUC-KR and
/// its extension to all 11,172 syllables), after the mapping of Unicode's CP949.TXT, without private-use characters.
enum class TextEncoding { utf8, cp949, utf16_le, utf16_be, utf32_le };

/// "utf-8", "cp949", "utf-16le", "utf-16be", "utf-32le".
[[nodiscard]] std::string_view encoding_name(TextEncoding encoding);
[[nodiscard]] std::optional<TextEncoding> parse_encoding_name(std::string_view name);

/// What the bytes of a whole file say about their encoding.
struct DetectedEncoding {
    TextEncoding encoding = TextEncoding::utf8;
    bool byte_order_mark = false;
    bool certain = true;  ///< false: UTF-16 by the places of its NUL bytes alone
    std::int64_t bytes = 0;
    std::int64_t trailing_nuls = 0;  ///< padding at the end of the file, no part of the text
    std::int64_t nul_bytes = 0;      ///< NUL characters within an 8-bit text
};

/// Decides the encoding from all bytes of a file, fed in blocks of any size:
/// byte order mark; NUL bytes at even or odd places only (UTF-16 without a mark); strictly valid UTF-8; strictly valid
/// CP949. Nothing is guessed from a sample: one Korean cell in the last row of a gigabyte decides.
class EncodingDetector {
  public:
    void update(std::string_view bytes);

    /// Errors: `file_empty`; `file_not_text` (control characters, pictures, archives);
    /// `encoding_unknown` (line: of the first byte that fits neither; utf8_line, cp949_line: of the first byte that
    /// does not fit that encoding).
    [[nodiscard]] Result<DetectedEncoding> finish() const;

  private:
    void step(unsigned char byte);

    std::string head_;
    std::int64_t bytes_ = 0;
    std::int64_t lines_ = 1;
    std::int64_t nuls_even_ = 0;
    std::int64_t nuls_odd_ = 0;
    std::int64_t trailing_nuls_ = 0;
    std::int64_t controls_ = 0;
    int utf8_left_ = 0;
    unsigned char utf8_low_ = 0x80;
    unsigned char utf8_high_ = 0xBF;
    unsigned char cp949_lead_ = 0;
    std::int64_t utf8_bad_line_ = 0;
    std::int64_t cp949_bad_line_ = 0;
};

/// Turns the bytes of an encoding into UTF-8, block by block, holding back at most three bytes of an unfinished
/// character. A byte order mark at the start is left out. Strict: nothing is ever replaced.
class TextDecoder {
  public:
    explicit TextDecoder(TextEncoding encoding) : encoding_(encoding) {}

    /// Appends to `out`. Errors: `text_undecodable` (encoding, line).
    [[nodiscard]] Status decode(std::string_view bytes, std::string& out);
    /// To be called at the end. Errors: `text_undecodable` where the text ends within a character.
    [[nodiscard]] Status finish() const;

  private:
    std::size_t decode_some(std::string_view bytes, std::string& out, bool& bad);

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
