// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <memory>

#include "data/row_grid.h"
#include "report/report_composer.h"
#include "study/localization.h"
#include "window/appearance.h"
#include "window/main_window.h"

namespace twinfirm::ui {

/// A window, driven without a screen.
class StudyWindow : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(apply_appearance(*qApp));
        ASSERT_TRUE(folder_.isValid());
        // The user's own settings are left alone.
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.filePath(QStringLiteral("settings")));
        qputenv("XDG_DATA_HOME", folder_.filePath(QStringLiteral("data")).toUtf8());
        window_ = std::make_unique<MainWindow>(localization_);
        QObject::connect(&window_->study(), &OpenStudy::failed, window_.get(),
                         [this](const Error& error) { errors_.push_back(error); });
        window_->show();
        settle();
    }

    /// Handles events until nothing is left to do, the text of the report and the rows of the grid included.
    void settle() {
        for (int i = 0; i < 5; ++i) QApplication::processEvents();
        if (!window_) return;
        const auto* report = window_->findChild<ReportComposer*>();
        const auto* grid = window_->findChild<RowGrid*>();
        while (report->busy() || grid->busy()) QApplication::processEvents(QEventLoop::AllEvents, 20);
    }

    /// Handles events until the condition holds; false after a long time.
    bool wait_for(const std::function<bool()>& condition, int milliseconds = 60000) {
        QElapsedTimer clock;
        clock.start();
        while (!condition() && clock.elapsed() < milliseconds) QApplication::processEvents(QEventLoop::AllEvents, 20);
        settle();
        return condition();
    }

    bool wait_for_jobs() {
        settle();
        return wait_for([this] { return !window_->study().jobs().running(); });
    }

    void open_sample() {
        window_->open_sample();
        ASSERT_TRUE(wait_for_jobs());
        ASSERT_EQ(window_->study().stored_tables().size(), 3u);
    }

    void run() {
        window_->study().run();
        ASSERT_TRUE(wait_for_jobs());
        ASSERT_NE(window_->study().evaluation(), nullptr);
    }

    template <class Widget>
    Widget* find(const char* name) {
        return window_->findChild<Widget*>(QString::fromLatin1(name));
    }

    [[nodiscard]] std::filesystem::path folder() const { return folder_.path().toStdString(); }

    QTemporaryDir folder_;
    Localization localization_{Language::korean};
    std::vector<Error> errors_;
    std::unique_ptr<MainWindow> window_;
};

}  // namespace twinfirm::ui
