// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QLabel>
#include <QLineEdit>

#include "ui/study_window.h"

namespace twinfirm::ui {
namespace {

/// Parts that Qt puts into its own widgets: the outer widget has the name.
bool is_inner_part(const QWidget& widget) {
    if (widget.objectName().startsWith(QLatin1String("qt_"))) return true;
    if (widget.inherits("QComboBoxListView")) return true;
    return qobject_cast<const QAbstractSpinBox*>(widget.parentWidget()) != nullptr;
}

class Accessibility : public StudyWindow {
  protected:
    void expect_names() {
        int checked = 0;
        for (const QWidget* widget : window_->findChildren<QWidget*>()) {
            if ((widget->focusPolicy() & Qt::TabFocus) == 0 || is_inner_part(*widget)) continue;
            const auto* label = qobject_cast<const QLabel*>(widget);
            if (label != nullptr && (label->textInteractionFlags() & Qt::TextSelectableByKeyboard) == 0) continue;
            // A button, box or check box that shows its text needs no other name.
            const QString text = widget->property("text").toString();
            EXPECT_FALSE(widget->accessibleName().isEmpty() && text.isEmpty())
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
