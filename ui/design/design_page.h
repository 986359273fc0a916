// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace twinfirm::ui {

class SettingsForm;
class VariableList;

/// Step 2: the specification, read back in a sentence, checked while it is edited, and run.
class DesignPage : public Page {
    Q_OBJECT

  public:
    DesignPage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  Q_SIGNALS:
    void run_requested();

  protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    [[nodiscard]] QWidget* make_variable_panel();
    /// Beside the form where there is room and anything to drag.
    void show_variables();
    void choose_preset();
    void take_edit();
    void refresh();
    void show_validation();
    void update_buttons();
    void show_lock();
    void lock();

    QLabel* preset_label_;
    QComboBox* preset_;
    QPushButton* lock_;
    QPushButton* run_;
    QLabel* lock_state_;
    QLabel* sentence_;
    QLabel* variables_label_;
    VariableList* variables_;
    QLabel* variables_hint_;
    QWidget* variable_panel_;
    SettingsForm* form_;
    QLabel* validation_label_;
    QPlainTextEdit* validation_;
};

}  // namespace twinfirm::ui
