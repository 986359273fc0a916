// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/text_encoding.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "cp949_table.h"

namespace twinfirm {

namespace {

constexpr std::array<std::string_view, 7> names = {"utf-8",    "cp949",    "utf-16le", "utf-16be",
                                                   "utf-32le", "utf-32be", "mixed"};
constexpr std::size_t unreadable_lines_named = 10;
constexpr std::size_t longest_line = std::size_t{16} * 1024 * 1024;

bool is_binary_magic(std::string_view head) {
    using namespace std::string_view_literals;
    constexpr std::array<std::string_view, 9> magics = {"\x89PNG"sv,          "PK\x03\x04"sv, "PK\x05\x06"sv,
                                                        "\xFF\xD8\xFF"sv,     "GIF8"sv,       "%PDF"sv,
                                                        "\xD0\xCF\x11\xE0"sv, "\x1F\x8B"sv,   "SQLite format 3"sv};
    return std::any_of(magics.begin(), magics.end(), [&](std::string_view magic) { return head.starts_with(magic); });
}

bool is_control(unsigned char byte) {
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\v' && byte != '\f' && byte != '\r' &&
           byte != 0x1A && byte != 0x1B && byte != 0;
}

bool is_scalar(char32_t code_point) {
    return code_point <= 0x10FFFF && !(code_point >= 0xD800 && code_point <= 0xDFFF);
}

std::uint64_t load_word(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

constexpr std::uint64_t high_bits = 0x8080808080808080U;
constexpr std::uint64_t low_bits = 0x0101010101010101U;

bool is_plain_word(std::uint64_t word) {
    return (word & high_bits) == 0 && ((word - low_bits) & ~word & high_bits) == 0;
}

/// Whether a byte of a plain word lies below the space: a line end, a tab or a control character.
bool has_low_byte(std::uint64_t word) {
    return ((word - 0x20 * low_bits) & high_bits) != 0;
}

/// Length of the valid UTF-8 character at the start of `bytes`; 0 = bad, -1 = more bytes are needed.
int utf8_length(std::string_view bytes) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    if (lead < 0x80) return 1;
    int length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return 0;
    }
    for (int i = 1; i < length; ++i) {
        if (static_cast<std::size_t>(i) >= bytes.size()) return -1;
        const auto byte = static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
        if (byte < low || byte > high) return 0;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

}  // namespace

std::string_view encoding_name(TextEncoding encoding) {
    return names[static_cast<std::size_t>(encoding)];
}

std::optional<TextEncoding> parse_encoding_name(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<TextEncoding>(i);
    }
    return std::nullopt;
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto put = [&](char32_t value) { out.push_back(static_cast<char>(static_cast<unsigned char>(value))); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
    if (static_cast<unsigned char>(text[position]) < 0x80) return static_cast<unsigned char>(text[position++]);
    const int length = utf8_length(text.substr(position));
    const auto lead = static_cast<unsigned char>(text[position]);
    if (length <= 0) {
        ++position;
        return 0xFFFD;
    }
    char32_t code_point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        code_point =
            (code_point << 6) | (static_cast<unsigned char>(text[position + static_cast<std::size_t>(i)]) & 0x3F);
    }
    position += static_cast<std::size_t>(length);
    return code_point;
}

void EncodingDetector::step(unsigned char byte) {
    if (byte == 0) {
        ++nuls_[static_cast<std::size_t>(bytes_ % 4)];
        ++trailing_nuls_;
    } else {
        trailing_nuls_ = 0;
        if (is_control(byte)) ++controls_;
    }
    if (!line_not_utf8_) {
        if (utf8_left_ > 0) {
            line_not_utf8_ = byte < utf8_low_ || byte > utf8_high_;
            --utf8_left_;
            utf8_low_ = 0x80;
            utf8_high_ = 0xBF;
        } else if (byte >= 0x80) {
            line_not_utf8_ = byte < 0xC2 || byte > 0xF4;
            utf8_left_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
            utf8_low_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
            utf8_high_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
        }
        if (line_not_utf8_) {
            utf8_left_ = 0;
            if (utf8_bad_line_ == 0) utf8_bad_line_ = lines_;
        }
    }
    if (!line_not_cp949_) {
        if (cp949_lead_ != 0) {
            line_not_cp949_ = cp949_code_point(cp949_lead_, byte) == 0;
            cp949_lead_ = 0;
        } else if (byte >= 0x80) {
            line_not_cp949_ = byte == 0x80 || byte == 0xFF;
            cp949_lead_ = byte;
        }
        if (line_not_cp949_) {
            cp949_lead_ = 0;
            if (cp949_bad_line_ == 0) cp949_bad_line_ = lines_;
        }
    }
    ++bytes_;
}

/// Whole lines of UTF-8 without control characters, of a file that is known not to be CP949: nothing but their number
/// is of interest. Returns their bytes.
std::size_t EncodingDetector::skip_utf8_lines(std::string_view bytes) {
    std::size_t skipped = 0;
    for (;;) {
        const std::size_t end = bytes.find('\n', skipped);
        if (end == std::string_view::npos) break;
        std::size_t i = skipped;
        while (i < end) {
            if (i + 8 <= end) {
                const std::uint64_t word = load_word(bytes.data() + i);
                if (is_plain_word(word) && !has_low_byte(word)) {
                    i += 8;
                    continue;
                }
            }
            const auto byte = static_cast<unsigned char>(bytes[i]);
            const int length = byte == 0 || is_control(byte) ? 0 : utf8_length(bytes.substr(i, end - i));
            if (length <= 0) break;
            i += static_cast<std::size_t>(length);
        }
        if (i < end) break;
        skipped = end + 1;
        ++lines_;
    }
    if (skipped > 0) trailing_nuls_ = 0;
    bytes_ += static_cast<std::int64_t>(skipped);
    return skipped;
}

void EncodingDetector::update(std::string_view bytes) {
    if (head_.size() < 16) head_.append(bytes.substr(0, 16 - head_.size()));
    std::size_t i = 0;
    while (i < bytes.size()) {
        if (at_line_start_ && cp949_bad_line_ != 0) {
            i += skip_utf8_lines(bytes.substr(i));
            at_line_start_ = false;
            continue;
        }
        if (utf8_left_ == 0 && cp949_lead_ == 0 && i + 8 <= bytes.size()) {
            const std::uint64_t word = load_word(bytes.data() + i);
            if (is_plain_word(word)) {
                for (std::size_t k = i; has_low_byte(word) && k < i + 8; ++k) {
                    if (bytes[k] == '\n') end_line();
                    if (is_control(static_cast<unsigned char>(bytes[k]))) ++controls_;
                }
                i += 8;
                bytes_ += 8;
                trailing_nuls_ = 0;
                at_line_start_ = bytes[i - 1] == '\n';
                continue;
            }
        }
        const auto byte = static_cast<unsigned char>(bytes[i++]);
        step(byte);
        at_line_start_ = byte == '\n';
        if (at_line_start_) end_line();
    }
}

void EncodingDetector::end_line() {
    if (line_not_utf8_) {
        if (!line_not_cp949_) {
            if (++cp949_lines_ == 1) first_cp949_line_ = lines_;
        } else {
            ++unreadable_lines_;
            if (first_unreadable_lines_.size() < unreadable_lines_named) first_unreadable_lines_.push_back(lines_);
        }
    }
    line_not_utf8_ = line_not_cp949_ = false;
    ++lines_;
}

/// No character lies above 0x10FFFF, so one byte of each is NUL, and nearly always the one beside it too.
std::optional<TextEncoding> EncodingDetector::utf32_by_nuls() const {
    const std::int64_t characters = bytes_ / 4;
    if (bytes_ % 4 != 0 || characters < 2) return std::nullopt;
    const auto fits = [&](std::size_t top, std::size_t plane, std::size_t low) {
        return nuls_[top] == characters && nuls_[plane] * 2 > characters && nuls_[low] * 4 < characters;
    };
    if (fits(3, 2, 0)) return TextEncoding::utf32_le;
    if (fits(0, 1, 3)) return TextEncoding::utf32_be;
    return std::nullopt;
}

Result<DetectedEncoding> EncodingDetector::finish() const {
    using namespace std::string_view_literals;
    DetectedEncoding found;
    found.bytes = bytes_;
    if (bytes_ == 0) return fail(ErrorKind::input, "file_empty");
    if (is_binary_magic(head_)) return fail(ErrorKind::input, "file_not_text");
    if ((head_.starts_with("\xFF\xFE\0\0"sv) || head_.starts_with("\0\0\xFE\xFF"sv)) && bytes_ % 4 == 0) {
        found.encoding = head_[0] == '\xFF' ? TextEncoding::utf32_le : TextEncoding::utf32_be;
        found.byte_order_mark = true;
        return found;
    }
    if (head_.starts_with("\xFF\xFE"sv) || head_.starts_with("\xFE\xFF"sv)) {
        found.encoding = head_[0] == '\xFF' ? TextEncoding::utf16_le : TextEncoding::utf16_be;
        found.byte_order_mark = true;
        return found;
    }
    if (const auto utf32 = utf32_by_nuls()) {
        found.encoding = *utf32;
        return found;
    }
    found.byte_order_mark = head_.starts_with("\xEF\xBB\xBF"sv);
    // A NUL that ends the last character of UTF-16LE text is no padding.
    const std::int64_t padding = trailing_nuls_ > 1 ? trailing_nuls_ : 0;
    if (padding == bytes_) return fail(ErrorKind::input, "file_not_text");
    const std::int64_t odd = nuls_[1] + nuls_[3] - (bytes_ % 2 == 0 ? (padding + 1) / 2 : padding / 2);
    const std::int64_t even = nuls_[0] + nuls_[2] - (bytes_ % 2 == 0 ? padding / 2 : (padding + 1) / 2);
    const std::int64_t text_bytes = bytes_ - padding;
    if (!found.byte_order_mark && padding == 0 && bytes_ % 2 == 0 && std::max(odd, even) * 20 > bytes_ / 2 &&
        std::max(odd, even) > 4 * std::min(odd, even)) {
        found.encoding = odd > even ? TextEncoding::utf16_le : TextEncoding::utf16_be;
        found.certain = false;
        return found;
    }
    found.trailing_nuls = padding;
    found.nul_bytes = odd + even;
    const bool utf8 = utf8_bad_line_ == 0 && utf8_left_ == 0;
    const bool cp949 = cp949_bad_line_ == 0 && cp949_lead_ == 0;
    const bool binary = (controls_ + found.nul_bytes) * (utf8 || cp949 ? 10 : 1000) > text_bytes;
    if (binary) return fail(ErrorKind::input, "file_not_text");
    if (utf8) return found;
    if (cp949) {
        found.encoding = TextEncoding::cp949;
        return found;
    }
    // The last line may end without a line break.
    const bool last_not_utf8 = line_not_utf8_ || utf8_left_ > 0;
    const bool last_not_cp949 = line_not_cp949_ || cp949_lead_ != 0;
    const bool last_unreadable = last_not_utf8 && last_not_cp949;
    if (unreadable_lines_ == 0 && !last_unreadable) {
        found.encoding = TextEncoding::mixed;
        found.certain = false;
        found.cp949_lines = cp949_lines_ + (last_not_utf8 ? 1 : 0);
        found.first_cp949_line = cp949_lines_ > 0 ? first_cp949_line_ : lines_;
        return found;
    }
    const std::int64_t utf8_line = utf8_bad_line_ == 0 ? lines_ : utf8_bad_line_;
    const std::int64_t cp949_line = cp949_bad_line_ == 0 ? lines_ : cp949_bad_line_;
    std::vector<std::int64_t> unreadable = first_unreadable_lines_;
    if (last_unreadable && unreadable.size() < unreadable_lines_named) unreadable.push_back(lines_);
    std::string named;
    for (const std::int64_t line : unreadable) named += (named.empty() ? "" : ", ") + std::to_string(line);
    return fail_at(ErrorKind::input, "encoding_unknown",
                   {{"line", std::to_string(unreadable.front())},
                    {"lines", std::move(named)},
                    {"count", std::to_string(unreadable_lines_ + (last_unreadable ? 1 : 0))},
                    {"utf8_line", std::to_string(utf8_line)},
                    {"cp949_line", std::to_string(cp949_line)}},
                   {}, unreadable.front());
}

/// Returns how many bytes were used; the rest is the beginning of a character, or bad.
std::size_t TextDecoder::decode_some(TextEncoding encoding, std::string_view bytes, std::string& out, bool& bad) const {
    if (encoding == TextEncoding::mixed) return decode_lines(bytes, out, bad);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    std::size_t i = 0;
    if (encoding == TextEncoding::utf8) {
        while (i < bytes.size()) {
            if (i + 8 <= bytes.size() && (load_word(bytes.data() + i) & high_bits) == 0) {
                i += 8;
                continue;
            }
            const int length = utf8_length(bytes.substr(i));
            if (length <= 0) {
                bad = length == 0;
                break;
            }
            i += static_cast<std::size_t>(length);
        }
        out.append(bytes.substr(0, i));
        return i;
    }
    if (encoding == TextEncoding::cp949) {
        while (i < bytes.size()) {
            if (byte(i) < 0x80) {
                out.push_back(bytes[i++]);
                continue;
            }
            if (byte(i) == 0x80 || byte(i) == 0xFF) bad = true;
            if (bad || i + 1 == bytes.size()) break;
            const char32_t code_point = cp949_code_point(byte(i), byte(i + 1));
            bad = code_point == 0;
            if (bad) break;
            append_utf8(out, code_point);
            i += 2;
        }
        return i;
    }
    if (encoding == TextEncoding::utf32_le || encoding == TextEncoding::utf32_be) {
        const bool big = encoding == TextEncoding::utf32_be;
        for (; i + 4 <= bytes.size(); i += 4) {
            char32_t code_point = 0;
            for (std::size_t k = 0; k < 4; ++k) code_point = (code_point << 8) | byte(big ? i + k : i + 3 - k);
            bad = !is_scalar(code_point);
            if (bad) break;
            append_utf8(out, code_point);
        }
        return i;
    }
    const std::size_t high = encoding == TextEncoding::utf16_be ? 0 : 1;
    const auto unit = [&](std::size_t at) {
        return static_cast<char32_t>((byte(at + high) << 8) | byte(at + 1 - high));
    };
    while (i + 2 <= bytes.size()) {
        char32_t code_point = unit(i);
        std::size_t length = 2;
        if (code_point >= 0xD800 && code_point < 0xDC00) {
            if (i + 4 > bytes.size()) break;
            const char32_t second = unit(i + 2);
            bad = second < 0xDC00 || second > 0xDFFF;
            code_point = 0x10000 + ((code_point - 0xD800) << 10) + (second - 0xDC00);
            length = 4;
        } else {
            bad = !is_scalar(code_point);
        }
        if (bad) break;
        append_utf8(out, code_point);
        i += length;
    }
    return i;
}

/// One line of a mixture, without its line break: UTF-8 if it is valid, else CP949.
bool TextDecoder::decode_line(std::string_view line, std::string& out) const {
    const std::size_t begin = out.size();
    for (const TextEncoding encoding : {TextEncoding::utf8, TextEncoding::cp949}) {
        bool bad = false;
        if (decode_some(encoding, line, out, bad) == line.size() && !bad) return true;
        out.resize(begin);
    }
    return false;
}

std::size_t TextDecoder::decode_lines(std::string_view bytes, std::string& out, bool& bad) const {
    std::size_t used = 0;
    for (;;) {
        const std::size_t end = bytes.find('\n', used);
        // Without a limit a file without line breaks would be kept in memory as a whole.
        if (end == std::string_view::npos) {
            bad = bytes.size() - used > longest_line;
            return used;
        }
        bad = !decode_line(bytes.substr(used, end - used), out);
        if (bad) return used;
        out.push_back('\n');
        used = end + 1;
    }
}

tl::unexpected<Error> TextDecoder::undecodable(std::int64_t line) const {
    return fail_at(ErrorKind::input, "text_undecodable",
                   {{"encoding", std::string(encoding_name(encoding_))}, {"line", std::to_string(line)}}, {}, line);
}

Status TextDecoder::decode(std::string_view bytes, std::string& out) {
    std::string joined;
    if (!pending_.empty()) {
        joined = pending_;
        joined += bytes;
        bytes = joined;
    }
    const std::size_t begin = out.size();
    bool bad = false;
    const std::size_t used = decode_some(encoding_, bytes, out, bad);
    if (at_start_ && out.size() > begin) {
        at_start_ = false;
        if (std::string_view(out).substr(begin).starts_with("\xEF\xBB\xBF")) out.erase(begin, 3);
    }
    lines_ += std::count(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), '\n');
    if (bad) return undecodable(lines_ + 1);
    std::string rest(bytes.substr(used));
    pending_ = std::move(rest);
    return {};
}

Status TextDecoder::finish(std::string& out) {
    if (pending_.empty()) return {};
    if (encoding_ == TextEncoding::mixed && decode_line(pending_, out)) {
        pending_.clear();
        return {};
    }
    return undecodable(lines_ + 1);
}

}  // namespace twinfirm
