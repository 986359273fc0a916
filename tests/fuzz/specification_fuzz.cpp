// SPDX-License-Identifier: GPL-3.0-or-later
// A study file of any bytes. What is read once is written and read again without a change.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "twinfirm/design/specification.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace twinfirm::design;
    const auto first = specification_from_json(std::string(reinterpret_cast<const char*>(data), size));
    if (!first) return 0;
    static_cast<void>(validate(*first));
    const auto again = specification_from_json(specification_to_json(*first));
    if (!again || specification_hash(*again) != specification_hash(*first)) std::abort();
    return 0;
}
