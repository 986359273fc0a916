// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "twinfirm/base/result.h"
#include "twinfirm/base/sha256.h"
#include "twinfirm/base/text_encoding.h"

namespace twinfirm::ingest {

/// Where a reader gets its text from, piece by piece.
class TextSource {
  public:
    TextSource() = default;
    TextSource(const TextSource&) = delete;
    TextSource& operator=(const TextSource&) = delete;
    virtual ~TextSource() = default;

    /// Appends more UTF-8 text to `out`; false at the end.
    [[nodiscard]] virtual Result<bool> read(std::string& out) = 0;
    /// Bytes of the file read so far, and altogether.
    [[nodiscard]] virtual std::int64_t bytes_read() const = 0;
    [[nodiscard]] virtual std::int64_t bytes_total() const = 0;
    /// SHA-256 of the bytes read; to be called once, at the end.
    [[nodiscard]] virtual std::string hex_digest() = 0;
};

/// Whether the SHA-256 of a file is taken while it is read.
enum class Digest { none, sha256 };

/// The bytes of a file in blocks, with their SHA-256 on the way.
class ByteFile {
  public:
    /// Errors: `file_not_found`, `file_not_readable`.
    [[nodiscard]] static Result<ByteFile> open(const std::filesystem::path& path, Digest digest = Digest::sha256);

    /// The next block; empty at the end. Valid until the next call.
    [[nodiscard]] Result<std::string_view> next();
    [[nodiscard]] std::int64_t bytes_read() const { return read_; }
    [[nodiscard]] std::int64_t bytes_total() const { return total_; }
    /// Of all bytes; call once, at the end. Empty with Digest::none.
    [[nodiscard]] std::string hex_digest() { return sha_ ? sha_->hex_digest() : std::string(); }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    ByteFile() = default;

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::string block_;
    std::int64_t read_ = 0;
    std::int64_t total_ = 0;
    std::optional<Sha256> sha_;
};

/// A file in a known encoding as UTF-8 text. Errors: those of ByteFile and TextDecoder.
class TextFile : public TextSource {
  public:
    [[nodiscard]] static Result<std::unique_ptr<TextFile>> open(const std::filesystem::path& path,
                                                                TextEncoding encoding, Digest digest = Digest::sha256);
    [[nodiscard]] Result<bool> read(std::string& out) override;
    [[nodiscard]] std::int64_t bytes_read() const override { return file_.bytes_read(); }
    [[nodiscard]] std::int64_t bytes_total() const override { return file_.bytes_total(); }
    [[nodiscard]] std::string hex_digest() override { return file_.hex_digest(); }

  private:
    TextFile(ByteFile file, TextEncoding encoding) : file_(std::move(file)), decoder_(encoding) {}

    ByteFile file_;
    TextDecoder decoder_;
};

/// A text in memory.
class TextInMemory : public TextSource {
  public:
    explicit TextInMemory(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] Result<bool> read(std::string& out) override;
    [[nodiscard]] std::int64_t bytes_read() const override { return done_ ? bytes_total() : 0; }
    [[nodiscard]] std::int64_t bytes_total() const override { return static_cast<std::int64_t>(text_.size()); }
    [[nodiscard]] std::string hex_digest() override;

  private:
    std::string text_;
    bool done_ = false;
};

}  // namespace twinfirm::ingest
