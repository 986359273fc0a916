// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/desktop_scheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>

namespace twinfirm::ui {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString object = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface_name = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance_group = QStringLiteral("org.freedesktop.appearance");
const QString scheme_key = QStringLiteral("color-scheme");

constexpr int wait_milliseconds = 200;
constexpr unsigned prefers_dark = 1;

/// The portal wraps the answer once or twice.
QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

}  // namespace

Scheme scheme_of_desktop() {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        QDBusMessage question = QDBusMessage::createMethodCall(service, object, interface_name, QStringLiteral("Read"));
        question << appearance_group << scheme_key;
        const QDBusMessage answer = bus.call(question, QDBus::Block, wait_milliseconds);
        if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty()) {
            return unwrapped(answer.arguments().constFirst()).toUInt() == prefers_dark ? Scheme::dark : Scheme::light;
        }
    }
    return qEnvironmentVariable("GTK_THEME").endsWith(QLatin1String("dark"), Qt::CaseInsensitive) ? Scheme::dark
                                                                                                  : Scheme::light;
}

DesktopScheme::DesktopScheme(QObject* parent) : QObject(parent) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(service, object, interface_name, QStringLiteral("SettingChanged"), this,
                SLOT(take_setting(QString, QString, QDBusVariant)));
}

void DesktopScheme::take_setting(const QString& group, const QString& key, const QDBusVariant&) {
    if (group == appearance_group && key == scheme_key) Q_EMIT changed();
}

}  // namespace twinfirm::ui
