// SPDX-License-Identifier: GPL-3.0-or-later
// Texts can be read: in either scheme, in both languages, in a small window and on a screen scaled to 200 %.
#include "window/appearance.h"

#include <QFile>
#include <QMenu>
#include <QRegularExpression>
#include <set>

#include "ui/page_walk.h"
#include "ui/text_fit.h"

namespace twinfirm::ui {
namespace {

TEST(Colors, EveryTextStandsOutFromWhatItStandsOn) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        for (const TextPair& pair : text_pairs()) {
            EXPECT_GE(contrast(scheme_color(scheme, pair.text), scheme_color(scheme, pair.background)), 4.5)
                << pair.text.toStdString() << " on " << pair.background.toStdString()
                << (scheme == Scheme::dark ? ", dark" : ", light");
        }
        // What cannot be used now is still seen; marks of the steps are pictures (3 to 1).
        for (const char* mark : {"disabled_text", "done", "attention", "stale"}) {
            EXPECT_GE(contrast(scheme_color(scheme, QString::fromLatin1(mark)),
                               scheme_color(scheme, QStringLiteral("alternate"))),
                      3)
                << mark;
        }
        for (const char* behind : {"window", "field"}) {
            EXPECT_GE(contrast(scheme_color(scheme, QStringLiteral("control_line")),
                               scheme_color(scheme, QString::fromLatin1(behind))),
                      3)
                << behind;
        }
    }
}

TEST(Colors, TheStyleSheetNamesRolesOnly) {
    QFile file(QStringLiteral(":/resources/style.qss"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QString sheet = QString::fromUtf8(file.readAll());
    EXPECT_FALSE(sheet.contains(QRegularExpression(QStringLiteral("#[0-9A-Fa-f]{6}"))));
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        EXPECT_FALSE(colored(sheet, scheme).contains(QLatin1Char('@')));
    }
    EXPECT_THROW((void)scheme_color(Scheme::light, QStringLiteral("no such role")), std::out_of_range);
}

class TextFit : public PageWalk {
  protected:
    void TearDown() override {
        ASSERT_TRUE(apply_appearance(*qApp));
        PageWalk::TearDown();
    }

    /// A finding is told once.
    void tell(const std::string& where, const std::vector<std::string>& found) {
        for (const std::string& text : found) {
            if (told_.insert(text).second) ADD_FAILURE() << where << ": " << text;
        }
    }

  private:
    std::set<std::string> told_;
};

TEST_F(TextFit, TheSchemeIsChosenInTheMenuAndRemembered) {
    const auto actions = find<QMenu>("scheme_menu")->actions();
    ASSERT_EQ(actions.size(), 3);
    EXPECT_TRUE(actions[0]->isChecked());
    actions[2]->trigger();
    EXPECT_EQ(chosen_scheme(), SchemeChoice::dark);
    EXPECT_EQ(scheme_of(window_->palette()), Scheme::dark);
    actions[1]->trigger();
    EXPECT_EQ(scheme_to_show(), Scheme::light);
    EXPECT_EQ(scheme_of(window_->palette()), Scheme::light);
}

TEST_F(TextFit, EveryTextStandsOutOnTheScreen) {
    open_sample();
    run();
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        ASSERT_TRUE(apply_appearance(*qApp, scheme));
        const std::string name = scheme == Scheme::dark ? " dark" : " light";
        walk([&](QWidget& shown, const std::string& page) { tell(page + name, faint_texts(shown)); });
    }
}

TEST_F(TextFit, NoTextIsCutInEitherLanguage) {
    tell("empty", cut_texts(*window_));
    open_sample();
    run();
    // A laptop, a small one, and half of a full-HD screen: that at 200 %.
    for (const QSize size : {QSize(1280, 800), QSize(1280, 720), QSize(960, 540)}) {
        for (const Language language : {Language::korean, Language::english}) {
            localization_.set_language(language);
            window_->resize(size);
            settle();
            EXPECT_EQ(window_->size(), size);
            const std::string name =
                " " + std::to_string(size.width()) + " " + std::string(language_tag(localization_.language()));
            walk([&](QWidget& shown, const std::string& page) { tell(page + name, cut_texts(shown)); });
        }
    }
}

}  // namespace
}  // namespace twinfirm::ui
