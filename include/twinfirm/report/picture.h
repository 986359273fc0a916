// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace twinfirm::report {

/// A drawn chart for writers that cannot draw themselves.
struct Picture {
    std::string png;       ///< the bytes of the file
    int width_pixels = 0;  ///< of the image
    int height_pixels = 0;
    double width_mm = 0;  ///< on the page
    double height_mm = 0;
};

/// By figure name.
using Pictures = std::map<std::string, Picture>;

}  // namespace twinfirm::report
