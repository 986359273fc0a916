// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/text_source.h"

namespace twinfirm::ingest {

/// In which encoding a text file is read, and what the analyst should know of it.
struct EncodingChoice {
    std::optional<TextEncoding> encoding;  ///< none: it must be asked for before anything can be read
    bool byte_order_mark = false;
    std::int64_t bytes = 0;
    std::string sha256;
    std::vector<Problem> problems;
    std::optional<Question> question;
};

/// What all bytes of a file say. Errors: `cancelled`, `file_not_readable`, those of EncodingDetector. Stage:
/// `ingest_read`.
[[nodiscard]] Result<DetectedEncoding> detect_encoding(ByteFile& file, const CancellationToken& token,
                                                       const ProgressSink& progress);

/// Reads the whole file. `answers` may name the encoding. Errors: those of ByteFile; `file_empty`, `file_not_text`;
/// `answer_unknown`.
[[nodiscard]] Result<EncodingChoice> choose_encoding(const std::filesystem::path& path,
                                                     const std::map<std::string, std::string>& answers,
                                                     const CancellationToken& token, const ProgressSink& progress);

[[nodiscard]] tl::unexpected<Error> unknown_answer(const std::string& question, const std::string& choice);

}  // namespace twinfirm::ingest
