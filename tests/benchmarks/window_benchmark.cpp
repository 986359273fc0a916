// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window keeps its user waiting: gaps between the turns of the event loop while a million rows are
// imported and looked through, and while a study of the size of the country is matched, bootstrapped, shown, edited and
// taken out; how soon work stops when it is cancelled; how soon the window is there.
// Limits: no gap above 100 ms, 99 of 100 below 50 ms, a click on cancel seen within 100 ms and work stopped within
// 500 ms, the window usable within 1 s.
// window_benchmark start | rows [ROWS] | study [FIRMS] [DEMO_FOLDER]; prints one line of CSV a figure:
// part,phase,seconds,longest_ms,p99_ms,turns. Where the folder holds a demo already it is used.
#include <fmt/core.h>
#include <unistd.h>

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTimer>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "data/row_grid.h"
#include "report/report_composer.h"
#include "study/localization.h"
#include "twinfirm/app/demo.h"
#include "twinfirm/base/random.h"
#include "window/appearance.h"
#include "window/main_window.h"

namespace {

using namespace twinfirm;

constexpr int tick = 5;  // milliseconds

/// Turns of the event loop: a timer that comes late says for how long nothing else could have been handled.
class GapMeter {
  public:
    explicit GapMeter(std::string part) : part_(std::move(part)) {
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(tick);
        QObject::connect(&timer_, &QTimer::timeout, [this] { take(); });
    }

    /// Handles events until the condition holds, and prints what the phase was like. `stages`: also by stage of the
    /// job.
    void watch(const std::string& phase, const std::function<bool()>& over, ui::JobRunner* stages = nullptr) {
        gaps_.clear();
        stage_ = "begin";
        QElapsedTimer whole;
        whole.start();
        since_.start();
        QMetaObject::Connection told;
        if (stages != nullptr) {
            told = QObject::connect(stages, &ui::JobRunner::progressed,
                                    [this](const QString& stage, double) { stage_ = stage.toStdString(); });
        }
        timer_.start();
        while (!over()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        timer_.stop();
        take();
        QObject::disconnect(told);
        std::vector<double> all;
        for (const auto& [stage, gaps] : gaps_) all.insert(all.end(), gaps.begin(), gaps.end());
        print(phase, static_cast<double>(whole.elapsed()) / 1000, std::move(all));
        if (stages == nullptr) return;
        for (const auto& [stage, gaps] : gaps_) {
            double seconds = 0;
            for (const double gap : gaps) seconds += (gap + tick) / 1000;
            print(phase + ": " + stage, seconds, gaps);
        }
    }

    void print_time(const std::string& phase, double milliseconds) const {
        fmt::print("{},{},{:.3f},{:.1f},,1\n", part_, phase, milliseconds / 1000, milliseconds);
        std::fflush(stdout);
    }

  private:
    void take() {
        gaps_[stage_].push_back(static_cast<double>(since_.nsecsElapsed()) / 1e6 - tick);
        since_.restart();
    }
    void print(const std::string& phase, double seconds, std::vector<double> gaps) const {
        std::sort(gaps.begin(), gaps.end());
        const double most = std::max(0.0, gaps.back());
        const double p99 = std::max(0.0, gaps[gaps.size() * 99 / 100]);
        fmt::print("{},{},{:.3f},{:.1f},{:.1f},{}\n", part_, phase, seconds, most, p99, gaps.size());
        std::fflush(stdout);
    }

    std::string part_;
    QTimer timer_;
    QElapsedTimer since_;
    std::string stage_;
    std::map<std::string, std::vector<double>> gaps_;
};

/// Since the system started this process.
double process_age() {
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    std::size_t at = text.rfind(')');
    constexpr int start_time = 20;  // words behind the name
    for (int word = 0; word < start_time; ++word) at = text.find(' ', at + 1);
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = std::strtod(text.c_str() + at, nullptr) / static_cast<double>(sysconf(_SC_CLK_TCK));
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) * 1000;
}

/// The window with what is measured about it.
struct Bench {
    explicit Bench(const std::string& part) : meter(part), window(localization) {
        window.show();
        QApplication::processEvents();
        QObject::connect(&study(), &ui::OpenStudy::failed, [this](const Error& error) {
            if (error.kind == ErrorKind::cancelled) return;
            ++failures;
            fmt::print(stderr, "{}\n", error.code);
        });
    }

