// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "widgets/page.h"

class QComboBox;
class QHBoxLayout;
class QStackedWidget;
class QTabWidget;

namespace twinfirm::ui {

/// A page that shows the result: empty before the first run, with a remark when the result is out of date. The result
/// is put into the widgets when the page is seen, so that a run or a change of the language draws one page, not four.
class ResultPage : public Page {
    Q_OBJECT

  public:
    ResultPage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

  protected:
    /// Puts the result into the widgets, in the present language; called only when there is one.
    virtual void show_result(const evaluation::Evaluation& evaluation) = 0;
    /// Heading and labels.
    virtual void retranslate_labels() = 0;

    /// What the page shows; null = nothing yet.
    [[nodiscard]] virtual std::shared_ptr<const evaluation::Evaluation> shown() const { return study().evaluation(); }
    /// What is to be kept in mind about its being out of date, or empty.
    [[nodiscard]] virtual QString currency() const;
    /// Shows what shown() is by now.
    void refresh();
    void show_currency();

    void retranslate() final;
    void showEvent(QShowEvent* event) override;

    /// Room for a button below what is said about being out of date.
    void add_below_currency(QWidget* widget);
    /// Where the page's own widgets go, from top to bottom.
    [[nodiscard]] QVBoxLayout* result_layout() { return result_layout_; }
    struct Choice {
        QLabel* label;
        QComboBox* box;
    };
    /// A box in the row above the result; the result is shown anew when another entry is chosen.
    [[nodiscard]] Choice add_choice(const char* name, int least_width);
    [[nodiscard]] QTabWidget* add_tabs(const char* name);
    /// Below the result: what has to be kept in mind with it.
    void add_warnings(const char* name);
    /// To be called at the end of the page's constructor.
    void set_up();

    /// Puts the outcomes and the survey's indicators into a box, and the former choice back.
    void show_outcomes(QComboBox& box, const evaluation::Evaluation& evaluation) const;
    /// What misleads about the numbers of an outcome in a breakdown (empty = all adopters).
    void show_traps(const evaluation::Evaluation& evaluation, const std::string& outcome, const std::string& breakdown);

  private:
    void guard_tables();

    QLabel* out_of_date_;
    QStackedWidget* stack_;
    QLabel* nothing_yet_;
    QVBoxLayout* result_layout_;
    QHBoxLayout* choices_ = nullptr;
    QLabel* warnings_ = nullptr;
    bool outdated_ = true;  ///< the widgets do not show the present result yet
};

}  // namespace twinfirm::ui
