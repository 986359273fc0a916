// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/xlsx_package.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace twinfirm::ingest {

namespace {

constexpr std::size_t block_bytes = std::size_t{64} * 1024;
constexpr std::size_t longest_name = 1024;

struct CloseArchive {
    void operator()(void* file) const { unzClose(file); }
};
using Archive = std::unique_ptr<void, CloseArchive>;

Archive open_archive(const std::filesystem::path& path) {
    return Archive(unzOpen64(path.c_str()));
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// A name that could lead out of a folder, though nothing is unpacked: such a file was made to do harm.
bool unsafe(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
        name.find(':') != std::string_view::npos) {
        return true;
    }
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        if (name.substr(begin, end - begin) == "..") return true;
        begin = end + 1;
    }
    return false;
}

bool symbolic_link(const unz_file_info64& info) {
    constexpr uLong unix_host = 3;
    return (info.version >> 8) == unix_host && (info.external_fa >> 16 & 0170000) == 0120000;
}

tl::unexpected<Error> damaged(std::string_view part) {
    return fail(ErrorKind::input, "workbook_damaged", {{"part", std::string(part)}});
}

std::string megabytes(std::uint64_t bytes) {
    return std::to_string(bytes / 1'000'000);
}

/// Whether two entries of the directory begin at the same place: then one of them cannot be opened as what it says.
class SharedPlaces {
  public:
    explicit SharedPlaces(const std::filesystem::path& path) : file_(path, std::ios::binary) {}

    [[nodiscard]] bool shared(std::uint64_t place_in_directory) {
        constexpr std::uint64_t offset_field = 42;
        std::array<char, 4> offset{};
        file_.clear();
        file_.seekg(static_cast<std::streamoff>(place_in_directory + offset_field));
        file_.read(offset.data(), offset.size());
        return !places_.insert(std::string(offset.data(), offset.size())).second;
    }

  private:
    std::ifstream file_;
    std::set<std::string> places_;
};

Status check_entry(const std::string& name, const unz_file_info64& info, const PackageLimits& limits) {
    constexpr uLong encrypted = 1;
    if ((info.flag & encrypted) != 0) return fail(ErrorKind::input, "workbook_encrypted", {{"part", name}});
    if (unsafe(name) || symbolic_link(info)) return fail(ErrorKind::input, "workbook_unsafe_name", {{"part", name}});
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED) return damaged(name);
    if (info.uncompressed_size > limits.part_bytes) {
        return fail(
            ErrorKind::input, "workbook_part_too_large",
            {{"part", name}, {"size", megabytes(info.uncompressed_size)}, {"limit", megabytes(limits.part_bytes)}});
    }
    const std::uint64_t packed = std::max<std::uint64_t>(info.compressed_size, 1);
    if (info.uncompressed_size > limits.ratio_free_bytes && info.uncompressed_size / packed >= limits.ratio) {
        return fail(ErrorKind::input, "workbook_bomb",
                    {{"part", name},
                     {"ratio", std::to_string(info.uncompressed_size / packed)},
                     {"limit", std::to_string(limits.ratio)}});
    }
    return {};
}

}  // namespace

struct PackagePart::State {
    Archive archive;
    std::string name;
    std::string block;
    std::uint64_t bytes = 0;
    std::uint64_t read = 0;
    bool closed = false;
};

PackagePart::PackagePart(std::unique_ptr<State> state) : state_(std::move(state)) {}
PackagePart::PackagePart(PackagePart&&) noexcept = default;
PackagePart& PackagePart::operator=(PackagePart&&) noexcept = default;
PackagePart::~PackagePart() = default;

Result<std::string_view> PackagePart::next() {
    State& state = *state_;
    if (state.closed) return std::string_view();
    const int count =
        unzReadCurrentFile(state.archive.get(), state.block.data(), static_cast<unsigned>(state.block.size()));
    if (count < 0) return damaged(state.name);
    state.read += static_cast<std::uint64_t>(count);
    if (count > 0 && state.read < state.bytes) {
        return std::string_view(state.block.data(), static_cast<std::size_t>(count));
    }
    state.closed = true;
    if (unzCloseCurrentFile(state.archive.get()) != UNZ_OK || state.read != state.bytes) return damaged(state.name);
    return std::string_view(state.block.data(), static_cast<std::size_t>(count));
}

double PackagePart::progress() const {
    return static_cast<double>(state_->read) / static_cast<double>(std::max<std::uint64_t>(state_->bytes, 1));
}

