// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_edit.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>
#include <utility>

namespace twinfirm::ui {

namespace {

constexpr int specification_edit = 1;

/// `/matching/caliper` and the like, one a line.
std::string changed_places(const design::Specification& before, const design::Specification& after) {
    const auto json = [](const design::Specification& specification) {
        return nlohmann::json::parse(design::specification_to_json(specification));
    };
    std::string places;
    for (const auto& step : nlohmann::json::diff(json(before), json(after))) {
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
      changed_(changed_places(before_, after_)) {}

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

}  // namespace twinfirm::ui
