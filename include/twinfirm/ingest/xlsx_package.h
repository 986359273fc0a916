// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm::ingest {

/// How much a workbook may make of its bytes.
struct PackageLimits {
    std::uint64_t entries = 10'000;
    std::uint64_t part_bytes = std::uint64_t{2} << 30;
    std::uint64_t total_bytes = std::uint64_t{4} << 30;
    std::uint64_t ratio = 100;  ///< inflated : deflated, for parts beyond `ratio_free_bytes`
    std::uint64_t ratio_free_bytes = 10'000'000;
};

/// The inflated bytes of one part, block by block. The checksum is compared at the end.
class PackagePart {
  public:
    PackagePart(PackagePart&&) noexcept;
    PackagePart& operator=(PackagePart&&) noexcept;
    ~PackagePart();

    /// The next block, valid until the next call; empty at the end. Errors: `workbook_damaged` (part).
    [[nodiscard]] Result<std::string_view> next();
    /// 0 .. 1
    [[nodiscard]] double progress() const;

  private:
    friend class XlsxPackage;
    struct State;
    explicit PackagePart(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The zip archive of an Office Open XML file. Nothing is ever unpacked to disk.
class XlsxPackage {
  public:
    /// Looks at all entries before any is inflated. Errors: `file_not_found`; `workbook_damaged` (cut short, or no
    /// archive), `workbook_encrypted` (part), `workbook_unsafe_name` (part: `..`, absolute, backslash, link, repeated),
    /// `workbook_overlap` (part), `workbook_bomb` (part, ratio, limit), `workbook_part_too_large` (part, size, limit),
    /// `workbook_too_large` (size, limit), `workbook_too_many_parts` (count, limit).
    [[nodiscard]] static Result<std::shared_ptr<const XlsxPackage>> open(const std::filesystem::path& path,
                                                                         const PackageLimits& limits = {});

    /// Names are compared without regard to case, as the standard wants it.
    [[nodiscard]] bool has(std::string_view part) const;
    [[nodiscard]] std::uint64_t size_of(std::string_view part) const;
    /// Errors: `workbook_part_missing` (part), `workbook_damaged` (part).
    [[nodiscard]] Result<PackagePart> open_part(std::string_view part) const;

  private:
    struct Entry {
        std::string name;
        std::uint64_t place_in_directory = 0;
        std::uint64_t number = 0;
        std::uint64_t bytes = 0;
    };
    explicit XlsxPackage(std::filesystem::path path) : path_(std::move(path)) {}
    [[nodiscard]] const Entry* find(std::string_view part) const;
    [[nodiscard]] Status read_directory(const PackageLimits& limits);

    std::filesystem::path path_;
    std::map<std::string, Entry, std::less<>> entries_;  ///< by lower-case name
};

}  // namespace twinfirm::ingest
