// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <string>
#include <vector>

#include "study/localization.h"
#include "twinfirm/design/specification.h"

class QFormLayout;
class QLabel;
class QWidget;

namespace twinfirm::ui {

class FieldError;

/// Fields of a form, each bound to one value of the specification: it shows that value, and writes back what was
/// entered. A value that a field cannot show stays as it is until the field is changed.
class BoundFields : public QObject {
    Q_OBJECT

  public:
    using Text = std::function<QString()>;
    using Texts = std::function<QStringList()>;
    template <class Value>
    using Place = std::function<Value&(design::Specification&)>;

    using QObject::QObject;

    void add_flag(QFormLayout* form, const char* name, Text text, Place<bool> place);
    void add_count(QFormLayout* form, const char* name, Text text, int low, int high, Place<int> place);
    void add_share(QFormLayout* form, const char* name, Text text, double low, double high, Place<double> place);
    /// @param key  place in the specification: what is wrong there is told below the field
    void add_word(QFormLayout* form, const char* name, Text text, Place<std::string> place, const char* key);
    /// Words with commas between them.
    void add_words(QFormLayout* form, const char* name, Text text, Place<std::vector<std::string>> place);
    /// A choice among the values of an enumeration, in their order, each with its text.
    template <class Value>
    void add_choice(QFormLayout* form, const char* name, Text text, Texts texts, Place<Value> place) {
        add_choice(
            form, name, std::move(text), std::move(texts),
            [place](design::Specification& specification) { return static_cast<int>(place(specification)); },
            [place](design::Specification& specification, int value) {
                place(specification) = static_cast<Value>(value);
            });
    }

    void show(const design::Specification& specification);
    void read(design::Specification& specification) const;
    void retranslate();
    /// Whether one of the fields from `first` on has another value than an empty specification.
    [[nodiscard]] bool differ_from_defaults(const design::Specification& specification, std::size_t first,
                                            std::size_t end) const;
    /// Tells the errors of the fields from `first` on below them; true if there are any.
    bool show_errors(std::size_t first, std::size_t end, const std::vector<Error>& errors,
                     const Localization& localization);
    [[nodiscard]] std::size_t size() const { return fields_.size(); }

  Q_SIGNALS:
    void edited();

  private:
    struct Field {
        QWidget* widget;
        QLabel* label;      ///< null: the widget has its text itself
        FieldError* error;  ///< null: nothing can be wrong with it
        Text text;
        Texts texts;
        std::function<void(design::Specification&)> show;
        std::function<void(design::Specification&)> read;
        std::function<bool(design::Specification&, design::Specification&)> same;
    };

    void add_choice(QFormLayout* form, const char* name, Text text, Texts texts,
                    std::function<int(design::Specification&)> get,
                    std::function<void(design::Specification&, int)> set);
    Field& add(QFormLayout* form, QWidget* widget, const char* name, Text text, bool has_label);
    void tell();

    std::vector<Field> fields_;
    bool showing_ = false;
};

}  // namespace twinfirm::ui
