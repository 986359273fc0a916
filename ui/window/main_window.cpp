// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEvent>
#include <QEventLoop>
#include <QFileDialog>
#include <QItemSelectionModel>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "balance/balance_page.h"
#include "breakdowns/breakdowns_page.h"
#include "data/data_page.h"
#include "design/design_page.h"
#include "effects/effects_page.h"
#include "report/report_page.h"
#include "survey/survey_page.h"
#include "widgets/explanation_panel.h"
#include "widgets/job_bar.h"
#include "widgets/message_panel.h"
#include "widgets/step_model.h"
#include "window/about_dialog.h"
#include "window/appearance.h"
#include "window/desktop_scheme.h"
#include "window/guide_window.h"
#include "window/sample_study.h"
#include "window/specification_dialog.h"

namespace twinfirm::ui {

namespace {

constexpr int steps_width = 214;
constexpr int explanation_width = 250;
/// A narrower window has no room for the explanation beside the page.
constexpr int width_with_explanation = 1240;

}  // namespace

MainWindow::MainWindow(Localization& localization, QWidget* parent)
    : QMainWindow(parent), localization_(localization), export_(study_, localization) {
    setAcceptDrops(true);
    build_pages();
    build_frame();
    build_menus();
    connect_study();
    retranslate();
    show_step(Step::data);
    resize(1280, 800);
}

// The pages use the study to their end.
MainWindow::~MainWindow() {
    delete takeCentralWidget();
}

void MainWindow::build_pages() {
    pages_ = new QStackedWidget;
    pages_->setObjectName(QStringLiteral("pages"));
    data_page_ = new DataPage(study_, recent_, localization_);
    design_page_ = new DesignPage(study_, localization_);
    report_page_ = new ReportPage(study_, localization_, export_);
    pages_->addWidget(data_page_);
    pages_->addWidget(design_page_);
    pages_->addWidget(new BalancePage(study_, localization_));
    pages_->addWidget(new EffectsPage(study_, localization_));
    pages_->addWidget(new BreakdownsPage(study_, localization_));
    pages_->addWidget(report_page_);
    survey_page_ = new SurveyPage(study_, localization_);
    pages_->addWidget(survey_page_);
    for (int i = 0; i < pages_->count(); ++i) {
        const auto* page = qobject_cast<Page*>(pages_->widget(i));
        connect(page, &Page::explanation_changed, this, &MainWindow::refresh_explanation);
    }
    connect(data_page_, &DataPage::open_requested, this, &MainWindow::open_files);
    connect(data_page_, &DataPage::project_requested, this, &MainWindow::open_recent);
    connect(data_page_, &DataPage::earlier_requested, this, &MainWindow::begin_with_earlier);
    connect(data_page_, &DataPage::survey_requested, this, &MainWindow::open_sample_survey);
    connect(data_page_, &DataPage::file_requested, this, [this](const QString& path) { open({path.toStdString()}); });
    connect(data_page_, &DataPage::sample_requested, this, &MainWindow::open_sample);
    connect(design_page_, &DesignPage::run_requested, this, &MainWindow::run);
    connect(survey_page_, &SurveyPage::findings_changed, this, &MainWindow::refresh_states);
}

void MainWindow::build_frame() {
    steps_ = new StepModel(this);
    step_list_ = new QListView;
    step_list_->setObjectName(QStringLiteral("steps"));
    step_list_->setModel(steps_);
    step_list_->setItemDelegate(new StepDelegate(step_list_));
    step_list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    step_list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    step_list_->setResizeMode(QListView::Adjust);
    step_list_->setMinimumWidth(steps_width);
    step_list_->setMaximumWidth(steps_width + 60);
    explanation_ = new ExplanationPanel;
    messages_ = new MessagePanel(localization_);
    job_bar_ = new JobBar(study_.jobs(), localization_);

    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    splitter->addWidget(step_list_);
    splitter->addWidget(pages_);
    splitter->addWidget(explanation_);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({steps_width, 1280 - steps_width - explanation_width, explanation_width});
    splitter->setCollapsible(0, false);
    splitter->setCollapsible(1, false);
    auto* frame = new QWidget;
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    layout->addWidget(messages_);
    layout->addWidget(job_bar_);
    setCentralWidget(frame);
    connect(step_list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid()) return;
                pages_->setCurrentIndex(current.row());
                refresh_explanation();
            });
    connect(&export_, &ResultExport::finished, this, [this](const QString& path) {
        job_bar_->show_idle(path.isEmpty() ? QString() : tr("Written: %1").arg(path));
    });
}

