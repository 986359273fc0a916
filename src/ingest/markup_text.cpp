// SPDX-License-Identifier: GPL-3.0-or-later
#include "markup_text.h"

#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

Result<std::string> read_markup(const std::filesystem::path& path, const CancellationToken& token) {
    constexpr std::int64_t bytes_limit = std::int64_t{256} * 1024 * 1024;
    auto file = ByteFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (file->bytes_total() > bytes_limit) {
        return fail(ErrorKind::input, "workbook_too_much_text",
                    {{"limit", std::to_string(bytes_limit / (std::int64_t{1024} * 1024))}});
    }
    EncodingDetector detector;
    for (;;) {
        TWINFIRM_TRY(token.check());
        const auto bytes = file->next();
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->empty()) break;
        detector.update(*bytes);
    }
    const auto encoding = detector.finish();
    if (!encoding) return tl::unexpected(encoding.error());
    auto text = TextFile::open(path, encoding->encoding);
    if (!text) return tl::unexpected(text.error());
    std::string out;
    for (;;) {
        TWINFIRM_TRY(token.check());
        const auto more = (*text)->read(out);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return out;
    }
}

}  // namespace twinfirm::ingest
