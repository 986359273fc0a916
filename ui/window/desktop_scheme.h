// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "window/colors.h"

class QDBusVariant;

namespace twinfirm::ui {

/// Whether the desktop is dark: what its settings portal says (GNOME, KDE and others, the setting
/// `org.freedesktop.appearance color-scheme`), else a dark theme named in GTK_THEME, else light. Waits for the portal
/// 200 ms at most.
[[nodiscard]] Scheme scheme_of_desktop();

/// Tells when the desktop changes its scheme.
class DesktopScheme : public QObject {
    Q_OBJECT

  public:
    explicit DesktopScheme(QObject* parent = nullptr);

  Q_SIGNALS:
    void changed();

  private Q_SLOTS:
    void take_setting(const QString& group, const QString& key, const QDBusVariant& value);
};

}  // namespace twinfirm::ui
