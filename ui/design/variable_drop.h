// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

class QDropEvent;
class QWidget;

namespace twinfirm::ui {

/// Lets variables be dropped on a field; while they are held over it, its frame shows that it takes them.
class VariableDrop : public QObject {
    Q_OBJECT

  public:
    /// @param takes  whether any of these variables has its place there
    VariableDrop(QWidget& field, std::function<bool(const QStringList&)> takes,
                 std::function<void(const QStringList&)> take);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    bool take_or_refuse(QDropEvent& event, bool dropped);
    void mark(bool held);

    QWidget& field_;
    std::function<bool(const QStringList&)> takes_;
    std::function<void(const QStringList&)> take_;
};

}  // namespace twinfirm::ui