void MainWindow::build_menus() {
    file_menu_ = menuBar()->addMenu(QString());
    const auto add = [this](QMenu* menu, auto slot, const QKeySequence& key = {}) {
        QAction* action = menu->addAction(QString());
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    new_window_ = add(file_menu_, &MainWindow::open_window, Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    new_window_->setObjectName(QStringLiteral("new_window"));
    new_project_ = add(file_menu_, &MainWindow::new_project, QKeySequence::New);
    open_project_ = add(file_menu_, &MainWindow::open_project, QKeySequence::Open);
    recent_menu_ = file_menu_->addMenu(QString());
    recent_menu_->setObjectName(QStringLiteral("recent_menu"));
    connect(&recent_, &RecentProjects::changed, this, &MainWindow::fill_recent_menu);
    save_as_ = add(file_menu_, &MainWindow::save_project_as, QKeySequence::Save);
    file_menu_->addSeparator();
    open_files_ = add(file_menu_, &MainWindow::open_files, Qt::CTRL | Qt::Key_D);
    begin_with_earlier_ = add(file_menu_, &MainWindow::begin_with_earlier);
    open_sample_ = add(file_menu_, &MainWindow::open_sample);
    file_menu_->addSeparator();
    export_results_ = add(
        file_menu_, [this] { report_page_->export_folder(); }, Qt::CTRL | Qt::Key_E);
    file_menu_->addSeparator();
    print_report_ = add(
        file_menu_, [this] { report_page_->print_report(); }, QKeySequence::Print);
    show_specification_ = add(file_menu_, &MainWindow::show_specification, Qt::CTRL | Qt::Key_I);
    show_specification_->setObjectName(QStringLiteral("show_specification"));
    file_menu_->addSeparator();
    quit_ = add(file_menu_, &MainWindow::close, QKeySequence::Quit);

    edit_menu_ = menuBar()->addMenu(QString());
    undo_ = add(
        edit_menu_, [this] { study_.history().undo(); }, QKeySequence::Undo);
    redo_ = add(
        edit_menu_, [this] { study_.history().redo(); }, QKeySequence::Redo);
    undo_->setObjectName(QStringLiteral("undo"));
    redo_->setObjectName(QStringLiteral("redo"));
    connect(&study_.history(), &QUndoStack::indexChanged, this, &MainWindow::update_history);

    view_menu_ = menuBar()->addMenu(QString());
    show_explanation_ = view_menu_->addAction(QString());
    show_explanation_->setCheckable(true);
    show_explanation_->setChecked(true);
    show_explanation_->setShortcut(Qt::Key_F9);
    connect(show_explanation_, &QAction::toggled, explanation_, &QWidget::setVisible);
    language_menu_ = view_menu_->addMenu(QString());
    language_menu_->setObjectName(QStringLiteral("language_menu"));
    languages_ = new QActionGroup(this);
    const auto add_language = [this](const QString& name, Language language) {
        QAction* action = language_menu_->addAction(name);
        action->setCheckable(true);
        action->setChecked(localization_.language() == language);
        languages_->addAction(action);
        connect(action, &QAction::triggered, this, [this, language] { localization_.set_language(language); });
        return action;
    };
    // A language is always named in itself.
    korean_ = add_language(QStringLiteral("한국어"), Language::korean);
    english_ = add_language(QStringLiteral("English"), Language::english);
    build_scheme_menu();

    help_menu_ = menuBar()->addMenu(QString());
    show_guide_ = add(help_menu_, &MainWindow::show_guide, QKeySequence::HelpContents);
    show_guide_->setObjectName(QStringLiteral("show_guide"));
    about_ = add(help_menu_, &MainWindow::show_about);
    about_->setObjectName(QStringLiteral("show_about"));
}

void MainWindow::build_scheme_menu() {
    scheme_menu_ = view_menu_->addMenu(QString());
    scheme_menu_->setObjectName(QStringLiteral("scheme_menu"));
    schemes_ = new QActionGroup(this);
    for (const SchemeChoice choice : {SchemeChoice::desktop, SchemeChoice::light, SchemeChoice::dark}) {
        QAction* action = scheme_menu_->addAction(QString());
        action->setCheckable(true);
        action->setChecked(chosen_scheme() == choice);
        schemes_->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] {
            choose_scheme(choice);
            show_scheme();
        });
    }
    connect(new DesktopScheme(this), &DesktopScheme::changed, this, &MainWindow::show_scheme);
}

void MainWindow::show_scheme() {
    if (const Status shown = apply_appearance(*qApp, scheme_to_show()); !shown) messages_->add(shown.error());
}

