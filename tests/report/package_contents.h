// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <minizip/unzip.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::report::testing {

/// The entries of a zip archive.
struct PackageContents {
    std::vector<std::string> order;
    std::map<std::string, std::string> entries;
    bool first_is_stored = false;

    [[nodiscard]] const std::string& at(const std::string& path) const { return entries.at(path); }
};

/// A file in a folder of its own, removed at the end.
class FileOfBytes {
  public:
    FileOfBytes(const std::string& bytes, const std::string& name) {
        std::string pattern = (std::filesystem::temp_directory_path() / "twinfirm-report-XXXXXX").string();
        EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
        path_ = folder_ / name;
        EXPECT_TRUE(write_file_atomically(path_, bytes));
    }
    FileOfBytes(const FileOfBytes&) = delete;
    FileOfBytes& operator=(const FileOfBytes&) = delete;
    ~FileOfBytes() {
        std::error_code failure;
        std::filesystem::remove_all(folder_, failure);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

inline PackageContents unpacked(const std::string& bytes) {
    const FileOfBytes file(bytes, "package.zip");
    PackageContents contents;
    const unzFile zip = unzOpen64(file.path().c_str());
    EXPECT_NE(zip, nullptr);
    if (zip == nullptr) return contents;
    for (int code = unzGoToFirstFile(zip); code == UNZ_OK; code = unzGoToNextFile(zip)) {
        unz_file_info64 info{};
        std::string name(300, '\0');
        EXPECT_EQ(unzGetCurrentFileInfo64(zip, &info, name.data(), name.size(), nullptr, 0, nullptr, 0), UNZ_OK);
        name.resize(info.size_filename);
        std::string text(info.uncompressed_size, '\0');
        EXPECT_EQ(unzOpenCurrentFile(zip), UNZ_OK);
        EXPECT_EQ(unzReadCurrentFile(zip, text.data(), static_cast<unsigned>(text.size())),
                  static_cast<int>(text.size()));
        EXPECT_EQ(unzCloseCurrentFile(zip), UNZ_OK) << name;
        if (contents.order.empty()) contents.first_is_stored = info.compression_method == 0;
        contents.order.push_back(name);
        contents.entries[name] = std::move(text);
    }
    unzClose(zip);
    return contents;
}

}  // namespace twinfirm::report::testing
