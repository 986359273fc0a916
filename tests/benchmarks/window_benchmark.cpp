// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window keeps its user waiting: gaps between the turns of the event loop while a study of the size of the
// country is imported, run, shown and exported, and how soon work stops when it is cancelled.
// Limits: no gap above 100 ms, 99 of 100 below 50 ms, work stopped 500 ms after the click.
#include <fmt/core.h>

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <functional>
#include <vector>

#include "data/row_grid.h"
#include "study/localization.h"
#include "twinfirm/app/demo.h"
#include "window/appearance.h"
#include "window/main_window.h"

namespace {

using namespace twinfirm;

constexpr int tick = 5;  // milliseconds

/// Turns of the event loop: a timer that comes late says for how long nothing else could have been handled.
class GapMeter {
  public:
    GapMeter() {
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(tick);
        QObject::connect(&timer_, &QTimer::timeout, [this] {
            gaps_.push_back(static_cast<double>(since_.nsecsElapsed()) / 1e6 - tick);
            since_.restart();
        });
    }

    /// Handles events until the condition holds, and prints what the phase was like.
    void watch(const char* phase, const std::function<bool()>& over) {
        gaps_.clear();
        QElapsedTimer whole;
        whole.start();
        since_.start();
        timer_.start();
        while (!over()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        timer_.stop();
        gaps_.push_back(static_cast<double>(since_.nsecsElapsed()) / 1e6 - tick);
        std::sort(gaps_.begin(), gaps_.end());
        const double most = std::max(0.0, gaps_.back());
        const double p99 = std::max(0.0, gaps_[gaps_.size() * 99 / 100]);
        fmt::print("{:<28} {:>7.2f} s  longest gap {:>6.1f} ms ({:.2f} of the limit)  p99 {:>5.1f} ms ({:.2f})\n",
                   phase, static_cast<double>(whole.elapsed()) / 1000, most, most / 100, p99, p99 / 50);
        std::fflush(stdout);
    }

  private:
    QTimer timer_;
    QElapsedTimer since_;
    std::vector<double> gaps_;
};

/// From the click to the end of the work.
double cancelled_after(ui::OpenStudy& study, int milliseconds) {
    QElapsedTimer clock;
    QTimer click;
    click.setSingleShot(true);
    QObject::connect(&click, &QTimer::timeout, [&] {
        clock.start();
        study.jobs().cancel();
    });
    click.start(milliseconds);
    while (study.jobs().running()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return clock.isValid() ? static_cast<double>(clock.nsecsElapsed()) / 1e6 : -1;
}

void print_cancel(const char* phase, double milliseconds) {
    if (milliseconds < 0) {
        fmt::print("{:<28} was over before it could be cancelled\n", phase);
    } else {
        fmt::print("{:<28} stopped after {:.0f} ms ({:.2f} of the limit)\n", phase, milliseconds, milliseconds / 500);
    }
}

/// Every row of the panel, and a filter on one of its columns.
void measure_grid(ui::MainWindow& window, GapMeter& meter) {
    const auto& files = window.study().files();
    const auto panel =
        std::find_if(files.begin(), files.end(), [](const ui::DataFile& file) { return file.table == "panel"; });
    auto* list = window.findChild<QTableView*>(QStringLiteral("files"));
    list->setCurrentIndex(list->model()->index(static_cast<int>(panel - files.begin()), 0));
    auto* grid = window.findChild<ui::RowGrid*>();
    auto* rows = window.findChild<QTableView*>(QStringLiteral("grid"));
    window.show_step(ui::Step::data);
    window.findChild<QTabWidget*>(QStringLiteral("file_tabs"))->setCurrentWidget(grid);
    meter.watch("reading the grid", [&] { return !grid->busy() && rows->model()->rowCount() > 0; });
    const int all = rows->model()->rowCount();
    auto* column = window.findChild<QComboBox*>(QStringLiteral("grid_column"));
    column->setCurrentIndex(2);
    window.findChild<QLineEdit*>(QStringLiteral("grid_filter"))->setText(QStringLiteral(">1000"));
    meter.watch("filtering the grid", [&] { return !grid->busy() && rows->model()->rowCount() < all; });
    int turns = 0;
    meter.watch("scrolling the grid", [&] {
        rows->scrollTo(rows->model()->index((turns * 7919) % std::max(1, rows->model()->rowCount()), 0));
        return ++turns > 200;
    });
    fmt::print("{:<28} {} rows, {} left by the filter\n", "grid", all, rows->model()->rowCount());
}

int measure(std::int64_t firms) {
    const QTemporaryDir folder;
    qputenv("XDG_DATA_HOME", folder.filePath(QStringLiteral("data")).toUtf8());
    const std::filesystem::path files = folder.filePath(QStringLiteral("demo")).toStdString();
    demo::DemoOptions options;
    options.firms = firms;
    const auto written = app::write_demo(options, files);
    if (!written) return fmt::print("{}\n", written.error().code), 1;

    ui::Localization localization(Language::korean);
    QElapsedTimer start;
    start.start();
    ui::MainWindow window(localization);
    window.show();
    QApplication::processEvents();
    fmt::print("{} firms; window usable after {} ms\n", firms, start.elapsed());
    ui::OpenStudy& study = window.study();
    int failures = 0;
    QObject::connect(&study, &ui::OpenStudy::failed, [&](const Error& error) {
        if (error.kind == ErrorKind::cancelled) return;
        ++failures;
        fmt::print("{}\n", error.code);
    });
    const auto idle = [&] { return !study.jobs().running(); };
    GapMeter meter;

    window.open({files / "panel.csv"});
    meter.watch("looking the panel over", idle);
    study.import_files(study.importable_files());
    print_cancel("cancelled import", cancelled_after(study, 300));
    study.import_files(study.importable_files());
    meter.watch("importing the panel", idle);
    window.open({files / "study.json"});
    meter.watch("opening the whole study", idle);
    measure_grid(window, meter);
    study.run();
    print_cancel("cancelled run", cancelled_after(study, 1500));
    study.run();
    meter.watch("running the study", idle);
    for (std::size_t step = 0; step < ui::step_count; ++step) {
        int turns = 0;
        window.show_step(static_cast<ui::Step>(step));
        meter.watch(fmt::format("showing page {}", step + 1).c_str(), [&] { return ++turns > 40; });
    }
    bool exported = false;
    QObject::connect(&window.result_export(), &ui::ResultExport::finished, [&] { exported = true; });
    window.result_export().write_folder(folder.filePath(QStringLiteral("out")).toStdString());
    meter.watch("exporting all results", [&] { return exported; });
    return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (!ui::apply_appearance(application)) return 1;
    return measure(argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 163'273);
}
