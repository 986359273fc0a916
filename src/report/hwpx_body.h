// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/report/document.h"
#include "twinfirm/report/picture.h"

namespace twinfirm::report::hwpx {

struct Body {
    std::string xml;                       ///< Contents/section0.xml
    std::vector<const Picture*> pictures;  ///< as image1, image2 ... in BinData
    std::string preview;                   ///< the beginning of the text
};

[[nodiscard]] Body write_body(const Document& document, const Pictures& pictures);

}  // namespace twinfirm::report::hwpx
