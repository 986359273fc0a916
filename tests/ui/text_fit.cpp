// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text_fit.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QListView>
#include <QPixmap>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTableView>
#include <algorithm>
#include <cmath>
#include <map>

namespace twinfirm::ui {

namespace {

class Inspector {
  public:
    void look_at(const QWidget& widget) {
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) look_at_label(*label);
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) look_at_button(*button);
        if (const auto* box = qobject_cast<const QComboBox*>(&widget)) look_at_choice(*box);
        if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) look_at_tabs(*tabs);
        if (const auto* table = qobject_cast<const QTableView*>(&widget)) look_at_table(*table);
        if (const auto* list = qobject_cast<const QListView*>(&widget)) look_at_list(*list);
        if (const auto* group = qobject_cast<const QGroupBox*>(&widget)) {
            const int needed = group->fontMetrics().horizontalAdvance(plain(group->title())) + 16;
            if (needed > group->width()) add(*group, group->title(), needed, group->width());
        }
        look_at_layout(widget);
    }
    std::vector<std::string> take() { return std::move(found_); }

  private:
    static QString plain(QString text) { return text.remove(QLatin1Char('&')); }

    void add(const QWidget& widget, const QString& text, int needed, int given) {
        found_.push_back(std::string(widget.metaObject()->className()) + " " + widget.objectName().toStdString() +
                         " `" + text.left(60).toStdString() + "` needs " + std::to_string(needed) + ", has " +
                         std::to_string(given));
    }

    void look_at_label(const QLabel& label) {
        if (label.text().isEmpty()) return;
        if (label.wordWrap()) {
            const int needed = label.heightForWidth(label.width());
            if (needed > label.height() + 1) add(label, label.text(), needed, label.height());
            for (const QString& word : label.text().split(QLatin1Char(' '))) {
                const int width = label.fontMetrics().horizontalAdvance(word.section(QLatin1Char('\n'), 0, 0));
                if (width > label.contentsRect().width()) add(label, word, width, label.contentsRect().width());
            }
            return;
        }
        if (label.sizeHint().width() > label.width()) add(label, label.text(), label.sizeHint().width(), label.width());
        if (label.sizeHint().height() > label.height() + 1)
            add(label, label.text(), label.sizeHint().height(), label.height());
    }

    void look_at_button(const QAbstractButton& button) {
        if (button.text().isEmpty()) return;
        const QSize needed = button.minimumSizeHint().expandedTo(button.sizeHint());
        if (needed.width() > button.width()) add(button, button.text(), needed.width(), button.width());
        if (needed.height() > button.height()) add(button, button.text(), needed.height(), button.height());
    }

    void look_at_choice(const QComboBox& box) {
        QStyleOptionComboBox option;
        option.initFrom(&box);
        option.editable = box.isEditable();
        const int given =
            box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box).width();
        const int needed = box.fontMetrics().horizontalAdvance(box.currentText());
        if (needed > given) add(box, box.currentText(), needed, given);
    }

    void look_at_tabs(const QTabBar& tabs) {
        for (int i = 0; i < tabs.count(); ++i) {
            const int needed = tabs.fontMetrics().horizontalAdvance(plain(tabs.tabText(i))) + 8;
            if (needed > tabs.tabRect(i).width()) add(tabs, tabs.tabText(i), needed, tabs.tabRect(i).width());
        }
        if (tabs.count() > 0 && tabs.tabRect(tabs.count() - 1).right() > tabs.width())
            add(tabs, tabs.tabText(tabs.count() - 1), tabs.tabRect(tabs.count() - 1).right(), tabs.width());
    }

    void look_at_table(const QTableView& table) {
        // The rows of a file are as long as they are.
        if (table.model() == nullptr || table.objectName() == QLatin1String("preview") ||
            table.objectName() == QLatin1String("grid")) {
            return;
        }
        const QFontMetrics metrics = table.fontMetrics();
        for (int column = 0; column < table.model()->columnCount(); ++column) {
            if (table.isColumnHidden(column)) continue;
            const int width = table.columnWidth(column);
            const QString title = table.model()->headerData(column, Qt::Horizontal).toString();
            for (const QString& line : title.split(QLatin1Char('\n'))) {
                const int needed = table.horizontalHeader()->fontMetrics().horizontalAdvance(line) + 8;
                if (needed > width) add(table, line, needed, width);
            }
            for (int row = 0; row < std::min(40, table.model()->rowCount()); ++row) {
                if (table.columnSpan(row, column) > 1) continue;
                const QString text = table.model()->index(row, column).data().toString();
                for (const QString& line : text.split(QLatin1Char('\n'))) {
                    const int needed = metrics.horizontalAdvance(line);
                    if (needed > width) add(table, line, needed, width);
                }
            }
        }
    }

    void look_at_list(const QListView& list) {
        if (list.model() == nullptr || list.inherits("QComboBoxListView") || list.wordWrap()) return;
        for (int row = 0; row < list.model()->rowCount(); ++row) {
            const QString text = list.model()->index(row, 0).data().toString();
            const int needed = list.fontMetrics().horizontalAdvance(text) + 6;
            if (needed > list.viewport()->width() && list.horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff)
                add(list, text, needed, list.viewport()->width());
        }
    }

    /// What a layout manages lies in its widget, side by side.
    void look_at_layout(const QWidget& widget) {
        if (widget.layout() == nullptr) return;
        std::vector<const QWidget*> parts;
        for (const QObject* child : widget.children()) {
            const auto* part = qobject_cast<const QWidget*>(child);
            if (part == nullptr || !part->isVisible() || part->isWindow()) continue;
            if (widget.layout()->indexOf(part) < 0 && !is_nested(*widget.layout(), *part)) continue;
            parts.push_back(part);
        }
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!widget.rect().contains(parts[i]->geometry()))
                add(*parts[i], QStringLiteral("beyond its parent"), parts[i]->geometry().right(), widget.width());
            for (std::size_t j = i + 1; j < parts.size(); ++j) {
                if (parts[i]->geometry().intersects(parts[j]->geometry()))
                    add(*parts[i], QStringLiteral("lies over ") + parts[j]->objectName(), 0, 0);
            }
        }
    }

    static bool is_nested(const QLayout& layout, const QWidget& part) {
        for (int i = 0; i < layout.count(); ++i) {
            const QLayout* inner = layout.itemAt(i)->layout();
            if (inner != nullptr && (inner->indexOf(&part) >= 0 || is_nested(*inner, part))) return true;
        }
        return false;
    }

    std::vector<std::string> found_;
};

