// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/settings_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "design/field_error.h"
#include "design/more_settings.h"
#include "design/outcome_table.h"
#include "design/variable_button.h"

namespace twinfirm::ui {

namespace {

/// Choices of the caliper's unit as one list: pooled SD, SD of all units, raw.
enum CaliperChoice { pooled_sd, sd_of_all, raw_unit };

std::vector<std::string> split(const QString& text, QChar separator) {
    std::vector<std::string> parts;
    for (const QString& part : text.split(separator)) {
        if (!part.trimmed().isEmpty()) parts.push_back(part.trimmed().toStdString());
    }
    return parts;
}

QString joined(const std::vector<std::string>& parts, const QString& separator) {
    QStringList list;
    for (const std::string& part : parts) list << QString::fromStdString(part);
    return list.join(separator);
}

/// What is chosen, in its order, and behind it what may be chosen besides.
template <class Item>
std::vector<Item> merged(const std::vector<Item>& chosen, const std::vector<Item>& known) {
    std::vector<Item> all = chosen;
    for (const Item& item : known) {
        const bool there =
            std::any_of(chosen.begin(), chosen.end(), [&](const Item& other) { return other.key == item.key; });
        if (!there) all.push_back(item);
    }
    return all;
}

template <class Item>
bool holds(const std::vector<Item>& items, const std::string& key) {
    return std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.key == key; });
}

template <class Item>
std::vector<Item> checked(const std::vector<Item>& all, const QListWidget& list) {
    std::vector<Item> chosen;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (list.item(static_cast<int>(i))->checkState() == Qt::Checked) chosen.push_back(all[i]);
    }
    return chosen;
}

void set_texts(QComboBox& box, const QStringList& texts) {
    const QSignalBlocker quiet(box);
    const int current = box.currentIndex();
    box.clear();
    box.addItems(texts);
    box.setCurrentIndex(std::max(0, current));
}

}  // namespace

SettingsForm::SettingsForm(const Localization& localization, QWidget* parent)
    : QWidget(parent),
      localization_(localization),
      score_group_(new QGroupBox(this)),
      matching_group_(new QGroupBox(this)),
      period_group_(new QGroupBox(this)),
      contents_group_(new QGroupBox(this)),
      tables_group_(new QGroupBox(this)) {
    // Made in the order of the page: Tab goes by it.
    build_score();
    build_matching();
    more_ = new MoreSettings(localization, this);
    build_contents();
    build_period();
    build_tables();
    auto* left = new QVBoxLayout;
    left->addWidget(score_group_);
    left->addWidget(matching_group_);
    left->addWidget(more_);
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->addWidget(contents_group_);
    right->addWidget(period_group_);
    right->addWidget(tables_group_);
    right->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addLayout(left, 1);
    layout->addLayout(right, 1);
    connect(more_, &MoreSettings::edited, this, &SettingsForm::tell);
    accept_drops();
    const auto defaults = design::preset("recommended");
    if (defaults) {
        outcomes_->set_outcomes({}, defaults->outcomes);
        breakdowns_ = defaults->breakdowns;
    }
    retranslate();
}

QLabel* SettingsForm::add_row(QFormLayout* form, QWidget* field, const char* name) {
    auto* label = new QLabel(this);
    field->setObjectName(QString::fromLatin1(name));
    label->setBuddy(field);
    form->addRow(label, field);
    // A long choice must not widen the whole form.
    if (auto* box = qobject_cast<QComboBox*>(field)) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(14);
    }
    labels_.push_back(label);
    return label;
}

void SettingsForm::add_error(QFormLayout* form, QWidget* field, const char* key) {
    errors_.push_back(new FieldError(*field, key, this));
    form->addRow(errors_.back());
}

void SettingsForm::show_errors(const std::vector<Error>& errors) {
    for (FieldError* field : errors_) field->show_errors(errors, localization_);
    more_->show_errors(errors);
}

void SettingsForm::watch(QComboBox* box) {
    connect(box, &QComboBox::activated, this, &SettingsForm::tell);
}

void SettingsForm::watch(QSpinBox* box) {
    box->setKeyboardTracking(false);
    connect(box, &QSpinBox::valueChanged, this, &SettingsForm::tell);
}

