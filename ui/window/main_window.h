// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <filesystem>
#include <vector>

#include "report/result_export.h"
#include "study/localization.h"
#include "study/open_study.h"
#include "study/recent_projects.h"
#include "study/step_state.h"

class QListView;
class QStackedWidget;

namespace twinfirm::ui {

class DataPage;
class DesignPage;
class ExplanationPanel;
class GuideWindow;
class JobBar;
class MessagePanel;
class Page;
class ReportPage;
class SurveyPage;
class StepModel;
class WindowMenus;

/// The frame: steps at the left, the page of the step, its explanation at the right, the running work below.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    explicit MainWindow(Localization& localization, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] OpenStudy& study() { return study_; }
    [[nodiscard]] ResultExport& result_export() { return export_; }
    void open(const std::vector<std::filesystem::path>& paths) { study_.open_paths(paths); }
    void open_sample();
    void show_step(Step step);

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void build_pages();
    void build_frame();
    void build_menus();
    void connect_study();
    void retranslate();
    void refresh_states();
    void refresh_title();
    void refresh_explanation();
    void run();
    void new_project();
    void open_project();
    void open_recent(const QString& path);
    void save_project_as();
    void open_files();
    [[nodiscard]] std::vector<std::filesystem::path> ask_for_files();
    void begin_with_earlier();
    void open_sample_survey();
    void show_specification();
    void show_guide();
    void show_about();
    void open_window();
    /// Light or dark, as chosen or as the desktop is.
    void show_scheme();
    [[nodiscard]] Page* current_page() const;
    /// False: the user wants to stay with an unsaved project.
    [[nodiscard]] bool may_leave();

    Localization& localization_;
    OpenStudy study_;
    ResultExport export_;
    RecentProjects recent_;
    StepModel* steps_;
    QListView* step_list_;
    QStackedWidget* pages_;
    DataPage* data_page_;
    DesignPage* design_page_;
    ReportPage* report_page_;
    SurveyPage* survey_page_;
    ExplanationPanel* explanation_;
    MessagePanel* messages_;
    JobBar* job_bar_;
    WindowMenus* menus_;
    GuideWindow* guide_ = nullptr;  ///< made when it is first asked for
    bool running_study_ = false;
};

}  // namespace twinfirm::ui
