// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTest>
#include <map>
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

/// The area a widget is scrolled in: places can be compared within one.
const QWidget* scrolled_in(const QWidget& widget) {
    const QWidget* above = widget.parentWidget();
    while (above != nullptr && qobject_cast<const QAbstractScrollArea*>(above) == nullptr)
        above = above->parentWidget();
    return above;
}

/// Where a widget is seen in the window.
QRect place_of(const QWidget& widget) {
    return {widget.mapTo(widget.window(), QPoint(0, 0)), widget.size()};
}

TEST_F(Accessibility, TabFollowsTheEye) {
    const auto expect_order = [this](const char* state) {
        for (std::size_t step = 0; step < step_count; ++step) {
            window_->show_step(static_cast<Step>(step));
            settle();
            const QWidget* page = find<QStackedWidget>("pages")->currentWidget();
            const QWidget* former = nullptr;
            const QWidget* first = window_->centralWidget();
            for (const QWidget* widget = first->nextInFocusChain(); widget != first;
                 widget = widget->nextInFocusChain()) {
                if (!page->isAncestorOf(widget) || !takes_focus(*widget) || !widget->isVisible() ||
                    !widget->isEnabled()) {
                    continue;
                }
                if (former != nullptr && scrolled_in(*former) == scrolled_in(*widget)) {
                    // From left to right and downwards; upwards only into the next column.
                    const QRect before = place_of(*former);
                    const QRect now = place_of(*widget);
                    const bool upwards = now.bottom() <= before.top() && now.left() < before.right();
                    const bool backwards =
                        now.right() <= before.left() && now.top() < before.bottom() && now.bottom() > before.top();
                    EXPECT_FALSE(upwards || backwards)
                        << state << ", page " << step << ": " << widget->objectName().toStdString() << " comes after "
                        << former->objectName().toStdString();
                }
                former = widget;
            }
        }
    };
    expect_order("empty");
    open_sample();
    run();
    expect_order("with a result");
}

TEST_F(Accessibility, LabelsWithAKeyLeadSomewhere) {
    open_sample();
    run();
    for (const Language language : {Language::korean, Language::english}) {
        localization_.set_language(language);
        settle();
        int labels = 0;
        for (std::size_t step = 0; step < step_count; ++step) {
            window_->show_step(static_cast<Step>(step));
            settle();
            std::map<QString, std::string> keys;
            for (const QLabel* label : find<QStackedWidget>("pages")->currentWidget()->findChildren<QLabel*>()) {
                const auto place = label->text().indexOf(QLatin1Char('&'));
                if (place < 0 || label->wordWrap() || label->text().contains(QLatin1String("&&"))) continue;
                ++labels;
                ASSERT_NE(label->buddy(), nullptr) << label->text().toStdString();
                EXPECT_TRUE(takes_focus(*label->buddy()) || label->buddy()->focusProxy() != nullptr)
                    << label->text().toStdString();
                if (!label->isVisible()) continue;
                const QString key = label->text().mid(place + 1, 1).toLower();
                EXPECT_EQ(keys.count(key), 0u) << "Alt+" << key.toStdString() << " twice on page " << step << ": "
                                               << keys[key] << ", " << label->text().toStdString();
                keys[key] = label->text().toStdString();
            }
        }
        EXPECT_GT(labels, 8);
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