void MainWindow::connect_study() {
    connect(&study_, &OpenStudy::failed, this, [this](const Error& error) {
        running_study_ = false;
        messages_->add(error);
    });
    connect(&study_, &OpenStudy::noticed, this, [this](const Messages& messages) { messages_->add(messages); });
    connect(&study_, &OpenStudy::project_changed, this, [this] {
        refresh_title();
        const auto& path = study_.project_path();
        if (!path.empty()) recent_.add(QString::fromStdString(path.string()));
    });
    connect(&study_, &OpenStudy::files_changed, this, &MainWindow::refresh_states);
    connect(&study_, &OpenStudy::file_changed, this, &MainWindow::refresh_states);
    connect(&study_, &OpenStudy::specification_changed, this, &MainWindow::refresh_states);
    connect(&study_.preview(), &LivePreview::changed, this, &MainWindow::refresh_states);
    connect(&study_, &OpenStudy::evaluation_changed, this, [this] {
        refresh_states();
        update_actions();
        // A run shows what it is about first: were the firms alike?
        if (running_study_) show_step(Step::balance);
        running_study_ = false;
    });
    connect(&study_.jobs(), &JobRunner::started, this, &MainWindow::update_actions);
    connect(&study_.jobs(), &JobRunner::finished, this, &MainWindow::update_actions);
}

Page* MainWindow::current_page() const {
    return qobject_cast<Page*>(pages_->currentWidget());
}

void MainWindow::show_step(Step step) {
    step_list_->setCurrentIndex(steps_->index(static_cast<int>(step)));
}

void MainWindow::run() {
    messages_->clear();
    running_study_ = true;
    study_.run();
}

void MainWindow::refresh_states() {
    std::array<StepState, step_count> states = step_states(study_);
    if (survey_page_->has_findings()) states[static_cast<std::size_t>(Step::survey)] = StepState::done;
    steps_->set_states(states);
}

void MainWindow::refresh_title() {
    const QString name = study_.project_path().empty()
                             ? tr("not saved")
                             : QString::fromStdString(study_.project_path().filename().string());
    setWindowTitle(QStringLiteral("TwinFirm — %1").arg(study_.read_only() ? tr("%1 (read only)").arg(name) : name));
}

void MainWindow::refresh_explanation() {
    if (const Page* page = current_page()) explanation_->show_text(page->explanation());
}

void MainWindow::update_actions() {
    const bool idle = !study_.jobs().running();
    for (QAction* action : {new_project_, open_project_, save_as_, open_files_, begin_with_earlier_, open_sample_}) {
        action->setEnabled(idle);
    }
    for (QAction* action : {export_results_, print_report_}) {
        action->setEnabled(idle && study_.evaluation() != nullptr);
    }
    update_history();
}

/// The menu says what would be undone.
void MainWindow::update_history() {
    const QUndoStack& history = study_.history();
    const bool idle = !study_.jobs().running();
    undo_->setEnabled(idle && history.canUndo());
    redo_->setEnabled(idle && history.canRedo());
    undo_->setText(history.canUndo() ? tr("&Undo: %1").arg(history.undoText()) : tr("&Undo"));
    redo_->setText(history.canRedo() ? tr("&Redo: %1").arg(history.redoText()) : tr("&Redo"));
}

void MainWindow::retranslate() {
    file_menu_->setTitle(tr("&File"));
    new_window_->setText(tr("New &window"));
    new_project_->setText(tr("&New project…"));
    open_project_->setText(tr("&Open project…"));
    recent_menu_->setTitle(tr("&Recent projects"));
    fill_recent_menu();
    save_as_->setText(tr("&Save project as…"));
    open_files_->setText(tr("Open &data…"));
    begin_with_earlier_->setText(tr("New data with an e&arlier design…"));
    open_sample_->setText(tr("Sa&mple study"));
    export_results_->setText(tr("&Export results…"));
    print_report_->setText(tr("&Print report…"));
    show_specification_->setText(tr("Specification and co&mmands…"));
    quit_->setText(tr("&Quit"));
    edit_menu_->setTitle(tr("&Edit"));
    update_history();
    view_menu_->setTitle(tr("&View"));
    show_explanation_->setText(tr("&Explanation"));
    language_menu_->setTitle(tr("&Language"));
    scheme_menu_->setTitle(tr("&Colours"));
    schemes_->actions()[0]->setText(tr("As the &desktop"));
    schemes_->actions()[1]->setText(tr("&Light screen"));
    schemes_->actions()[2]->setText(tr("D&ark screen (charts and report stay on white paper)"));
    help_menu_->setTitle(tr("&Help"));
    show_guide_->setText(tr("&User guide"));
    about_->setText(tr("&About TwinFirm"));
    step_list_->setAccessibleName(tr("Steps of the study"));
    (localization_.language() == Language::korean ? korean_ : english_)->setChecked(true);
    steps_->retranslate();
    refresh_title();
    refresh_states();
    update_actions();
    refresh_explanation();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const bool was_narrow = event->oldSize().width() < width_with_explanation;
    const bool is_narrow = event->size().width() < width_with_explanation;
    // The user may show it all the same (F9).
    if (was_narrow != is_narrow) show_explanation_->setChecked(!is_narrow);
}

