// SPDX-License-Identifier: GPL-3.0-or-later
// The first byte chooses an encoding and the size of the blocks; the rest is the file. Neither what is detected nor
// what is decoded may depend on the blocks; what comes out is valid UTF-8 and has nothing replaced in it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "twinfirm/base/text_encoding.h"

namespace {

using namespace twinfirm;

Result<DetectedEncoding> detect(std::string_view bytes, std::size_t block) {
    EncodingDetector detector;
    for (std::size_t at = 0; at < bytes.size(); at += block) detector.update(bytes.substr(at, block));
    return detector.finish();
}

/// The text, or the code of the error with its line.
struct Decoded {
    std::string text;
    std::string error;
    std::string line;

    friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(std::string_view bytes, TextEncoding encoding, std::size_t block) {
    TextDecoder decoder(encoding);
    Decoded decoded;
    Status status;
    for (std::size_t at = 0; status && at < bytes.size(); at += block) {
        status = decoder.decode(bytes.substr(at, block), decoded.text);
    }
    if (status) status = decoder.finish(decoded.text);
    if (!status) decoded = {{}, status.error().code, status.error().arguments.at("line")};
    return decoded;
}

void hold_valid(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (next_code_point(text, at) == U'\uFFFD' && text.substr(begin, 3) != "\xEF\xBF\xBD") std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t block = std::size_t{1} + (data[0] >> 3);
    const auto detected = detect(bytes, bytes.size());
    const auto in_blocks = detect(bytes, block);
    if (detected.has_value() != in_blocks.has_value()) std::abort();
    if (detected) {
        if (detected->encoding != in_blocks->encoding || detected->nul_bytes != in_blocks->nul_bytes ||
            detected->trailing_nuls != in_blocks->trailing_nuls || detected->cp949_lines != in_blocks->cp949_lines) {
            std::abort();
        }
        const Decoded text = decode(bytes, detected->encoding, bytes.size());
        hold_valid(text.text);
        const bool by_bytes = detected->encoding == TextEncoding::utf8 || detected->encoding == TextEncoding::cp949 ||
                              detected->encoding == TextEncoding::mixed;
        if (by_bytes && !text.error.empty()) std::abort();
    } else if (detected.error().code != in_blocks.error().code || detected.error().line != in_blocks.error().line) {
        std::abort();
    }
    const auto chosen = static_cast<TextEncoding>((data[0] & 7U) % 7);
    const Decoded whole = decode(bytes, chosen, bytes.size());
    hold_valid(whole.text);
    if (!(whole == decode(bytes, chosen, block))) std::abort();
    return 0;
}