Result<std::shared_ptr<const XlsxPackage>> XlsxPackage::open(const std::filesystem::path& path,
                                                             const PackageLimits& limits) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return fail_at(ErrorKind::access, "file_not_found", {{"path", path.string()}}, path.string());
    }
    std::shared_ptr<XlsxPackage> package(new XlsxPackage(path));
    TWINFIRM_TRY(package->read_directory(limits));
    return std::shared_ptr<const XlsxPackage>(std::move(package));
}

Status XlsxPackage::read_directory(const PackageLimits& limits) {
    const Archive archive = open_archive(path_);
    unz_global_info64 global{};
    if (!archive || unzGetGlobalInfo64(archive.get(), &global) != UNZ_OK || global.number_entry == 0) {
        return damaged(path_.filename().string());
    }
    if (global.number_entry > limits.entries) {
        return fail(ErrorKind::input, "workbook_too_many_parts",
                    {{"count", std::to_string(global.number_entry)}, {"limit", std::to_string(limits.entries)}});
    }
    struct Extent {
        std::uint64_t begin;
        std::uint64_t end;
        std::string name;
    };
    std::vector<Extent> extents;
    SharedPlaces places(path_);
    std::uint64_t total = 0;
    int status = unzGoToFirstFile(archive.get());
    for (ZPOS64_T i = 0; i < global.number_entry; ++i) {
        if (status != UNZ_OK) return damaged(path_.filename().string());
        unz_file_info64 info{};
        std::string name(longest_name, '\0');
        if (unzGetCurrentFileInfo64(archive.get(), &info, name.data(), longest_name, nullptr, 0, nullptr, 0) !=
                UNZ_OK ||
            info.size_filename >= longest_name) {
            return damaged(path_.filename().string());
        }
        name.resize(info.size_filename);
        TWINFIRM_TRY(check_entry(name, info, limits));
        total += info.uncompressed_size;
        unz64_file_pos place{};
        int method = 0;
        int level = 0;
        constexpr int raw = 1;
        if (unzGetFilePos64(archive.get(), &place) != UNZ_OK) return damaged(name);
        const bool shared = places.shared(place.pos_in_zip_directory);
        if (unzOpenCurrentFile2(archive.get(), &method, &level, raw) != UNZ_OK) {
            if (shared) return fail(ErrorKind::input, "workbook_overlap", {{"part", name}});
            return damaged(name);
        }
        const std::uint64_t begin = unzGetCurrentFileZStreamPos64(archive.get());
        unzCloseCurrentFile(archive.get());
        if (info.compressed_size > 0) extents.push_back({begin, begin + info.compressed_size, name});
        const bool is_new = entries_
                                .emplace(lower_case(name), Entry{name, place.pos_in_zip_directory, place.num_of_file,
                                                                 info.uncompressed_size})
                                .second;
        if (!is_new) return fail(ErrorKind::input, "workbook_unsafe_name", {{"part", name}});
        status = unzGoToNextFile(archive.get());
    }
    std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
    for (std::size_t i = 1; i < extents.size(); ++i) {
        if (extents[i].begin < extents[i - 1].end) {
            return fail(ErrorKind::input, "workbook_overlap", {{"part", extents[i].name}});
        }
    }
    if (total > limits.total_bytes) {
        return fail(ErrorKind::input, "workbook_too_large",
                    {{"size", megabytes(total)}, {"limit", megabytes(limits.total_bytes)}});
    }
    return {};
}

const XlsxPackage::Entry* XlsxPackage::find(std::string_view part) const {
    const auto found = entries_.find(lower_case(part));
    return found == entries_.end() ? nullptr : &found->second;
}

bool XlsxPackage::has(std::string_view part) const {
    return find(part) != nullptr;
}

std::uint64_t XlsxPackage::size_of(std::string_view part) const {
    const Entry* entry = find(part);
    return entry == nullptr ? 0 : entry->bytes;
}

Result<PackagePart> XlsxPackage::open_part(std::string_view part) const {
    const Entry* entry = find(part);
    if (entry == nullptr) {
        return fail(ErrorKind::input, "workbook_part_missing", {{"part", std::string(part)}});
    }
    auto state = std::make_unique<PackagePart::State>();
    state->archive = open_archive(path_);
    state->name = entry->name;
    state->bytes = entry->bytes;
    unz64_file_pos place{};
    place.pos_in_zip_directory = entry->place_in_directory;
    place.num_of_file = entry->number;
    if (!state->archive || unzGoToFilePos64(state->archive.get(), &place) != UNZ_OK ||
        unzOpenCurrentFile(state->archive.get()) != UNZ_OK) {
        return damaged(entry->name);
    }
    // At least one byte, so that the end is read as such.
    state->block.resize(static_cast<std::size_t>(std::clamp<std::uint64_t>(entry->bytes, 1, block_bytes)));
    return PackagePart(std::move(state));
}

}  // namespace twinfirm::ingest
