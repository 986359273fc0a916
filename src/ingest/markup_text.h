// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// A whole page or XML text as UTF-8, at most 256 MiB; the bytes decide the encoding, not what the text says of itself.
/// Errors: those of ByteFile, EncodingDetector and TextDecoder; `workbook_too_much_text` (limit); `cancelled`.
[[nodiscard]] Result<std::string> read_markup(const std::filesystem::path& path, const CancellationToken& token);

}  // namespace twinfirm::ingest
