// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/start_panel.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "window/sample_study.h"

namespace twinfirm::ui {

StartPanel::StartPanel(OpenStudy& study, RecentProjects& recent, const Localization& localization, QWidget* parent)
    : QWidget(parent),
      study_(study),
      recent_(recent),
      localization_(localization),
      drop_hint_(new QLabel(this)),
      own_group_(new QGroupBox(this)),
      sample_group_(new QGroupBox(this)),
      open_(add_choice(own_group_, "start_open", true)),
      earlier_(add_choice(own_group_, "start_earlier")),
      demo_(add_choice(sample_group_, "start_demo")),
      survey_(add_choice(sample_group_, "start_survey")),
      lalonde_(add_choice(sample_group_, "start_lalonde")),
      empl_uk_(add_choice(sample_group_, "start_empl_uk")),
      recent_label_(new QLabel(this)),
      recent_list_(new QListWidget(this)) {
    drop_hint_->setObjectName(QStringLiteral("drop_hint"));
    drop_hint_->setAlignment(Qt::AlignCenter);
    drop_hint_->setWordWrap(true);
    drop_hint_->setMinimumSize(150, 96);
    recent_list_->setObjectName(QStringLiteral("recent_projects"));
    recent_list_->setMinimumHeight(56);
    recent_list_->setMaximumHeight(170);
    recent_label_->setBuddy(recent_list_);

    const auto lay_out = [](QGroupBox* group, std::initializer_list<Choice> choices) {
        auto* grid = new QGridLayout(group);
        grid->setVerticalSpacing(6);
        grid->setColumnStretch(1, 1);
        int row = 0;
        for (const Choice& choice : choices) {
            grid->addWidget(choice.button, row, 0);
            grid->addWidget(choice.description, row++, 1);
        }
    };
    lay_out(own_group_, {open_, earlier_});
    lay_out(sample_group_, {demo_, survey_, lalonde_, empl_uk_});
    auto* choices = new QVBoxLayout;
    choices->addWidget(own_group_);
    choices->addWidget(sample_group_);
    choices->addStretch(1);
    auto* top = new QHBoxLayout;
    top->addWidget(drop_hint_, 1);
    top->addLayout(choices, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(recent_label_);
    layout->addWidget(recent_list_);
    layout->addStretch(1);

    connect(open_.button, &QPushButton::clicked, this, &StartPanel::open_requested);
    connect(earlier_.button, &QPushButton::clicked, this, &StartPanel::earlier_requested);
    connect(demo_.button, &QPushButton::clicked, this, &StartPanel::sample_requested);
    connect(survey_.button, &QPushButton::clicked, this, &StartPanel::survey_requested);
    const auto open_sample = [this](const char* file) {
        if (const auto path = sample_file(file)) {
            Q_EMIT file_requested(QString::fromStdString(path->string()));
        } else {
            study_.report(Error{ErrorKind::access, "sample_not_found", {}, {}, 0, 0});
        }
    };
    connect(lalonde_.button, &QPushButton::clicked, this, [open_sample] { open_sample("lalonde.csv"); });
    connect(empl_uk_.button, &QPushButton::clicked, this, [open_sample] { open_sample("EmplUK.csv"); });
    connect(&recent_, &RecentProjects::changed, this, &StartPanel::show_recent);
    // Enter or a double click.
    connect(recent_list_, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT project_requested(item->data(Qt::UserRole).toString()); });
}

StartPanel::Choice StartPanel::add_choice(QWidget* parent, const char* name, bool primary) {
    Choice choice{new QPushButton(parent), new QLabel(parent)};
    choice.button->setObjectName(QString::fromLatin1(name));
    if (primary) choice.button->setProperty("primary", true);
    choice.description->setWordWrap(true);
    choice.description->setProperty("part", "description");
    buttons_.push_back(choice.button);
    return choice;
}

void StartPanel::show_recent() {
    recent_list_->clear();
    for (const std::filesystem::path& path : study_.left_behind()) {
        const QString name = QString::fromStdString(path.string());
        const QString time = QLocale(localization_.language() == Language::english ? QLocale::English : QLocale::Korean)
                                 .toString(QFileInfo(name).lastModified(), QLocale::ShortFormat);
        auto* item = new QListWidgetItem(tr("Not saved when the program ended: study of %1").arg(time), recent_list_);
        item->setData(Qt::UserRole, name);
    }
    for (const QString& path : recent_.paths()) {
        const QFileInfo file(path);
        auto* item = new QListWidgetItem(
            QStringLiteral("%1 — %2").arg(file.fileName(), QDir::toNativeSeparators(file.absolutePath())),
            recent_list_);
        item->setData(Qt::UserRole, path);
    }
    recent_label_->setVisible(recent_list_->count() > 0);
    recent_list_->setVisible(recent_list_->count() > 0);
}

void StartPanel::update_buttons() {
    for (QPushButton* button : buttons_) button->setEnabled(!study_.jobs().running());
}

void StartPanel::retranslate() {
    const auto set = [](const Choice& choice, const QString& name, const QString& description) {
        choice.button->setText(name);
        choice.button->setAccessibleName(name);
        choice.button->setAccessibleDescription(description);
        choice.description->setText(description);
    };
    drop_hint_->setText(tr("Drop data files (CSV, XLSX, XLS), a study file or a project here."));
    own_group_->setTitle(tr("Own data"));
    set(open_, tr("Open files…"), tr("The register of firms, the yearly panel and, if there is one, the survey."));
    set(earlier_, tr("New data with an earlier design…"),
        tr("Takes design, columns and units over from last year's project or specification."));
    sample_group_->setTitle(tr("Sample data"));
    set(demo_, tr("Made-up study"), tr("3,000 firms, 390 adopters, with a design that can be run at once."));
    set(survey_, tr("Made-up survey"), tr("1,500 factories; step 7 computes it at once."));
    set(lalonde_, tr("LaLonde"), tr("Job training 1976, one row a person: a file to try the reading of data with."));
    set(empl_uk_, tr("EmplUK"), tr("140 British firms 1976–1984: a yearly panel to try the reading of data with."));
    recent_label_->setText(tr("&Recent projects"));
    recent_list_->setAccessibleName(tr("Recent projects"));
    show_recent();
    update_buttons();
}

}  // namespace twinfirm::ui
