// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/sha256.h"

#include <nettle/sha2.h>

#include <array>
#include <fstream>
#include <vector>

namespace twinfirm {

struct Sha256::State {
    sha256_ctx hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    sha256_init(&state_->hash);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
    sha256_update(&state_->hash, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

void Sha256::update_integer(std::uint64_t value) {
    std::array<char, 8> bytes{};
    for (char& byte : bytes) {
        byte = static_cast<char>(value & 0xffU);
        value >>= 8U;
    }
    update({bytes.data(), bytes.size()});
}

std::string Sha256::hex_digest() {
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    sha256_digest(&state_->hash, digest.size(), digest.data());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.hex_digest();
}

Result<std::string> sha256_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail_at(ErrorKind::access, "file_not_readable", {{"path", path.string()}}, path.string());
    Sha256 hash;
    std::vector<char> block(1U << 20U);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        hash.update({block.data(), static_cast<std::size_t>(file.gcount())});
    }
    if (file.bad()) return fail_at(ErrorKind::access, "file_not_readable", {{"path", path.string()}}, path.string());
    return hash.hex_digest();
}

}  // namespace twinfirm
