// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/palette.h"

namespace twinfirm::charts {

Color role_color(Role role) {
    switch (role) {
        case Role::adopter:
        case Role::effect:
        case Role::adjusted:
            return {0x00, 0x72, 0xB2};
        case Role::non_adopter:
            return {0xE6, 0x9F, 0x00};
        case Role::adopter_before:
            return {0x9D, 0xB7, 0xCF};
        case Role::adopter_after:
            return {0x0B, 0x4F, 0x7D};
        case Role::non_adopter_before:
            return {0xFF, 0xE4, 0xB0};
        case Role::non_adopter_after:
            return {0xB3, 0x6B, 0x00};
        case Role::unadjusted:
        case Role::naive:
            return {0xA6, 0xA6, 0xA6};
        case Role::total:
            return {0x0B, 0x3C, 0x66};
    }
    return {};
}

Color outline_color(Role role) {
    switch (role) {
        case Role::non_adopter:
        case Role::non_adopter_before:
        case Role::non_adopter_after:
            return {0x5C, 0x3A, 0x00};
        case Role::adopter_before:
            return {0x0B, 0x3C, 0x66};
        case Role::unadjusted:
        case Role::naive:
            return {0x59, 0x59, 0x59};
        default:
            return role_color(role);
    }
}

}  // namespace twinfirm::charts
