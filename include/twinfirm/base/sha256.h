// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// Streaming SHA-256 (FIPS 180-4), by Nettle, which uses the instructions that processors have for it.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::string_view bytes);
    /// Eight bytes, least significant first.
    void update_integer(std::uint64_t value);
    /// 64 lower-case hexadecimal digits. Call once.
    [[nodiscard]] std::string hex_digest();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);
/// Of a whole file, read in blocks. Errors: `file_not_readable`.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace twinfirm
