// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/user_settings.h"

#include <QSettings>

namespace twinfirm::ui {

std::unique_ptr<QSettings> user_settings() {
    return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("twinfirm"),
                                       QStringLiteral("twinfirm"));
}

}  // namespace twinfirm::ui