    ui::OpenStudy& study() { return window.study(); }
    [[nodiscard]] std::function<bool()> idle() {
        return [this] { return !study().jobs().running(); };
    }
    /// Clicks on cancel so long after now. Until the click is seen, and until the work has stopped.
    void cancel_after(const std::string& phase, int milliseconds) {
        QElapsedTimer due;
        QElapsedTimer clicked;
        double seen = 0;
        due.start();
        QTimer click;
        click.setSingleShot(true);
        click.setTimerType(Qt::PreciseTimer);
        QObject::connect(&click, &QTimer::timeout, [&] {
            seen = static_cast<double>(due.nsecsElapsed()) / 1e6 - milliseconds;
            clicked.start();
            window.findChild<QPushButton*>(QStringLiteral("job_cancel"))->click();
        });
        click.start(milliseconds);
        while (study().jobs().running()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (!clicked.isValid()) return fmt::print(stderr, "{} was over before it could be cancelled\n", phase);
        meter.print_time(phase + ": click seen", std::max(0.0, seen));
        meter.print_time(phase + ": stopped", static_cast<double>(clicked.nsecsElapsed()) / 1e6);
    }

    ui::Localization localization{Language::korean};
    GapMeter meter;
    ui::MainWindow window;
    int failures = 0;
};

void write_panel(const std::filesystem::path& path, std::int64_t rows) {
    Random random(1);
    std::ofstream out(path, std::ios::binary);
    std::string text = "기업ID,기업명,시도,연도,매출액(백만원),수출액,종업원수,연구개발비율,수출여부,비고\n";
    const char* const regions[] = {"서울특별시", "부산광역시", "경기도", "경상남도", "충청북도", "전라북도"};
    for (std::int64_t i = 0; i < rows; ++i) {
        const std::int64_t firm = i / 5;
        text += fmt::format("F{:06},기계{} 주식회사,{},{},{},{},{},{:.2f},{},\n", firm, firm % 1000, regions[firm % 6],
                            2014 + i % 5, random.below(90'000), random.below(1'000'000), 1 + random.below(500),
                            static_cast<double>(random.below(1000)) / 100, random.below(2) == 0 ? "Y" : "N");
        if (text.size() < std::size_t{1} << 20) continue;
        out << text;
        text.clear();
    }
    out << text;
}

/// Every row of the table, and a filter on one of its columns.
void measure_grid(Bench& bench, const std::string& table) {
    const auto& files = bench.study().files();
    const auto file = std::find_if(files.begin(), files.end(), [&](const ui::DataFile& f) { return f.table == table; });
    auto* list = bench.window.findChild<QTableView*>(QStringLiteral("files"));
    list->setCurrentIndex(list->model()->index(static_cast<int>(file - files.begin()), 0));
    auto* grid = bench.window.findChild<ui::RowGrid*>();
    auto* rows = bench.window.findChild<QTableView*>(QStringLiteral("grid"));
    bench.window.show_step(ui::Step::data);
    bench.window.findChild<QTabWidget*>(QStringLiteral("file_tabs"))->setCurrentWidget(grid);
    bench.meter.watch("reading the grid", [&] { return !grid->busy() && rows->model()->rowCount() > 0; });
    const int all = rows->model()->rowCount();
    auto* column = bench.window.findChild<QComboBox*>(QStringLiteral("grid_column"));
    column->setCurrentIndex(column->findText(QStringLiteral("연도")));
    bench.window.findChild<QLineEdit*>(QStringLiteral("grid_filter"))->setText(QStringLiteral(">2016"));
    bench.meter.watch("filtering the grid", [&] { return !grid->busy() && rows->model()->rowCount() < all; });
    int turns = 0;
    bench.meter.watch("scrolling the grid", [&] {
        rows->scrollTo(rows->model()->index((turns * 7919) % std::max(1, rows->model()->rowCount()), 0));
        return ++turns > 200;
    });
}

int measure_rows(std::int64_t rows) {
    const QTemporaryDir folder;
    const std::filesystem::path panel = folder.filePath(QStringLiteral("panel.csv")).toStdString();
    write_panel(panel, rows);
    Bench bench("rows");
    bench.window.open({panel});
    bench.meter.watch("looking the file over", bench.idle());
    bench.study().import_files(bench.study().importable_files());
    bench.cancel_after("cancelled import", 1000);
    bench.study().import_files(bench.study().importable_files());
    bench.meter.watch("importing", bench.idle());
    measure_grid(bench, bench.study().files().front().table);
    return bench.failures == 0 ? 0 : 1;
}

/// Every page again and again, with another choice in each of its boxes, in two sizes.
void measure_redrawing(Bench& bench) {
    for (std::size_t step = 0; step < ui::step_count; ++step) {
        int turns = 0;
        bench.window.show_step(static_cast<ui::Step>(step));
        bench.meter.watch(fmt::format("showing page {}", step + 1), [&] { return ++turns > 40; });
    }
    const auto boxes = [&](ui::Step step, std::initializer_list<const char*> names) {
        bench.window.show_step(step);
        for (const char* name : names) {
            auto* box = bench.window.findChild<QComboBox*>(QString::fromLatin1(name));
            int turns = 0;
            bench.meter.watch(std::string("choosing ") + name, [&] {
                const int row = ++turns % box->count();
                box->setCurrentIndex(row);
                Q_EMIT box->activated(row);
                return turns > 2 * box->count();
            });
        }
    };
    boxes(ui::Step::effects, {"effect_outcome"});
    boxes(ui::Step::breakdowns, {"breakdown", "breakdown_outcome"});
    for (const ui::Step step : {ui::Step::balance, ui::Step::effects, ui::Step::breakdowns}) {
        bench.window.show_step(step);
        int turns = 0;
        bench.meter.watch(fmt::format("resizing page {}", static_cast<int>(step) + 1), [&] {
            bench.window.resize(1280 + 40 * (++turns % 5), 800);
            return turns > 30;
        });
    }
}

void measure_report(Bench& bench, const std::filesystem::path& out) {
    const auto* composer = bench.window.findChild<ui::ReportComposer*>();
    const auto composed = [composer] { return !composer->busy(); };
    bench.window.show_step(ui::Step::report);
    bench.meter.watch("composing the report", composed);
    int edits = 0;
    bench.meter.watch("editing the report", [&] {
        if (composer->busy()) return false;
        design::ReportSettings settings = bench.study().report_settings();
        settings.title.ko = fmt::format("보고서 {}", edits);
        settings.leave_out = edits % 2 == 0 ? std::vector<std::string>{"love_plot"} : std::vector<std::string>{};
        bench.study().set_report_settings(settings);
        return ++edits > 10;
    });
    bench.meter.watch("composing the last edit", composed);
    int finished = 0;
    QObject::connect(&bench.window.result_export(), &ui::ResultExport::finished, [&finished] { ++finished; });
    bench.window.result_export().write_folder(out);
    bench.cancel_after("cancelled export", 1500);
    for (const char* name : {"report.pdf", "report.xlsx", "report.hwpx"}) {
        const int before = finished;
        bench.window.result_export().write_report(out.parent_path() / name);
        bench.meter.watch(std::string("exporting ") + name, [&] { return finished > before; });
    }
    const int before = finished;
    bench.window.result_export().write_folder(out);
    bench.meter.watch("exporting all results", [&] { return finished > before; });
}

int measure_study(std::int64_t firms, const std::filesystem::path& kept) {
    const QTemporaryDir folder;
    const std::filesystem::path demo =
        kept.empty() ? std::filesystem::path(folder.filePath(QStringLiteral("demo")).toStdString()) : kept;
    if (!std::filesystem::exists(demo / "study.json")) {
        demo::DemoOptions options;
        options.firms = firms;
        if (const auto written = app::write_demo(options, demo); !written) {
            return fmt::print(stderr, "{}\n", written.error().code), 1;
        }
    }
    Bench bench("study");
    bench.window.open({demo / "study.json"});
    bench.meter.watch("opening the study", bench.idle());
    for (const int wait : {500, 2000, 5000}) {
        bench.study().run();
        bench.cancel_after(fmt::format("cancelled run after {} ms", wait), wait);
    }
    bench.study().run();
    bench.meter.watch("running the study", bench.idle(), &bench.study().jobs());
    if (bench.study().evaluation() == nullptr) return 1;
    measure_redrawing(bench);
    measure_report(bench, folder.filePath(QStringLiteral("out")).toStdString());
    return bench.failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    QApplication application(argc, argv);
    if (!ui::apply_appearance(application)) return 1;
    const std::string part = argc > 1 ? argv[1] : "study";
    const std::int64_t size = argc > 2 ? std::strtoll(argv[2], nullptr, 10) : 0;
    if (part == "rows") return measure_rows(size > 0 ? size : 1'000'000);
    if (part == "study") return measure_study(size > 0 ? size : 163'273, argc > 3 ? argv[3] : "");
    Bench bench("start");
    bench.meter.print_time("window usable", process_age());
    return bench.failures;
}
