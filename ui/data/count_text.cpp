// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/count_text.h"

#include <QLocale>

namespace twinfirm::ui {

QString count_text(std::int64_t count) {
    return QLocale().toString(static_cast<qlonglong>(count));
}

}  // namespace twinfirm::ui
