// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

namespace twinfirm::ui {

class OpenStudy;

/// The study as a file that the command line runs: its files and tables with the plans by which they are read, and the
/// specification.
[[nodiscard]] QString study_json(const OpenStudy& study);

/// The commands that do what the window did: the data into the project, the run, the proof.
[[nodiscard]] QString study_commands(const OpenStudy& study);

/// Shows both, to be copied.
class SpecificationDialog : public QDialog {
    Q_OBJECT

  public:
    explicit SpecificationDialog(const OpenStudy& study, QWidget* parent = nullptr);
};

}  // namespace twinfirm::ui
