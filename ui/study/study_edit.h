// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <functional>
#include <string>
#include <utility>

#include "study/data_file.h"
#include "twinfirm/app/study_design.h"

namespace twinfirm::ui {

/// A change of the design, or of how its result is reported. Changes of the same settings one after the other are one
/// step of the history.
template <class Settings>
class DesignEdit : public QUndoCommand {
  public:
    using Show = std::function<void(const Settings&)>;

    /// @param id       of this kind of edit
    /// @param changed  what the edit changes
    DesignEdit(const QString& name, int id, std::string changed, Settings before, Settings after, Show show)
        : QUndoCommand(name),
          id_(id),
          changed_(std::move(changed)),
          before_(std::move(before)),
          after_(std::move(after)),
          show_(std::move(show)) {}

    void undo() override { show_(before_); }
    void redo() override { show_(after_); }
    [[nodiscard]] int id() const override { return id_; }
    bool mergeWith(const QUndoCommand* later) override {
        const auto* edit = dynamic_cast<const DesignEdit*>(later);
        if (edit == nullptr || edit->changed_ != changed_) return false;
        after_ = edit->after_;
        setObsolete(before_ == after_);
        return true;
    }

  private:
    int id_;
    std::string changed_;
    Settings before_;
    Settings after_;
    Show show_;
};

[[nodiscard]] QUndoCommand* specification_edit(const design::Specification& before, const design::Specification& after,
                                               DesignEdit<design::Specification>::Show show);
[[nodiscard]] QUndoCommand* report_edit(const design::ReportSettings& before, const design::ReportSettings& after,
                                        DesignEdit<design::ReportSettings>::Show show);
[[nodiscard]] QUndoCommand* choice_edit(const app::ReportChoice& before, const app::ReportChoice& after,
                                        DesignEdit<app::ReportChoice>::Show show);

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
