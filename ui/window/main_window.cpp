// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEvent>
#include <QEventLoop>
#include <QFileDialog>
#include <QItemSelectionModel>
#include <QListView>
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
#include "window/window_menus.h"

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

// Pages and menus use the study to their end.
MainWindow::~MainWindow() {
    delete takeCentralWidget();
    delete menus_;
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
    menus_ = new WindowMenus(*menuBar(), study_, recent_, localization_);
    connect(menus_, &WindowMenus::window_requested, this, &MainWindow::open_window);
    connect(menus_, &WindowMenus::new_project_requested, this, &MainWindow::new_project);
    connect(menus_, &WindowMenus::open_project_requested, this, &MainWindow::open_project);
    connect(menus_, &WindowMenus::recent_requested, this, &MainWindow::open_recent);
    connect(menus_, &WindowMenus::save_requested, this, &MainWindow::save_project_as);
    connect(menus_, &WindowMenus::files_requested, this, &MainWindow::open_files);
    connect(menus_, &WindowMenus::earlier_requested, this, &MainWindow::begin_with_earlier);
    connect(menus_, &WindowMenus::sample_requested, this, &MainWindow::open_sample);
    connect(menus_, &WindowMenus::export_requested, report_page_, &ReportPage::export_folder);
    connect(menus_, &WindowMenus::print_requested, report_page_, &ReportPage::print_report);
    connect(menus_, &WindowMenus::specification_requested, this, &MainWindow::show_specification);
    connect(menus_, &WindowMenus::close_requested, this, &MainWindow::close);
    connect(menus_, &WindowMenus::explanation_toggled, explanation_, &QWidget::setVisible);
    connect(menus_, &WindowMenus::scheme_chosen, this, &MainWindow::show_scheme);
    connect(menus_, &WindowMenus::guide_requested, this, &MainWindow::show_guide);
    connect(menus_, &WindowMenus::about_requested, this, &MainWindow::show_about);
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
        // A run shows what it is about first: were the firms alike?
        if (running_study_) show_step(Step::balance);
        running_study_ = false;
    });
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

void MainWindow::retranslate() {
    menus_->retranslate();
    step_list_->setAccessibleName(tr("Steps of the study"));
    steps_->retranslate();
    refresh_title();
    refresh_states();
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
    if (was_narrow != is_narrow) menus_->show_explanation(!is_narrow);
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
