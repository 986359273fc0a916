# SPDX-License-Identifier: GPL-3.0-or-later
# Script mode: writes OUTPUT, a C++ source holding the files below FOLDER by their paths as twinfirm::embedded::SYMBOLs.
file(GLOB_RECURSE files RELATIVE "${FOLDER}" "${FOLDER}/*.csv" "${FOLDER}/*.json")
list(SORT files)
set(bytes "")
set(entries "")
set(count 0)
foreach(name IN LISTS files)
  file(READ "${FOLDER}/${name}" hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR length "${length} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" hex
                       "${hex}")
  string(APPEND bytes "constexpr unsigned char file_${count}[] = {\n${hex}0};\n")
  string(APPEND entries "    {\"${name}\", {reinterpret_cast<const char*>(file_${count}), ${length}}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(
  WRITE "${OUTPUT}"
  "#include <cstddef>
#include <string_view>
#include <utility>
namespace {
${bytes}}
namespace twinfirm::embedded {
extern const std::pair<const char*, std::string_view> ${SYMBOL}s[];
const std::pair<const char*, std::string_view> ${SYMBOL}s[] = {
${entries}};
extern const std::size_t ${SYMBOL}_count;
const std::size_t ${SYMBOL}_count = ${count};
}
")
