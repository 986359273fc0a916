// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/recent_projects.h"
#include "widgets/page.h"

class QPushButton;

namespace twinfirm::ui {

class DataFileModel;
class FilePanel;
class StartPanel;
class TableView;

/// Step 1: the files, how they are read, and what of them is stored.
class DataPage : public Page {
    Q_OBJECT

  public:
    DataPage(OpenStudy& study, RecentProjects& recent, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  Q_SIGNALS:
    void open_requested();
    void sample_requested();
    void earlier_requested();
    void survey_requested();
    void file_requested(const QString& path);
    void project_requested(const QString& path);

  protected:
    void retranslate() override;

  private:
    void refresh();
    void select(int row);
    void undo_import();
    void update_buttons();
    void show_heading();
    /// The number of files if none is selected.
    [[nodiscard]] std::size_t selected_file() const;

    QPushButton* open_;
    QPushButton* sample_;
    QPushButton* undo_;
    QPushButton* import_;
    StartPanel* start_;  ///< shown as long as there is no file
    DataFileModel* files_;
    TableView* files_view_;
    FilePanel* panel_;
};

}  // namespace twinfirm::ui
