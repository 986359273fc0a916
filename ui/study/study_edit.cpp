// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_edit.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>
#include <utility>

namespace twinfirm::ui {

namespace {

constexpr int specification_edit = 1;
constexpr int report_edit = 2;

/// `/matching/caliper` and the like, one a line, of two JSON texts.
std::string changed_places(const std::string& before, const std::string& after) {
    std::string places;
    for (const auto& step : nlohmann::json::diff(nlohmann::json::parse(before), nlohmann::json::parse(after))) {
        places += step.at("path").get<std::string>() + "\n";
    }
    return places;
}

}  // namespace

SpecificationEdit::SpecificationEdit(design::Specification before, design::Specification after, Show show)
    : QUndoCommand(QCoreApplication::translate("twinfirm::ui::SpecificationEdit", "change of the design")),
      before_(std::move(before)),
      after_(std::move(after)),
      show_(std::move(show)),
      changed_(changed_places(design::specification_to_json(before_), design::specification_to_json(after_))) {}

int SpecificationEdit::id() const {
    return specification_edit;
}

bool SpecificationEdit::mergeWith(const QUndoCommand* later) {
    const auto* edit = dynamic_cast<const SpecificationEdit*>(later);
    if (edit == nullptr || edit->changed_ != changed_) return false;
    after_ = edit->after_;
    setObsolete(before_ == after_);
    return true;
}

ReportEdit::ReportEdit(design::ReportSettings before, design::ReportSettings after, Show show)
    : QUndoCommand(QCoreApplication::translate("twinfirm::ui::ReportEdit", "change of the report")),
      before_(std::move(before)),
      after_(std::move(after)),
      show_(std::move(show)),
      changed_(changed_places(design::report_settings_to_json(before_), design::report_settings_to_json(after_))) {}

int ReportEdit::id() const {
    return report_edit;
}

bool ReportEdit::mergeWith(const QUndoCommand* later) {
    const auto* edit = dynamic_cast<const ReportEdit*>(later);
    if (edit == nullptr || edit->changed_ != changed_) return false;
    after_ = edit->after_;
    setObsolete(before_ == after_);
    return true;
}

}  // namespace twinfirm::ui
