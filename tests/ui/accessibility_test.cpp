// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <set>

#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

/// Parts that Qt puts into its own widgets: the outer widget has the name.
bool is_inner_part(const QWidget& widget) {
    if (widget.objectName().startsWith(QLatin1String("qt_"))) return true;
    if (widget.inherits("QComboBoxListView")) return true;
    return qobject_cast<const QAbstractSpinBox*>(widget.parentWidget()) != nullptr;
}

bool takes_focus(const QWidget& widget) {
    if ((widget.focusPolicy() & Qt::TabFocus) == 0 || is_inner_part(widget)) return false;
    const auto* label = qobject_cast<const QLabel*>(&widget);
    return label == nullptr || (label->textInteractionFlags() & Qt::TextSelectableByKeyboard) != 0;
}

class Accessibility : public StudyWindow {
  protected:
    void expect_names() {
        int checked = 0;
        for (QWidget* widget : window_->findChildren<QWidget*>()) {
            if (!takes_focus(*widget)) continue;
            // What a screen reader is told: the accessible name, the text, or that of the label beside it.
            const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
            ASSERT_NE(face, nullptr) << widget->objectName().toStdString();
            EXPECT_FALSE(face->text(QAccessible::Name).isEmpty())
                << widget->metaObject()->className() << " " << widget->objectName().toStdString();
            EXPECT_FALSE(widget->objectName().isEmpty())
                << widget->metaObject()->className() << " " << widget->accessibleName().toStdString();
            ++checked;
        }
        EXPECT_GT(checked, 30);
    }
};

TEST_F(Accessibility, EveryFocusableWidgetHasAName) {
    expect_names();
    open_sample();
    run();
    expect_names();
}

TEST_F(Accessibility, TabReachesEveryWidgetOfEveryPage) {
    open_sample();
    run();
    for (std::size_t step = 0; step < step_count; ++step) {
        window_->show_step(static_cast<Step>(step));
        settle();
        auto* steps = find<QWidget>("steps");
        steps->setFocus();
        std::set<const QWidget*> reached;
        for (int i = 0; i < 200 && QApplication::focusWidget() != nullptr; ++i) {
            reached.insert(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            if (QApplication::focusWidget() == steps) break;
        }
        EXPECT_EQ(QApplication::focusWidget(), steps) << "Tab does not come round on page " << step;
        for (const QWidget* widget : window_->findChildren<QWidget*>()) {
            if (!takes_focus(*widget) || !widget->isVisible() || !widget->isEnabled()) continue;
            // A tab widget takes the focus with its bar.
            const QWidget* taking = widget->focusProxy() == nullptr ? widget : widget->focusProxy();
            EXPECT_TRUE(reached.contains(taking)) << "page " << step << ": " << widget->metaObject()->className() << " "
                                                  << widget->objectName().toStdString();
        }
    }
}

TEST_F(Accessibility, NamesFollowTheLanguage) {
    auto* steps = find<QWidget>("steps");
    EXPECT_EQ(steps->accessibleName(), QStringLiteral("분석 단계"));
    localization_.set_language(Language::english);
    settle();
    EXPECT_EQ(steps->accessibleName(), QStringLiteral("Steps of the study"));
    EXPECT_EQ(find<QWidget>("preset")->accessibleName(), QStringLiteral("Preset"));
}

}  // namespace
}  // namespace twinfirm::ui
