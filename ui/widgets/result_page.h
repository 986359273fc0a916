// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QStackedWidget;

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

    void retranslate() final;
    void showEvent(QShowEvent* event) override;
    /// Where the page's own widgets go.
    [[nodiscard]] QWidget* result_area() { return result_area_; }
    /// To be called at the end of the page's constructor.
    void set_up();

  private:
    void refresh();
    void show_currency();

    QLabel* out_of_date_;
    QStackedWidget* stack_;
    QLabel* nothing_yet_;
    QWidget* result_area_;
    bool outdated_ = true;  ///< the widgets do not show the present result yet
};

}  // namespace twinfirm::ui
