// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// The secret with which identifying texts are replaced: HMAC-SHA256 (RFC 2104; Nettle), cut to 128 bits. Without
/// the key a pseudonym cannot be found by trying all registration numbers, as a plain hash can. The same text gives the
/// same pseudonym under one key, so that tables still join.
class PseudonymKey {
  public:
    using Bytes = std::array<unsigned char, 32>;

    explicit PseudonymKey(const Bytes& bytes) : bytes_(bytes) {}
    PseudonymKey(const PseudonymKey&) = default;
    PseudonymKey& operator=(const PseudonymKey&) = default;
    ~PseudonymKey();

    /// Reads the key file (64 hexadecimal digits); makes a random one (mode 0600, folders 0700) where there is none.
    /// Errors: `key_file_not_private` (others may read it), `key_file_malformed`, `file_not_readable`,
    /// `file_not_writable`.
    [[nodiscard]] static Result<PseudonymKey> load_or_create(const std::filesystem::path& path);

    /// 32 hexadecimal digits. Texts of different domains (fields) have different pseudonyms.
    [[nodiscard]] std::string pseudonym(std::string_view domain, std::string_view text) const;
    /// Tells keys apart without telling the key: 16 hexadecimal digits.
    [[nodiscard]] std::string identification() const;

  private:
    Bytes bytes_;
};

/// `twinfirm/pseudonym.key` in the user's data folder ($XDG_DATA_HOME or ~/.local/share).
[[nodiscard]] std::filesystem::path default_pseudonym_key_path();

}  // namespace twinfirm
