// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "twinfirm/app/survey_choice.h"
#include "widgets/page.h"

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace twinfirm::ui {

class ChartPanel;
class ColumnChoice;
class FindingsModel;
class ReportTable;

/// Step 7: status surveys, stages, technology level, markets and suppliers. It has files of its own, apart from the
/// study of the other steps: a survey specification, or one survey file whose columns are chosen here.
class SurveyPage : public Page {
    Q_OBJECT

  public:
    SurveyPage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;
    [[nodiscard]] bool has_findings() const { return findings_.has_value(); }

    /// A specification (.json) is computed; of another file the columns are shown.
    void open(const std::filesystem::path& path);
    void open_sample();
    void compute();
    /// By the ending of the path: .pdf, .hwpx, .xlsx, .html.
    void write_report(const std::filesystem::path& path);

  Q_SIGNALS:
    void findings_changed();

  protected:
    void retranslate() override;

  private:
    void ask_for_file();
    void ask_for_report();
    void run(const app::SurveyStudy& study, const std::filesystem::path& folder);
    void show_findings();
    void show_row(int row);
    void update_buttons();

    std::optional<survey::SurveyFindings> findings_;
    std::filesystem::path path_;
    QPushButton* open_;
    QPushButton* sample_;
    QPushButton* save_;
    QLabel* file_;
    ColumnChoice* columns_;
    QStackedWidget* stack_;
    QLabel* nothing_yet_;
    QLabel* list_label_;
    QListView* list_;
    FindingsModel* model_;
    QTabWidget* tabs_;
    ChartPanel* chart_;
    ReportTable* table_;
    QLabel* warnings_;
};

}  // namespace twinfirm::ui
