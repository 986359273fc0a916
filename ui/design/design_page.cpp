// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/design_page.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStringList>
#include <QVBoxLayout>
#include <utility>

#include "design/settings_form.h"
#include "design/variable_list.h"

namespace twinfirm::ui {

namespace {

/// The same settings, whatever the study is called and wherever its tables are.
bool same_settings(design::Specification a, const design::Specification& b) {
    a.title = b.title;
    a.preset = b.preset;
    a.roles = b.roles;
    return a == b;
}

/// Names the preset that a specification still is; a design of one's own bears no preset's title.
void name_preset(design::Specification& specification) {
    specification.preset.clear();
    // As long as nobody gave the study a title of its own, it follows the design.
    const LocalizedText plain_title = {MessageCatalogue(Language::korean).text("report_title", {}),
                                       MessageCatalogue(Language::english).text("report_title", {})};
    bool follows_design = specification.title == plain_title;
    for (const char* name : {"basic", "recommended", "full"}) {
        const auto preset = design::preset(name);
        if (!preset) continue;
        if (same_settings(specification, *preset)) specification.preset = name;
        follows_design = follows_design || specification.title == preset->title;
    }
    if (!follows_design) return;
    const auto preset = design::preset(specification.preset);
    specification.title = preset ? preset->title : plain_title;
}

}  // namespace

DesignPage::DesignPage(OpenStudy& study, const Localization& localization, QWidget* parent)
    : Page(study, localization, parent),
      preset_label_(new QLabel(this)),
      preset_(new QComboBox(this)),
      lock_(new QPushButton(this)),
      run_(new QPushButton(this)),
      lock_state_(new QLabel(this)),
      sentence_(new QLabel(this)),
      variables_label_(new QLabel(this)),
      variables_(new VariableList(localization, this)),
      variables_hint_(new QLabel(this)),
      variable_panel_(make_variable_panel()),
      form_(new SettingsForm(localization, this)),
      validation_label_(new QLabel(this)),
      validation_(new QPlainTextEdit(this)) {
    preset_->setObjectName(QStringLiteral("preset"));
    preset_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    preset_label_->setBuddy(preset_);
    lock_->setObjectName(QStringLiteral("lock_design"));
    lock_state_->setObjectName(QStringLiteral("lock_state"));
    lock_state_->setProperty("part", "description");
    lock_state_->setWordWrap(true);
    run_->setObjectName(QStringLiteral("run"));
    run_->setProperty("primary", true);
    sentence_->setObjectName(QStringLiteral("read_back"));
    sentence_->setWordWrap(true);
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    validation_->setObjectName(QStringLiteral("validation"));
    validation_->setReadOnly(true);
    validation_->setTabChangesFocus(true);
    validation_->setFixedHeight(76);
    validation_label_->setBuddy(validation_);

    auto* top = new QHBoxLayout;
    top->addWidget(preset_label_);
    top->addWidget(preset_);
    top->addStretch(1);
    top->addWidget(lock_);
    top->addWidget(run_);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    constexpr int least_form = 190;
    scroll->setMinimumHeight(least_form);
    scroll->setWidget(form_);
    contents()->addLayout(top);
    contents()->addWidget(sentence_);
    contents()->addWidget(lock_state_);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(10);
    middle->addWidget(variable_panel_);
    middle->addWidget(scroll, 1);
    contents()->addLayout(middle, 1);
    contents()->addWidget(validation_label_);
    contents()->addWidget(validation_);

    connect(preset_, &QComboBox::activated, this, &DesignPage::choose_preset);
    connect(form_, &SettingsForm::edited, this, &DesignPage::take_edit);
    connect(variables_, &VariableList::role_chosen, form_, &SettingsForm::take_variables);
    connect(lock_, &QPushButton::clicked, this, &DesignPage::lock);
    connect(&study, &OpenStudy::designs_changed, this, &DesignPage::update_buttons);
    connect(run_, &QPushButton::clicked, this, &DesignPage::run_requested);
    connect(&study, &OpenStudy::specification_changed, this, &DesignPage::refresh);
    connect(&study, &OpenStudy::files_changed, this, &DesignPage::refresh);
    connect(&study, &OpenStudy::file_changed, this, &DesignPage::refresh);
    connect(&study, &OpenStudy::evaluation_changed, this, &DesignPage::update_buttons);
    connect(&study.jobs(), &JobRunner::started, this, &DesignPage::update_buttons);
    connect(&study.jobs(), &JobRunner::finished, this, &DesignPage::update_buttons);
    form_->set_specification(study.specification());
    retranslate();
}

QWidget* DesignPage::make_variable_panel() {
    auto* panel = new QWidget(this);
    constexpr int width = 200;
    panel->setFixedWidth(width);
    variables_label_->setBuddy(variables_);
    variables_hint_->setProperty("part", "description");
    variables_hint_->setWordWrap(true);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(variables_label_);
    layout->addWidget(variables_, 1);
    layout->addWidget(variables_hint_);
    return panel;
}

void DesignPage::show_variables() {
    constexpr int least_width = 920;  // list, and a form whose fields can still be read
    variable_panel_->setVisible(variables_->count() > 0 && viewport()->width() >= least_width);
}

void DesignPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    show_variables();
}

void DesignPage::choose_preset() {
    auto chosen = design::preset(preset_->currentData().toString().toStdString());
    if (!chosen) return refresh();
    // Where the tables are has nothing to do with the preset.
    chosen->roles = study().specification().roles;
    study().set_specification(*chosen);
}

void DesignPage::take_edit() {
    design::Specification edited = form_->specification();
    name_preset(edited);
    study().set_specification(edited);
}

