// SPDX-License-Identifier: GPL-3.0-or-later
// Walks through all pages in both languages; with TWINFIRM_TOUR_DIR set, leaves a picture of each there, to be looked
// at by people: also dark (TWINFIRM_TOUR_SCHEME=dark), of another size (TWINFIRM_TOUR_SIZE=960x540), and, with
// TWINFIRM_TEST_SCALE=2, twice as large.
#include <QSpinBox>

#include "ui/page_walk.h"

namespace twinfirm::ui {
namespace {

class Tour : public PageWalk {
  protected:
    void SetUp() override {
        PageWalk::SetUp();
        if (qEnvironmentVariable("TWINFIRM_TOUR_SCHEME") == QLatin1String("dark")) {
            ASSERT_TRUE(apply_appearance(*qApp, Scheme::dark));
        }
        const QStringList size = qEnvironmentVariable("TWINFIRM_TOUR_SIZE").split(QLatin1Char('x'));
        if (size.size() == 2) window_->resize(size[0].toInt(), size[1].toInt());
        settle();
    }

    void take_picture(QWidget& widget, const std::string& name) {
        const QPixmap picture = widget.grab();
        ASSERT_FALSE(picture.isNull());
        const QString folder = qEnvironmentVariable("TWINFIRM_TOUR_DIR");
        if (folder.isEmpty()) return;
        const QString file = QStringLiteral("%1/%2.%3.png")
                                 .arg(folder, QString::fromStdString(name),
                                      QString::fromStdString(std::string(language_tag(localization_.language()))));
        EXPECT_TRUE(picture.save(file)) << file.toStdString();
    }
};

TEST_F(Tour, EveryPageInBothLanguages) {
    const Visit picture = [this](QWidget& shown, const std::string& name) { take_picture(shown, name); };
    for (const Language language : {Language::english, Language::korean}) {
        localization_.set_language(language);
        settle();
        take_picture(*window_, "0-empty");
    }
    open_sample();
    run();
    walk(picture);
    localization_.set_language(Language::english);
    settle();
    walk(picture);
    EXPECT_TRUE(errors_.empty());

    // A design that was changed, and an error with its hint.
    find<QSpinBox>("ratio")->setValue(3);
    window_->study().open_project(folder() / "not_there.twinfirm");
    ASSERT_TRUE(wait_for_jobs());
    window_->show_step(Step::effects);
    settle();
    take_picture(*window_, "9-out-of-date");

    // What is known of that design before it is run.
    window_->study().preview().compute();
    ASSERT_TRUE(wait_for([this] { return window_->study().preview().evaluation() != nullptr; }));
    window_->show_step(Step::balance);
    settle();
    take_picture(*window_, "9-preview");
}

}  // namespace
}  // namespace twinfirm::ui
