// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/recent_projects.h"

#include <QFileInfo>
#include <QSettings>

namespace twinfirm::ui {

namespace {

const QString list_key = QStringLiteral("recent_projects");

QSettings settings() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("twinfirm"),
                     QStringLiteral("twinfirm"));
}

}  // namespace

QStringList RecentProjects::paths() const {
    QStringList there;
    for (const QString& path : settings().value(list_key).toStringList()) {
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
    settings().setValue(list_key, list.mid(0, most));
    Q_EMIT changed();
}

void RecentProjects::clear() {
    settings().remove(list_key);
    Q_EMIT changed();
}

}  // namespace twinfirm::ui
