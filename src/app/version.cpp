// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/version.h"

namespace twinfirm::app {

std::string_view version() {
    return TWINFIRM_VERSION;
}

}  // namespace twinfirm::app
