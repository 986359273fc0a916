// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "study/localization.h"
#include "twinfirm/design/specification.h"

class QFormLayout;

namespace twinfirm::ui {

class BandEditor;
class BoundFields;
class FoldingSection;

/// The settings that most studies leave as they are, in sections that are closed at first; a section in which something
/// is set says so.
class MoreSettings : public QWidget {
    Q_OBJECT

  public:
    explicit MoreSettings(const Localization& localization, QWidget* parent = nullptr);

    void set_specification(const design::Specification& specification);
    void read(design::Specification& specification) const;
    /// Tells what is wrong below the fields that it is wrong in, and on the headers of their sections.
    void show_errors(const std::vector<Error>& errors);
    void retranslate();

  Q_SIGNALS:
    void edited();

  private:
    struct Section {
        FoldingSection* widget;
        std::function<QString()> title;
        std::function<QString()> explanation;
        std::size_t first;  ///< its fields
        std::size_t end;
    };

    QFormLayout* begin_section(const char* name, std::function<QString()> title, std::function<QString()> explanation);
    void build_errors();
    void build_over_time();
    void build_staggered();
    void build_bands();
    void build_groups();
    void show_titles();

    const Localization& localization_;
    std::vector<Error> errors_;
    BoundFields* fields_;
    BandEditor* bands_ = nullptr;
    std::vector<Section> sections_;
    design::Specification specification_;
};

}  // namespace twinfirm::ui