void SettingsForm::build_score() {
    auto* form = new QFormLayout(score_group_);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    title_ = new QLineEdit(this);
    add_row(form, title_, "study_title");
    score_ = new QComboBox(this);
    add_row(form, score_, "score");
    covariates_ = new QPlainTextEdit(this);
    covariates_->setTabChangesFocus(true);
    covariates_->setFixedHeight(108);
    add_row(form, covariates_, "covariates");
    covariate_names_ = new VariableButton("add_covariate", true, localization_, this);
    form->addRow(QString(), covariate_names_);
    add_error(form, covariates_, "/covariates");
    connect(title_, &QLineEdit::editingFinished, this, &SettingsForm::tell);
    watch(score_);
    connect(covariate_names_, &VariableButton::chosen, this, &SettingsForm::add_covariate);
    connect(covariates_, &QPlainTextEdit::textChanged, this, &SettingsForm::tell);
}

void SettingsForm::build_matching() {
    auto* form = new QFormLayout(matching_group_);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    order_ = new QComboBox(this);
    add_row(form, order_, "order");
    ratio_ = new QSpinBox(this);
    ratio_->setRange(1, 20);
    add_row(form, ratio_, "ratio");
    replace_ = new QCheckBox(this);
    replace_->setObjectName(QStringLiteral("replace"));
    form->addRow(replace_);
    use_caliper_ = new QCheckBox(this);
    use_caliper_->setObjectName(QStringLiteral("use_caliper"));
    form->addRow(use_caliper_);
    caliper_ = new QDoubleSpinBox(this);
    caliper_->setRange(0.0001, 1000);
    caliper_->setDecimals(4);
    caliper_->setSingleStep(0.05);
    caliper_->setKeyboardTracking(false);
    add_row(form, caliper_, "caliper");
    caliper_unit_ = new QComboBox(this);
    add_error(form, caliper_, "/matching/caliper");
    add_row(form, caliper_unit_, "caliper_unit");
    exact_ = new QLineEdit(this);
    add_row(form, exact_, "exact");
    exact_names_ = new VariableButton("add_exact", false, localization_, this);
    form->addRow(QString(), exact_names_);
    add_error(form, exact_, "/matching/exact");
    discard_ = new QComboBox(this);
    add_row(form, discard_, "discard");
    watch(order_);
    watch(ratio_);
    watch(caliper_unit_);
    watch(discard_);
    connect(replace_, &QCheckBox::toggled, this, &SettingsForm::tell);
    connect(use_caliper_, &QCheckBox::toggled, this, &SettingsForm::tell);
    connect(caliper_, &QDoubleSpinBox::valueChanged, this, &SettingsForm::tell);
    connect(exact_, &QLineEdit::textEdited, this, &SettingsForm::tell);
    connect(exact_names_, &VariableButton::chosen, this, &SettingsForm::add_exact);
}

void SettingsForm::build_contents() {
    auto* form = new QFormLayout(contents_group_);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    outcomes_ = new OutcomeTable(localization_, this);
    outcomes_->setFixedHeight(140);
    add_row(form, outcomes_, "outcomes");
    add_error(form, outcomes_, "/outcomes");
    breakdown_list_ = new QListWidget(this);
    breakdown_list_->setFixedHeight(104);
    add_row(form, breakdown_list_, "breakdowns");
    add_error(form, breakdown_list_, "/breakdowns");
    connect(outcomes_, &OutcomeTable::edited, this, &SettingsForm::tell);
    connect(breakdown_list_, &QListWidget::itemChanged, this, &SettingsForm::tell);
}

void SettingsForm::build_period() {
    auto* form = new QFormLayout(period_group_);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const auto add_number = [&](const char* name, int low, int high) {
        auto* box = new QSpinBox(this);
        box->setRange(low, high);
        add_row(form, box, name);
        watch(box);
        return box;
    };
    leads_ = add_number("leads", 0, 20);
    lags_ = add_number("lags", 0, 20);
    confidence_ = new QDoubleSpinBox(this);
    confidence_->setRange(50, 99.9);
    confidence_->setDecimals(1);
    confidence_->setSuffix(QStringLiteral(" %"));
    confidence_->setKeyboardTracking(false);
    add_row(form, confidence_, "confidence_level");
    connect(confidence_, &QDoubleSpinBox::valueChanged, this, &SettingsForm::tell);
    minimum_cell_ = add_number("minimum_cell", 1, 1000);
    seed_ = add_number("seed", 0, std::numeric_limits<int>::max());
}

void SettingsForm::build_tables() {
    auto* form = new QFormLayout(tables_group_);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const auto add_table = [&](const char* name, const char* key) {
        auto* box = new QComboBox(this);
        add_row(form, box, name);
        add_error(form, box, key);
        watch(box);
        return box;
    };
    firms_table_ = add_table("firms_table", "/roles/adoption_year");
    panel_table_ = add_table("panel_table", "/roles/year");
    survey_table_ = add_table("survey_table", "/process_kpis");
}

