// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/bound_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <cmath>
#include <utility>

#include "design/field_error.h"

namespace twinfirm::ui {

namespace {

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words) list << QString::fromStdString(word);
    return list.join(QStringLiteral(", "));
}

std::vector<std::string> words_of(const QString& text) {
    std::vector<std::string> words;
    for (const QString& word : text.split(QLatin1Char(','))) {
        if (!word.trimmed().isEmpty()) words.push_back(word.trimmed().toStdString());
    }
    return words;
}

}  // namespace

BoundFields::Field& BoundFields::add(QFormLayout* form, QWidget* widget, const char* name, Text text, bool has_label) {
    widget->setObjectName(QString::fromLatin1(name));
    Field field{widget, nullptr, nullptr, std::move(text), {}, {}, {}, {}};
    if (has_label) {
        field.label = new QLabel(form->parentWidget());
        field.label->setBuddy(widget);
        form->addRow(field.label, widget);
    } else {
        form->addRow(widget);
    }
    fields_.push_back(std::move(field));
    return fields_.back();
}

void BoundFields::add_flag(QFormLayout* form, const char* name, Text text, Place<bool> place) {
    auto* box = new QCheckBox(form->parentWidget());
    Field& field = add(form, box, name, std::move(text), false);
    field.show = [box, place](design::Specification& shown) { box->setChecked(place(shown)); };
    field.read = [box, place](design::Specification& read) { place(read) = box->isChecked(); };
    field.same = [place](design::Specification& a, design::Specification& b) { return place(a) == place(b); };
    connect(box, &QCheckBox::toggled, this, &BoundFields::tell);
}

void BoundFields::add_count(QFormLayout* form, const char* name, Text text, int low, int high, Place<int> place) {
    auto* box = new QSpinBox(form->parentWidget());
    box->setRange(low, high);
    box->setKeyboardTracking(false);
    Field& field = add(form, box, name, std::move(text), true);
    field.show = [box, place](design::Specification& shown) { box->setValue(place(shown)); };
    field.read = [box, place, low, high](design::Specification& read) {
        int& value = place(read);
        if (std::clamp(value, low, high) != box->value()) value = box->value();
    };
    field.same = [place](design::Specification& a, design::Specification& b) { return place(a) == place(b); };
    connect(box, &QSpinBox::valueChanged, this, &BoundFields::tell);
}

void BoundFields::add_share(QFormLayout* form, const char* name, Text text, double low, double high,
                            Place<double> place) {
    auto* box = new QDoubleSpinBox(form->parentWidget());
    box->setRange(low, high);
    box->setDecimals(3);
    box->setSingleStep(0.01);
    box->setKeyboardTracking(false);
    Field& field = add(form, box, name, std::move(text), true);
    field.show = [box, place](design::Specification& shown) { box->setValue(place(shown)); };
    field.read = [box, place](design::Specification& read) {
        double& value = place(read);
        if (!(std::abs(value - box->value()) <= 5e-4)) value = box->value();
    };
    field.same = [place](design::Specification& a, design::Specification& b) { return place(a) == place(b); };
    connect(box, &QDoubleSpinBox::valueChanged, this, &BoundFields::tell);
}

void BoundFields::add_word(QFormLayout* form, const char* name, Text text, Place<std::string> place, const char* key) {
    auto* edit = new QLineEdit(form->parentWidget());
    Field& field = add(form, edit, name, std::move(text), true);
    field.show = [edit, place](design::Specification& shown) {
        const QString now = QString::fromStdString(place(shown));
        // What is being typed keeps its cursor and its spaces.
        if (edit->text().trimmed() != now) edit->setText(now);
    };
    field.read = [edit, place](design::Specification& read) { place(read) = edit->text().trimmed().toStdString(); };
    field.same = [place](design::Specification& a, design::Specification& b) { return place(a) == place(b); };
    field.error = new FieldError(*edit, key, form->parentWidget());
    form->addRow(field.error);
    connect(edit, &QLineEdit::textEdited, this, &BoundFields::tell);
}

void BoundFields::add_words(QFormLayout* form, const char* name, Text text, Place<std::vector<std::string>> place) {
    auto* edit = new QLineEdit(form->parentWidget());
    Field& field = add(form, edit, name, std::move(text), true);
    field.show = [edit, place](design::Specification& shown) {
        if (words_of(edit->text()) != place(shown)) edit->setText(joined(place(shown)));
    };
    field.read = [edit, place](design::Specification& read) { place(read) = words_of(edit->text()); };
    field.same = [place](design::Specification& a, design::Specification& b) { return place(a) == place(b); };
    connect(edit, &QLineEdit::textEdited, this, &BoundFields::tell);
}

void BoundFields::add_choice(QFormLayout* form, const char* name, Text text, Texts texts,
                             std::function<int(design::Specification&)> get,
                             std::function<void(design::Specification&, int)> set) {
    auto* box = new QComboBox(form->parentWidget());
    Field& field = add(form, box, name, std::move(text), true);
    field.texts = std::move(texts);
    field.show = [box, get](design::Specification& shown) { box->setCurrentIndex(get(shown)); };
    field.read = [box, set](design::Specification& read) {
        if (box->currentIndex() >= 0) set(read, box->currentIndex());
    };
    field.same = [get](design::Specification& a, design::Specification& b) { return get(a) == get(b); };
    connect(box, &QComboBox::activated, this, &BoundFields::tell);
}

void BoundFields::tell() {
    if (!showing_) Q_EMIT edited();
}

void BoundFields::show(const design::Specification& specification) {
    design::Specification shown = specification;
    showing_ = true;
    for (const Field& field : fields_) field.show(shown);
    showing_ = false;
}

void BoundFields::read(design::Specification& specification) const {
    for (const Field& field : fields_) field.read(specification);
}

bool BoundFields::differ_from_defaults(const design::Specification& specification, std::size_t first,
                                       std::size_t end) const {
    design::Specification own = specification;
    design::Specification defaults;
    return std::any_of(fields_.begin() + static_cast<std::ptrdiff_t>(first),
                       fields_.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const Field& field) { return !field.same(own, defaults); });
}

bool BoundFields::show_errors(std::size_t first, std::size_t end, const std::vector<Error>& errors,
                              const Localization& localization) {
    bool any = false;
    for (std::size_t i = first; i < end; ++i) {
        if (fields_[i].error != nullptr && fields_[i].error->show_errors(errors, localization)) any = true;
    }
    return any;
}

void BoundFields::retranslate() {
    for (const Field& field : fields_) {
        const QString text = field.text();
        // Korean writes the key in brackets behind the name: 순서(&O).
        static const QRegularExpression key(QStringLiteral("\\(&.\\)|&"));
        field.widget->setAccessibleName(QString(text).remove(key));
        if (field.label != nullptr) {
            field.label->setText(text);
        } else if (auto* box = qobject_cast<QCheckBox*>(field.widget)) {
            box->setText(text);
        }
        if (auto* box = qobject_cast<QComboBox*>(field.widget)) {
            const QSignalBlocker quiet(box);
            const int current = box->currentIndex();
            box->clear();
            box->addItems(field.texts());
            box->setCurrentIndex(std::max(0, current));
        }
    }
}

}  // namespace twinfirm::ui
