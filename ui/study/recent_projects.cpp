// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/recent_projects.h"

#include <QFileInfo>
#include <QSettings>

#include "study/user_settings.h"

namespace twinfirm::ui {

namespace {

const QString list_key = QStringLiteral("recent_projects");

}  // namespace

QStringList RecentProjects::paths() const {
    QStringList there;
    for (const QString& path : user_settings()->value(list_key).toStringList()) {
        if (QFileInfo::exists(path)) there << path;
    }
    return there;
}

void RecentProjects::add(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList list = paths();
    if (!list.isEmpty() && list.front() == absolute) return;
    list.removeAll(absolute);
    list.prepend(absolute);
    user_settings()->setValue(list_key, list.mid(0, most));
    Q_EMIT changed();
}

void RecentProjects::clear() {
    user_settings()->remove(list_key);
    Q_EMIT changed();
}

}  // namespace twinfirm::ui