void SettingsForm::tell() {
    caliper_->setEnabled(use_caliper_->isChecked());
    caliper_unit_->setEnabled(use_caliper_->isChecked());
    if (!showing_) Q_EMIT edited();
}

void SettingsForm::set_tables(const std::vector<std::string>& tables) {
    tables_ = tables;
    show_tables();
}

void SettingsForm::show_tables() {
    const auto fill = [&](QComboBox* box, const std::string& chosen, bool may_be_none) {
        const QSignalBlocker quiet(box);
        box->clear();
        if (may_be_none) box->addItem(tr("(none)"), QString());
        for (const std::string& table : tables_)
            box->addItem(QString::fromStdString(table), QString::fromStdString(table));
        const QString current = QString::fromStdString(chosen);
        if (!chosen.empty() && box->findData(current) < 0) {
            box->addItem(tr("%1 (not stored yet)").arg(current), current);
        }
        box->setCurrentIndex(box->findData(current));
    };
    fill(firms_table_, specification_.roles.firms_table, false);
    fill(panel_table_, specification_.roles.panel_table, false);
    fill(survey_table_, specification_.roles.survey_table, true);
}

void SettingsForm::set_specification(const design::Specification& shown) {
    // Setting a text that is the same would throw the cursor to its beginning.
    if (shown == specification()) {
        specification_ = shown;
        show_variables();
        return;
    }
    specification_ = shown;
    outcomes_->set_outcomes(shown.outcomes, {});
    breakdowns_ = merged(shown.breakdowns, breakdowns_);
    showing_ = true;
    title_->setText(localization_.text(shown.title));
    title_->setCursorPosition(0);
    if (split(covariates_->toPlainText(), QLatin1Char('\n')) != shown.covariates) {
        covariates_->setPlainText(joined(shown.covariates, QStringLiteral("\n")));
    }
    show_matching(shown.matching);
    leads_->setValue(shown.leads);
    lags_->setValue(shown.lags);
    confidence_->setValue(shown.confidence_level * 100);
    minimum_cell_->setValue(static_cast<int>(shown.minimum_cell));
    seed_->setValue(static_cast<int>(shown.seed));
    more_->set_specification(shown);
    show_lists();
    show_tables();
    show_variables();
    tell();
    showing_ = false;
}

void SettingsForm::show_matching(const design::MatchingSettings& matching) {
    score_->setCurrentIndex(static_cast<int>(matching.score));
    order_->setCurrentIndex(static_cast<int>(matching.order));
    ratio_->setValue(matching.ratio);
    replace_->setChecked(matching.replace);
    use_caliper_->setChecked(matching.caliper.has_value());
    caliper_->setValue(matching.caliper.value_or(0.2));
    const CaliperChoice choice = matching.caliper_unit == design::CaliperUnit::raw ? raw_unit
                                 : matching.caliper_sd == design::CaliperSd::all   ? sd_of_all
                                                                                   : pooled_sd;
    caliper_unit_->setCurrentIndex(choice);
    // What is being typed keeps its cursor.
    if (split(exact_->text(), QLatin1Char(',')) != matching.exact) {
        exact_->setText(joined(matching.exact, QStringLiteral(", ")));
    }
    discard_->setCurrentIndex(static_cast<int>(matching.discard));
}

void SettingsForm::show_lists() {
    const auto fill = [&](QListWidget* list, const auto& all, const auto& chosen) {
        const QSignalBlocker quiet(list);
        list->clear();
        for (const auto& item : all) {
            auto* row = new QListWidgetItem(localization_.text(item.label), list);
            row->setFlags(row->flags() | Qt::ItemIsUserCheckable);
            row->setCheckState(holds(chosen, item.key) ? Qt::Checked : Qt::Unchecked);
        }
    };
    fill(breakdown_list_, breakdowns_, specification_.breakdowns);
}

void SettingsForm::read_matching(design::MatchingSettings& matching) const {
    // A specification may hold a score or an order that the form does not offer: it stays as it is.
    if (score_->currentIndex() >= 0) matching.score = static_cast<design::ScoreKind>(score_->currentIndex());
    if (order_->currentIndex() >= 0) matching.order = static_cast<design::MatchOrder>(order_->currentIndex());
    matching.ratio = ratio_->value();
    matching.replace = replace_->isChecked();
    // What the box cannot show exactly is left as it is, unless it was changed.
    if (!use_caliper_->isChecked()) {
        matching.caliper.reset();
    } else if (!matching.caliper || std::abs(*matching.caliper - caliper_->value()) > 5e-5) {
        matching.caliper = caliper_->value();
    }
    if (matching.caliper) {
        const int choice = caliper_unit_->currentIndex();
        matching.caliper_unit = choice == raw_unit ? design::CaliperUnit::raw : design::CaliperUnit::sd;
        if (choice != raw_unit) {
            matching.caliper_sd = choice == sd_of_all ? design::CaliperSd::all : design::CaliperSd::pooled;
        }
    }
    matching.exact = split(exact_->text(), QLatin1Char(','));
    matching.discard = static_cast<design::Discard>(discard_->currentIndex());
}