double luminance(const QColor& color) {
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

bool shows_text(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) return !label->text().isEmpty();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return !button->text().isEmpty();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) return !box->currentText().isEmpty();
    return widget.inherits("QAbstractSpinBox") || widget.inherits("QGroupBox") || widget.inherits("QTabBar") ||
           widget.inherits("QListView") || widget.inherits("QTableView") || widget.inherits("QHeaderView");
}

}  // namespace

std::vector<std::string> cut_texts(const QWidget& window) {
    Inspector inspector;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->isVisible() && !widget->objectName().startsWith(QLatin1String("qt_"))) inspector.look_at(*widget);
    }
    return inspector.take();
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::vector<std::string> faint_texts(QWidget& window) {
    constexpr double least = 4.5;
    const QImage image = window.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const double scale = image.devicePixelRatio();
    std::vector<std::string> found;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || !widget->isEnabled() || !shows_text(*widget)) continue;
        const QRect seen = widget->visibleRegion().boundingRect().translated(widget->mapTo(&window, QPoint(0, 0)));
        const QRect pixels(seen.topLeft() * scale, seen.size() * scale);
        if (seen.width() < 12 || seen.height() < 12) continue;
        std::map<QRgb, int> counts;
        for (int y = std::max(0, pixels.top()); y <= std::min(pixels.bottom(), image.height() - 1); ++y) {
            for (int x = std::max(0, pixels.left()); x <= std::min(pixels.right(), image.width() - 1); ++x)
                ++counts[image.pixel(x, y)];
        }
        if (counts.size() < 2) continue;  // a list without entries, a hidden text
        const auto behind =
            std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second < b.second; });
        double most = 0;
        for (const auto& [color, count] : counts) most = std::max(most, contrast(color, behind->first));
        if (!(most >= least)) {
            found.push_back(std::string(widget->metaObject()->className()) + " " + widget->objectName().toStdString() +
                            ": " + std::to_string(most) + " on " + QColor(behind->first).name().toStdString());
        }
    }
    return found;
}

}  // namespace twinfirm::ui
