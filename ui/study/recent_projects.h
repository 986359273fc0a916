// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace twinfirm::ui {

/// The projects that were open last, the latest first. Only their paths are kept, in the user's settings.
class RecentProjects : public QObject {
    Q_OBJECT

  public:
    static constexpr int most = 8;

    using QObject::QObject;

    /// Those that are still there.
    [[nodiscard]] QStringList paths() const;
    void add(const QString& path);
    void clear();

  Q_SIGNALS:
    void changed();
};

}  // namespace twinfirm::ui
