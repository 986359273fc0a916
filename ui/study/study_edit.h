// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <functional>

#include "study/data_file.h"
#include "twinfirm/app/study_design.h"

namespace twinfirm::ui {

/// A change of the design. Changes of the same settings one after the other are one step of the history.
class SpecificationEdit : public QUndoCommand {
  public:
    using Show = std::function<void(const design::Specification&)>;

    SpecificationEdit(design::Specification before, design::Specification after, Show show);

    void undo() override { show_(before_); }
    void redo() override { show_(after_); }
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* later) override;

  private:
    design::Specification before_;
    design::Specification after_;
    Show show_;
    std::string changed_;  ///< the settings' places in the JSON
};

/// A change of how the result is reported. Changes of the same setting one after the other are one step.
class ReportEdit : public QUndoCommand {
  public:
    using Show = std::function<void(const design::ReportSettings&)>;

    ReportEdit(design::ReportSettings before, design::ReportSettings after, Show show);

    void undo() override { show_(before_); }
    void redo() override { show_(after_); }
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* later) override;

  private:
    design::ReportSettings before_;
    design::ReportSettings after_;
    Show show_;
    std::string changed_;  ///< the settings' places in the JSON
};

/// A change of how a file is read.
class FileEdit : public QUndoCommand {
  public:
    using Show = std::function<void(const DataFile&)>;

    FileEdit(const QString& name, DataFile before, DataFile after, Show show)
        : QUndoCommand(name), before_(std::move(before)), after_(std::move(after)), show_(std::move(show)) {}

    void undo() override { show_(before_); }
    void redo() override { show_(after_); }

  private:
    DataFile before_;
    DataFile after_;
    Show show_;
};

}  // namespace twinfirm::ui
