# SPDX-License-Identifier: GPL-3.0-or-later
# Script mode: writes OUTPUT, a C++ source holding the bytes of INPUT as twinfirm::embedded::SYMBOL.
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes
                     "${bytes}")
file(
  WRITE "${OUTPUT}"
  "#include <string_view>
namespace {
constexpr unsigned char bytes[] = {
${bytes}0};
}
namespace twinfirm::embedded {
extern const std::string_view ${SYMBOL};
const std::string_view ${SYMBOL}{reinterpret_cast<const char*>(bytes), sizeof(bytes) - 1};
}
")