bool MainWindow::may_leave() {
    if (!study_.unsaved()) return true;
    QMessageBox question(this);
    question.setIcon(QMessageBox::Question);
    question.setText(tr("This project is not saved. Save it before leaving?"));
    question.setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    switch (question.exec()) {
        case QMessageBox::Save:
            save_project_as();
            if (study_.jobs().running()) {
                QEventLoop saving;
                connect(&study_.jobs(), &JobRunner::finished, &saving, &QEventLoop::quit, Qt::QueuedConnection);
                saving.exec();
            }
            return !study_.unsaved();
        case QMessageBox::Discard:
            return true;
        default:
            return false;
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    event->setAccepted(may_leave());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() && !study_.jobs().running()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) paths.emplace_back(url.toLocalFile().toStdString());
    }
    if (paths.empty()) return;
    event->acceptProposedAction();
    show_step(Step::data);
    open(paths);
}

void MainWindow::new_project() {
    if (!may_leave()) return;
    QString path = QFileDialog::getSaveFileName(this, tr("New project"), QStringLiteral("study.twinfirm"),
                                                tr("TwinFirm project (*.twinfirm)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".twinfirm"))) path += QLatin1String(".twinfirm");
    study_.new_project(path.toStdString());
    show_step(Step::data);
}

void MainWindow::open_project() {
    if (!may_leave()) return;
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open project"), {}, tr("TwinFirm project (*.twinfirm)"));
    if (path.isEmpty()) return;
    study_.open_project(path.toStdString());
    show_step(Step::data);
}

void MainWindow::open_recent(const QString& path) {
    if (study_.jobs().running() || !may_leave()) return;
    const std::filesystem::path project = path.toStdString();
    const auto& left = study_.left_behind();
    if (std::find(left.begin(), left.end(), project) != left.end()) {
        study_.recover_project(project);
    } else {
        study_.open_project(project);
    }
    show_step(Step::data);
}

void MainWindow::fill_recent_menu() {
    recent_menu_->clear();
    const QStringList paths = recent_.paths();
    for (const QString& path : paths) {
        connect(recent_menu_->addAction(path), &QAction::triggered, this, [this, path] { open_recent(path); });
    }
    recent_menu_->addSeparator();
    QAction* clear = recent_menu_->addAction(tr("&Clear list"));
    clear->setEnabled(!paths.isEmpty());
    connect(clear, &QAction::triggered, &recent_, &RecentProjects::clear);
}

void MainWindow::save_project_as() {
    QString path = QFileDialog::getSaveFileName(this, tr("Save project as"), QStringLiteral("study.twinfirm"),
                                                tr("TwinFirm project (*.twinfirm)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".twinfirm"))) path += QLatin1String(".twinfirm");
    study_.save_project_as(path.toStdString());
}

std::vector<std::filesystem::path> MainWindow::ask_for_files() {
    const QStringList chosen = QFileDialog::getOpenFileNames(
        this, tr("Open data"), {},
        tr("Data and study files (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.json);;All files (*)"));
    std::vector<std::filesystem::path> paths;
    for (const QString& path : chosen) paths.emplace_back(path.toStdString());
    return paths;
}

void MainWindow::open_files() {
    const std::vector<std::filesystem::path> paths = ask_for_files();
    if (paths.empty()) return;
    show_step(Step::data);
    open(paths);
}

void MainWindow::begin_with_earlier() {
    if (!may_leave()) return;
    const QString earlier = QFileDialog::getOpenFileName(this, tr("Earlier project or specification"), {},
                                                         tr("Project, study or specification (*.twinfirm *.json)"));
    if (earlier.isEmpty()) return;
    std::vector<std::filesystem::path> files = ask_for_files();
    if (files.empty()) return;
    show_step(Step::data);
    study_.begin_with_earlier(earlier.toStdString(), std::move(files));
}

void MainWindow::open_sample_survey() {
    show_step(Step::survey);
    survey_page_->open_sample();
}

void MainWindow::open_sample() {
    const auto sample = sample_study();
    if (!sample) {
        messages_->add(Error{ErrorKind::access, "sample_not_found", {}, {}, 0, 0});
        return;
    }
    show_step(Step::data);
    study_.open_study_file(*sample);
}

void MainWindow::show_specification() {
    auto* dialog = new SpecificationDialog(study_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::show_guide() {
    if (guide_ == nullptr) guide_ = new GuideWindow(this);
    guide_->show_step(static_cast<Step>(pages_->currentIndex()), localization_.language());
}

void MainWindow::open_window() {
    auto* window = new MainWindow(localization_);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
}

void MainWindow::show_about() {
    auto* dialog = new AboutDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace twinfirm::ui
