// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_edit.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace twinfirm::ui {

namespace {

enum EditId { specification_id = 1, report_id, choice_id };

/// `/matching/caliper` and the like, one a line, of two JSON texts.
std::string changed_places(const std::string& before, const std::string& after) {
    std::string places;
    for (const auto& step : nlohmann::json::diff(nlohmann::json::parse(before), nlohmann::json::parse(after))) {
        places += step.at("path").get<std::string>() + "\n";
    }
    return places;
}

QString change_of_report() {
    return QCoreApplication::translate("twinfirm::ui::ReportEdit", "change of the report");
}

}  // namespace

QUndoCommand* specification_edit(const design::Specification& before, const design::Specification& after,
                                 DesignEdit<design::Specification>::Show show) {
    return new DesignEdit<design::Specification>(
        QCoreApplication::translate("twinfirm::ui::SpecificationEdit", "change of the design"), specification_id,
        changed_places(design::specification_to_json(before), design::specification_to_json(after)), before, after,
        std::move(show));
}

QUndoCommand* report_edit(const design::ReportSettings& before, const design::ReportSettings& after,
                          DesignEdit<design::ReportSettings>::Show show) {
    return new DesignEdit<design::ReportSettings>(
        change_of_report(), report_id,
        changed_places(design::report_settings_to_json(before), design::report_settings_to_json(after)), before, after,
        std::move(show));
}

QUndoCommand* choice_edit(const app::ReportChoice& before, const app::ReportChoice& after,
                          DesignEdit<app::ReportChoice>::Show show) {
    std::string changed;
    if (before.kind != after.kind) changed += "kind\n";
    if (before.language != after.language) changed += "language\n";
    if (before.earlier != after.earlier) changed += "earlier\n";
    return new DesignEdit<app::ReportChoice>(change_of_report(), choice_id, std::move(changed), before, after,
                                             std::move(show));
}

}  // namespace twinfirm::ui
