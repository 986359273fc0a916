// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/pseudonym_key.h"

#include <fcntl.h>
#include <nettle/hmac.h>
#include <pwd.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace twinfirm {

namespace {

constexpr std::size_t pseudonym_bytes = 16;
constexpr std::size_t identification_bytes = 8;

tl::unexpected<Error> failure(const char* code, const std::filesystem::path& path, int reason) {
    return fail_at(ErrorKind::access, code, {{"path", path.string()}, {"reason", std::strerror(reason)}},
                   path.string());
}

std::string hex(const unsigned char* bytes, std::size_t count) {
    std::string out(count * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes, count);
    out.pop_back();
    return out;
}

/// A file that is closed again.
class Descriptor {
  public:
    explicit Descriptor(int file) : file_(file) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (file_ >= 0) ::close(file_);
    }
    [[nodiscard]] int get() const { return file_; }

  private:
    int file_;
};

Result<PseudonymKey> load(const Descriptor& file, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return failure("file_not_readable", path, errno);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail_at(ErrorKind::access, "key_file_not_private", {{"path", path.string()}}, path.string());
    }
    std::array<char, 80> text{};
    const ssize_t count = ::read(file.get(), text.data(), text.size());
    if (count < 0) return failure("file_not_readable", path, errno);
    PseudonymKey::Bytes bytes{};
    std::size_t decoded = 0;
    const bool hexadecimal = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), static_cast<std::size_t>(count),
                                            "\r\n ", &decoded, nullptr) == 0;
    sodium_memzero(text.data(), text.size());
    if (!hexadecimal || decoded != bytes.size()) {
        return fail_at(ErrorKind::input, "key_file_malformed", {{"path", path.string()}}, path.string());
    }
    PseudonymKey key(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

/// Folders that are missing, each for the user alone.
Status make_folders(const std::filesystem::path& folder) {
    if (folder.empty() || std::filesystem::exists(folder)) return {};
    TWINFIRM_TRY(make_folders(folder.parent_path()));
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return failure("file_not_writable", folder, errno);
    return {};
}

Status write_new_key(const std::filesystem::path& path) {
    TWINFIRM_TRY(make_folders(path.parent_path()));
    // Written under a name of its own and linked into place: two programs that start at once end with one key.
    std::filesystem::path temporary = path;
    temporary += ".new" + std::to_string(::getpid());
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (file.get() < 0) return failure("file_not_writable", path, errno);
    PseudonymKey::Bytes bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string text = hex(bytes.data(), bytes.size()) + "\n";
    sodium_memzero(bytes.data(), bytes.size());
    const bool written = ::fchmod(file.get(), S_IRUSR | S_IWUSR) == 0 &&
                         ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(file.get()) == 0;
    const int write_error = errno;
    sodium_memzero(text.data(), text.size());
    const bool linked = written && (::link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const int reason = written ? errno : write_error;
    ::unlink(temporary.c_str());
    return linked ? Status() : failure("file_not_writable", path, reason);
}

}  // namespace

PseudonymKey::~PseudonymKey() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

Result<PseudonymKey> PseudonymKey::load_or_create(const std::filesystem::path& path) {
    if (sodium_init() < 0) return failure("file_not_readable", path, EIO);
    for (bool made = false;; made = true) {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (file.get() >= 0) return load(file, path);
        if (errno != ENOENT || made) return failure("file_not_readable", path, errno);
        TWINFIRM_TRY(write_new_key(path));
    }
}

std::string PseudonymKey::pseudonym(std::string_view domain, std::string_view text) const {
    hmac_sha256_ctx state;
    hmac_sha256_set_key(&state, bytes_.size(), bytes_.data());
    const auto add = [&state](std::string_view part) {
        hmac_sha256_update(&state, part.size(), reinterpret_cast<const std::uint8_t*>(part.data()));
    };
    add(domain);
    add(std::string_view("\0", 1));
    add(text);
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> mac{};
    hmac_sha256_digest(&state, mac.size(), mac.data());
    sodium_memzero(&state, sizeof state);
    return hex(mac.data(), pseudonym_bytes);
}

std::string PseudonymKey::identification() const {
    return pseudonym("identification of the key", {}).substr(0, 2 * identification_bytes);
}

std::filesystem::path default_pseudonym_key_path() {
    std::filesystem::path folder;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
        folder = data;
    } else if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        folder = std::filesystem::path(home) / ".local" / "share";
    } else if (const passwd* user = ::getpwuid(::getuid()); user != nullptr && user->pw_dir != nullptr) {
        folder = std::filesystem::path(user->pw_dir) / ".local" / "share";
    }
    return folder / "twinfirm" / "pseudonym.key";
}

}  // namespace twinfirm
