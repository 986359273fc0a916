// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/text_source.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace twinfirm::ingest {

namespace {

constexpr std::size_t block_bytes = std::size_t{256} * 1024;

}  // namespace

Result<ByteFile> ByteFile::open(const std::filesystem::path& path, Digest digest) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        return fail_at(ErrorKind::access, "file_not_found", {{"path", path.string()}}, path.string());
    }
    ByteFile file;
    file.path_ = path;
    if (digest == Digest::sha256) file.sha_.emplace();
    if (!std::filesystem::is_directory(status)) file.file_.reset(std::fopen(path.c_str(), "rb"));
    if (!file.file_) return fail_at(ErrorKind::access, "file_not_readable", {{"path", path.string()}}, path.string());
    const auto size = std::filesystem::file_size(path, error);
    file.total_ = error ? 0 : static_cast<std::int64_t>(size);
    // No more room than the file needs: sizes that a pipe or a device states mean nothing.
    constexpr std::int64_t least = 4096;
    const std::int64_t wanted = file.total_ > 0 ? std::max(file.total_ + 1, least) : std::int64_t{block_bytes};
    file.block_.resize(static_cast<std::size_t>(std::min(wanted, std::int64_t{block_bytes})));
    return file;
}

Result<std::string_view> ByteFile::next() {
    const std::size_t count = std::fread(block_.data(), 1, block_.size(), file_.get());
    if (count == 0 && std::ferror(file_.get()) != 0) {
        return fail_at(ErrorKind::access, "file_not_readable", {{"path", path_.string()}}, path_.string());
    }
    const std::string_view bytes(block_.data(), count);
    if (sha_) sha_->update(bytes);
    read_ += static_cast<std::int64_t>(count);
    return bytes;
}

Result<std::unique_ptr<TextFile>> TextFile::open(const std::filesystem::path& path, TextEncoding encoding,
                                                 Digest digest) {
    auto file = ByteFile::open(path, digest);
    if (!file) return tl::unexpected(file.error());
    return std::unique_ptr<TextFile>(new TextFile(std::move(*file), encoding));
}

Result<bool> TextFile::read(std::string& out) {
    const auto bytes = file_.next();
    if (!bytes) return tl::unexpected(bytes.error());
    if (bytes->empty()) {
        const std::size_t before = out.size();
        TWINFIRM_TRY(decoder_.finish(out));
        return out.size() > before;
    }
    TWINFIRM_TRY(decoder_.decode(*bytes, out));
    return true;
}

Result<bool> TextInMemory::read(std::string& out) {
    if (done_) return false;
    out += text_;
    done_ = true;
    return true;
}

std::string TextInMemory::hex_digest() {
    Sha256 sha;
    sha.update(text_);
    return sha.hex_digest();
}

}  // namespace twinfirm::ingest
