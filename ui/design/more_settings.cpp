// SPDX-License-Identifier: GPL-3.0-or-later
#include "design/more_settings.h"

#include <QFormLayout>
#include <QVBoxLayout>
#include <utility>

#include "design/band_editor.h"
#include "design/bound_fields.h"
#include "widgets/folding_section.h"

namespace twinfirm::ui {

using design::Specification;

MoreSettings::MoreSettings(const Localization& localization, QWidget* parent)
    : QWidget(parent),
      localization_(localization),
      fields_(new BoundFields(this)),
      bands_(new BandEditor(localization)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    build_errors();
    build_over_time();
    build_staggered();
    build_bands();
    build_groups();
    connect(fields_, &BoundFields::edited, this, &MoreSettings::edited);
    connect(bands_, &BandEditor::edited, this, &MoreSettings::edited);
    retranslate();
}

QFormLayout* MoreSettings::begin_section(const char* name, std::function<QString()> title,
                                         std::function<QString()> explanation) {
    auto* section = new FoldingSection(QString::fromLatin1(name), this);
    layout()->addWidget(section);
    sections_.push_back({section, std::move(title), std::move(explanation), fields_->size(), fields_->size()});
    auto* form = new QFormLayout(section->body());
    form->setContentsMargins(22, 2, 0, 6);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    return form;
}

void MoreSettings::build_errors() {
    QFormLayout* form = begin_section(
        "section_errors", [] { return tr("Standard errors and balance"); },
        [] { return tr("Whether firms of a region or group move together, and how strictly balance is judged."); });
    fields_->add_word(
        form, "cluster", [] { return tr("Cluster errors by (column)"); },
        [](Specification& s) -> std::string& { return s.effects.cluster; }, "/effects/cluster");
    fields_->add_flag(
        form, "balance_interactions", [] { return tr("Balance of squares and products too"); },
        [](Specification& s) -> bool& { return s.balance_interactions; });
    fields_->add_flag(
        form, "smallest_caliper", [] { return tr("Smallest caliper that keeps all adopters"); },
        [](Specification& s) -> bool& { return s.matching.smallest_caliper; });
    sections_.back().end = fields_->size();
}

void MoreSettings::build_over_time() {
    QFormLayout* form = begin_section(
        "section_over_time", [] { return tr("Effects over time"); },
        [] { return tr("Checks of parallel trends, placebos and neighbouring designs. They take time to compute."); });
    fields_->add_choice<design::ControlPool>(
        form, "control_pool", [] { return tr("Compared with"); },
        [] {
            return QStringList{tr("firms that never adopt"), tr("firms that have not adopted by the last year shown")};
        },
        [](Specification& s) -> design::ControlPool& { return s.over_time.control_pool; });
    fields_->add_flag(
        form, "pre_growth", [] { return tr("Match on growth before adoption too"); },
        [](Specification& s) -> bool& { return s.over_time.pre_growth; });
    fields_->add_flag(
        form, "fixed_composition", [] { return tr("Only sets seen in every year shown"); },
        [](Specification& s) -> bool& { return s.over_time.fixed_composition; });
    fields_->add_flag(
        form, "over_time_tests", [] { return tr("Tests of trends before adoption"); },
        [](Specification& s) -> bool& { return s.over_time.tests; });
    fields_->add_flag(
        form, "alternatives", [] { return tr("The same under neighbouring designs"); },
        [](Specification& s) -> bool& { return s.over_time.alternatives; });
    fields_->add_flag(
        form, "attrition", [] { return tr("Weights and bounds for firms that drop out"); },
        [](Specification& s) -> bool& { return s.over_time.attrition; });
    fields_->add_count(
        form, "placebo_years", [] { return tr("Placebo: adoption years earlier (0 = none)"); }, 0, 10,
        [](Specification& s) -> int& { return s.over_time.placebo_years; });
    fields_->add_word(
        form, "placebo_outcome", [] { return tr("Placebo outcome (column)"); },
        [](Specification& s) -> std::string& { return s.over_time.placebo_outcome; }, "/over_time/placebo_outcome");
    sections_.back().end = fields_->size();
}

void MoreSettings::build_staggered() {
    QFormLayout* form = begin_section(
        "section_staggered", [] { return tr("Staggered adoption"); },
        [] { return tr("Cohort by cohort beside the matched comparison (Callaway & Sant'Anna 2021)."); });
    fields_->add_flag(
        form, "staggered", [] { return tr("Estimate staggered adoption"); },
        [](Specification& s) -> bool& { return s.staggered.enabled; });
    fields_->add_choice<design::StaggeredControl>(
        form, "staggered_control", [] { return tr("Control firms"); },
        [] {
            return QStringList{tr("never adopted"), tr("not yet adopted")};
        },
        [](Specification& s) -> design::StaggeredControl& { return s.staggered.control; });
    fields_->add_choice<design::StaggeredEstimator>(
        form, "staggered_estimator", [] { return tr("Estimator"); },
        [] {
            return QStringList{tr("doubly robust"), tr("outcome regression"), tr("inverse probability")};
        },
        [](Specification& s) -> design::StaggeredEstimator& { return s.staggered.estimator; });
    fields_->add_choice<design::StaggeredBase>(
        form, "staggered_base", [] { return tr("Base year"); },
        [] {
            return QStringList{tr("varying"), tr("universal")};
        },
        [](Specification& s) -> design::StaggeredBase& { return s.staggered.base; });
    fields_->add_count(
        form, "anticipation", [] { return tr("Years of anticipation"); }, 0, 5,
        [](Specification& s) -> int& { return s.staggered.anticipation; });
    fields_->add_flag(
        form, "staggered_covariates", [] { return tr("With the covariates of the score"); },
        [](Specification& s) -> bool& { return s.staggered.score_covariates; });
    fields_->add_count(
        form, "staggered_draws", [] { return tr("Draws of the bootstrap"); }, 99, 100000,
        [](Specification& s) -> int& { return s.staggered.draws; });
    sections_.back().end = fields_->size();
}

void MoreSettings::build_bands() {
    QFormLayout* form = begin_section(
        "section_bands", [] { return tr("Bands"); },
        [] { return tr("Lower bounds of size and sales bands. A band holds its lower bound, not its upper one."); });
    form->addRow(bands_);
}

void MoreSettings::build_groups() {
    QFormLayout* form = begin_section(
        "section_groups", [] { return tr("Groups and survey"); },
        [] { return tr("Ranking of groups, smallest effect that can be found, which delivery indicator is read."); });
    fields_->add_share(
        form, "group_power", [] { return tr("Power for the smallest detectable effect"); }, 0.5, 0.99,
        [](Specification& s) -> double& { return s.groups.power; });
    fields_->add_count(
        form, "group_draws", [] { return tr("Draws of the ranking (0 = none)"); }, 0, 100000,
        [](Specification& s) -> int& { return s.groups.draws; });
    fields_->add_count(
        form, "group_top", [] { return tr("Places asked about"); }, 1, 50,
        [](Specification& s) -> int& { return s.groups.top; });
    fields_->add_word(
        form, "group_support", [] { return tr("Amount of support (column)"); },
        [](Specification& s) -> std::string& { return s.groups.support; }, "/groups/support");
    fields_->add_choice<design::Delivery>(
        form, "delivery", [] { return tr("Delivery indicator of the survey"); },
        [] {
            return QStringList{tr("as listed in the design"), tr("on-time rate"), tr("lead time")};
        },
        [](Specification& s) -> design::Delivery& { return s.before_after.delivery; });
    sections_.back().end = fields_->size();
}

void MoreSettings::set_specification(const design::Specification& specification) {
    specification_ = specification;
    fields_->show(specification);
    bands_->set_specification(specification);
    show_titles();
}

void MoreSettings::read(design::Specification& specification) const {
    fields_->read(specification);
    bands_->read(specification.breakdowns);
}

void MoreSettings::show_titles() {
    for (const Section& section : sections_) {
        const bool is_set = fields_->differ_from_defaults(specification_, section.first, section.end);
        const bool is_wrong = fields_->show_errors(section.first, section.end, errors_, localization_);
        section.widget->set_texts(section.title(), section.explanation(),
                                  is_wrong ? tr("error") : (is_set ? tr("set") : QString()));
    }
}

void MoreSettings::show_errors(const std::vector<Error>& errors) {
    errors_ = errors;
    show_titles();
}

void MoreSettings::retranslate() {
    fields_->retranslate();
    bands_->retranslate();
    show_titles();
}

}  // namespace twinfirm::ui