design::Specification SettingsForm::specification() const {
    design::Specification result = specification_;
    std::string& title = localization_.language() == Language::korean ? result.title.ko : result.title.en;
    title = title_->text().trimmed().toStdString();
    result.covariates = split(covariates_->toPlainText(), QLatin1Char('\n'));
    read_matching(result.matching);
    result.leads = leads_->value();
    result.lags = lags_->value();
    if (std::abs(result.confidence_level * 100 - confidence_->value()) > 0.05) {
        result.confidence_level = confidence_->value() / 100;
    }
    result.minimum_cell = minimum_cell_->value();
    if (static_cast<int>(result.seed) != seed_->value()) result.seed = static_cast<std::uint64_t>(seed_->value());
    result.outcomes = outcomes_->chosen();
    if (breakdown_list_->count() == static_cast<int>(breakdowns_.size())) {
        result.breakdowns = checked(breakdowns_, *breakdown_list_);
    }
    more_->read(result);
    const auto table = [](const QComboBox* box, std::string& name) {
        if (box->currentIndex() >= 0) name = box->currentData().toString().toStdString();
    };
    table(firms_table_, result.roles.firms_table);
    table(panel_table_, result.roles.panel_table);
    table(survey_table_, result.roles.survey_table);
    return result;
}

void SettingsForm::retranslate() {
    const bool was_showing = showing_;
    showing_ = true;
    score_group_->setTitle(tr("Propensity score"));
    matching_group_->setTitle(tr("Matching"));
    period_group_->setTitle(tr("Period and precision"));
    contents_group_->setTitle(tr("What is reported"));
    tables_group_->setTitle(tr("Tables of the project"));
    const QStringList texts = {tr("&Title"),
                               tr("&Score"),
                               tr("Co&variates (one a line)"),
                               tr("&Order of matching"),
                               tr("Non-adopters per adopter"),
                               tr("Ca&liper"),
                               tr("Unit of the caliper"),
                               tr("E&xact matching (with commas)"),
                               tr("Outside common support"),
                               tr("O&utcomes"),
                               tr("&Breakdowns"),
                               tr("Years before the base year"),
                               tr("Years after adoption"),
                               tr("Confidence level"),
                               tr("Smallest group shown (firms)"),
                               tr("Random seed"),
                               tr("Register of firms"),
                               tr("Yearly panel"),
                               tr("Survey")};
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        labels_[i]->setText(texts.value(static_cast<int>(i)));
        // Korean writes the key in brackets behind the name: 순서(&O).
        static const QRegularExpression key(QStringLiteral("\\(&.\\)|&"));
        labels_[i]->buddy()->setAccessibleName(labels_[i]->text().remove(key));
    }
    covariate_names_->setText(tr("Add a covariate…"));
    covariate_names_->setAccessibleName(tr("Add a covariate from the variables of the data"));
    exact_names_->setText(tr("Add a variable…"));
    exact_names_->setAccessibleName(tr("Add a variable that pairs must agree in"));
    replace_->setText(tr("Use non-adopters again (with replacement)"));
    use_caliper_->setText(tr("Limit the distance (caliper)"));
    set_texts(*score_, {tr("Probability (logit)"), tr("Log-odds (linear logit)")});
    set_texts(*order_, {tr("Largest score first"), tr("Smallest score first"), tr("Closest pair first"),
                        tr("Order of the data"), tr("Random order")});
    set_texts(*caliper_unit_,
              {tr("Standard deviations (pooled)"), tr("Standard deviations (all firms)"), tr("Units of the score")});
    set_texts(*discard_,
              {tr("Keep all firms"), tr("Discard adopters"), tr("Discard non-adopters"), tr("Discard both")});
    title_->setText(localization_.text(specification_.title));
    title_->setCursorPosition(0);
    outcomes_->retranslate();
    more_->retranslate();
    show_lists();
    show_tables();
    show_variables();
    showing_ = was_showing;
}

}  // namespace twinfirm::ui