void DesignPage::refresh() {
    form_->set_tables(study().stored_tables());
    form_->set_specification(study().specification());
    const std::vector<app::VariableRoles> variables = study().variables();
    form_->set_variables(variables);
    variables_->set_variables(variables, study().specification());
    show_variables();
    sentence_->setText(QString::fromStdString(design::read_back(study().specification(), language())));
    const QSignalBlocker quiet(preset_);
    preset_->clear();
    preset_->addItem(tr("Basic PSM"), QStringLiteral("basic"));
    preset_->addItem(tr("Recommended"), QStringLiteral("recommended"));
    preset_->addItem(tr("Full"), QStringLiteral("full"));
    const QString current = QString::fromStdString(study().specification().preset);
    if (current.isEmpty()) preset_->addItem(tr("Own design"), QString());
    preset_->setCurrentIndex(preset_->findData(current));
    show_validation();
    update_buttons();
    Q_EMIT explanation_changed();
}

void DesignPage::show_validation() {
    form_->show_errors(study().validation().errors);
    QStringList lines;
    const MessageCatalogue& catalogue = localization().catalogue();
    const auto add = [&](const QString& kind, const std::string& text, const std::string& hint) {
        lines << QStringLiteral("%1: %2").arg(kind, QString::fromStdString(text));
        if (!hint.empty()) lines << QStringLiteral("    ") + QString::fromStdString(hint);
    };
    for (const Error& error : study().validation().errors) {
        add(tr("Error"), catalogue.text(error), catalogue.hint(error));
    }
    for (const Message& warning : study().validation().warnings) {
        add(warning.severity == Severity::warning ? tr("Warning") : tr("Note"), catalogue.text(warning),
            catalogue.hint(warning));
    }
    if (!study().can_run() && study().validation().errors.empty() && !study().jobs().running()) {
        lines << tr("The tables that the design names are not stored yet: import the data first.");
    }
    validation_->setPlainText(lines.isEmpty() ? tr("Nothing to remark. The study can be run.")
                                              : lines.join(QLatin1Char('\n')));
}

void DesignPage::lock() {
    if (QMessageBox::question(this, lock_->accessibleName(),
                              tr("The present design is frozen in the project with its time, for good. It can still be "
                                 "changed and run, but every report then says what differs. Lock it?")) !=
        QMessageBox::Yes) {
        return;
    }
    study().lock_design();
}

void DesignPage::show_lock() {
    const auto& lock = study().lock();
    lock_state_->setVisible(lock.has_value());
    lock_->setEnabled(study().can_lock());
    if (!lock) return;
    const QDateTime time = QDateTime::fromString(QString::fromStdString(lock->time), Qt::ISODate).toLocalTime();
    QString text = lock->before_results ? tr("Locked on %1, before any result was seen.")
                                        : tr("Locked on %1, after results had been seen.");
    text = text.arg(QLocale().toString(time, QLocale::ShortFormat)) + QLatin1Char(' ');
    text +=
        study().changed_since_lock() ? tr("The present design is another one.") : tr("The present design is this one.");
    lock_state_->setText(text);
}

void DesignPage::update_buttons() {
    show_lock();
    run_->setEnabled(study().can_run());
    form_->setEnabled(!study().jobs().running());
    variables_->setEnabled(!study().jobs().running());
    preset_->setEnabled(!study().jobs().running());
    show_validation();
}

void DesignPage::retranslate() {
    set_heading(tr("2  Design"), tr("Choose who is compared with whom. The sentence below always says what is set."));
    preset_label_->setText(tr("&Preset"));
    preset_->setAccessibleName(tr("Preset"));
    lock_->setText(tr("Lock…"));
    lock_->setAccessibleName(tr("Lock the design"));
    lock_->setToolTip(tr("Freezes the design before its results are seen"));
    run_->setText(tr("Run"));
    run_->setAccessibleName(tr("Run the study"));
    validation_label_->setText(tr("Check of the design"));
    validation_->setAccessibleName(tr("Check of the design"));
    variables_label_->setText(tr("Variables of the &data"));
    variables_hint_->setText(tr("Drag onto a field, or press Enter."));
    variables_->retranslate();
    form_->retranslate();
    refresh();
}

QString DesignPage::explanation() const {
    QString html = heading(tr("Why matching?"));
    html +=
        paragraph(tr("Firms that adopt differ from firms that do not, before any adoption: they are larger and grow "
                     "faster. The propensity score sums up these differences in one number; each adopter is compared "
                     "with non-adopters of nearly the same score."));
    html += heading(tr("Which preset?"));
    html +=
        paragraph(tr("Recommended: pairs agree exactly in industry and size, their scores lie within a caliper, and "
                     "changes are compared (difference-in-differences), so that lasting differences cancel out."));
    html +=
        paragraph(tr("Basic PSM: the nearest score on the probability scale, one to one, without a caliper. Pairs may "
                     "be far apart; look at the balance before you use its numbers."));
    html += paragraph(
        tr("Full: the recommended design with every outcome (regular jobs, labour cost and value added per head, "
           "operating profit, survival), more breakdowns, staggered adoption, placebos, other designs and attrition. "
           "The files must hold these columns."));
    html += heading(tr("Covariates"));
    html +=
        paragraph(tr("Take only what was known before the adoption. The program uses the values of the year before "
                     "adoption, never later ones."));
    html += paragraph(QStringLiteral("Rosenbaum & Rubin 1983; Stuart 2010; Austin 2011."));
    return html;
}

}  // namespace twinfirm::ui
