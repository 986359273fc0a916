// SPDX-License-Identifier: GPL-3.0-or-later
#include "content_hash.h"

#include <sodium.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>

#include "twinfirm/base/sha256.h"

namespace twinfirm::store {

namespace {

using Digest = std::array<unsigned char, 32>;

/// Little-endian, whatever the machine.
void put(std::string& bytes, std::uint64_t value) {
    if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
    const std::size_t end = bytes.size();
    bytes.resize(end + sizeof value);
    std::memcpy(bytes.data() + end, &value, sizeof value);
}

std::uint64_t word(const Digest& digest, std::size_t at) {
    std::uint64_t value = 0;
    std::memcpy(&value, digest.data() + at * sizeof value, sizeof value);
    if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
    return value;
}

void put_cell(std::string& bytes, const ColumnChunk& column, std::size_t row) {
    ValueStatus status = column.status(row);
    if (column.type() == ColumnType::real && status == ValueStatus::value && std::isnan(column.real(row))) {
        status = ValueStatus::missing;
    }
    bytes += static_cast<char>(status);
    if (status != ValueStatus::value) return;
    if (column.type() == ColumnType::integer) {
        put(bytes, static_cast<std::uint64_t>(column.integer(row)));
    } else if (column.type() == ColumnType::real) {
        const double value = column.real(row) + 0.0;  // -0 becomes 0
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        put(bytes, bits);
    } else {
        const std::string_view text = column.text(row);
        put(bytes, text.size());
        bytes += text;
    }
}

}  // namespace

void ContentHash::add(const Sum& addend) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < sum_.size(); ++i) {
        const std::uint64_t partial = sum_[i] + addend[i];
        const std::uint64_t total = partial + carry;
        carry = static_cast<std::uint64_t>(partial < addend[i]) + static_cast<std::uint64_t>(total < partial);
        sum_[i] = total;
    }
}

void ContentHash::add(const ContentHash& more) {
    add(more.sum_);
    rows_ += more.rows_;
}

void ContentHash::add(const std::vector<ColumnChunk>& columns, std::size_t first, std::size_t last) {
    std::string bytes;
    for (std::size_t row = first; row < last; ++row) {
        bytes.clear();
        for (const ColumnChunk& column : columns) put_cell(bytes, column, row);
        Digest digest{};
        crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                           bytes.size(), nullptr, 0);
        add(Sum{word(digest, 0), word(digest, 1), word(digest, 2), word(digest, 3)});
    }
    rows_ += static_cast<std::int64_t>(last - first);
}

std::string ContentHash::hex_digest(const std::vector<ColumnDefinition>& columns) const {
    Sha256 hash;
    const auto add_text = [&hash](std::string_view text) {
        hash.update_integer(text.size());
        hash.update(text);
    };
    add_text("twinfirm table content 1");
    hash.update_integer(columns.size());
    for (const ColumnDefinition& column : columns) {
        add_text(column.name);
        add_text(column.field);
        hash.update_integer(static_cast<std::uint64_t>(column.type));
        add_text(column.unit);
    }
    hash.update_integer(static_cast<std::uint64_t>(rows_));
    for (const std::uint64_t part : sum_) hash.update_integer(part);
    return hash.hex_digest();
}

}  // namespace twinfirm::store
