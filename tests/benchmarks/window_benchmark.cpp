// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window keeps its user waiting: gaps between the turns of the event loop while a million rows are
// imported and looked through, and while a study of the size of the country is matched, bootstrapped, shown, edited and
// taken out; how soon work stops when it is cancelled; how soon the window is there.
// Limits: no gap above 100 ms, 99 of 100 below 50 ms, a click on cancel seen within 100 ms and work stopped within
// 500 ms, the window usable within 1 s.
// window_benchmark start | rows [ROWS] | study [FIRMS] [DEMO_FOLDER]; prints one line of CSV a figure:
// part,phase,seconds,longest_ms,p99_ms,turns,own_ms,queued_ms,other_longest_ms. Of the longest gap, own_ms is what the
// window's thread computed, queued_ms how long it was ready while others had the cores; the rest it waited for a lock
// or a disk. other_longest_ms is how late a thread beside it was that does nothing but wait for its next tick. Where
// the folder holds a demo already it is used.
#include <fmt/core.h>
#include <unistd.h>

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
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

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// What became of this thread's time, in milliseconds.
struct Spent {
    double own = 0;     ///< computing
    double queued = 0;  ///< ready, but others had the cores

    static Spent now() {
        std::ifstream file("/proc/thread-self/schedstat");
        Spent spent;
        file >> spent.own >> spent.queued;  // nanoseconds
        return {spent.own / 1e6, spent.queued / 1e6};
    }
};

/// How late a thread wakes up that has nothing else to do.
class IdleThread {
  public:
    /// Since the last time it was asked, in milliseconds.
    std::vector<double> take() {
        const std::scoped_lock lock(guard_);
        return std::exchange(late_, {});
    }

  private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto due = Clock::now() + std::chrono::milliseconds(tick);
            std::this_thread::sleep_until(due);
            const double late = milliseconds_since(due);
            const std::scoped_lock lock(guard_);
            late_.push_back(late);
        }
    }

    std::mutex guard_;
    std::vector<double> late_;
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

/// Turns of the event loop: a timer that comes late says for how long nothing else could have been handled.
class GapMeter {
  public:
    explicit GapMeter(std::string part) : part_(std::move(part)) {
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(tick);
        QObject::connect(&timer_, &QTimer::timeout, [this] { take(); });
    }

    /// Does `begin` as if the user had done it, handles events until `over`, and prints what the phase was like.
    /// `stages`: also by stage of the job.
    void watch(const std::string& phase, const std::function<void()>& begin, const std::function<bool()>& over,
               ui::JobRunner* stages = nullptr) {
        turns_.clear();
        stage_ = "begin";
        idle_.take();
        const Clock::time_point started = Clock::now();
        since_ = started;
        spent_ = Spent::now();
        QMetaObject::Connection told;
        if (stages != nullptr) {
            told = QObject::connect(stages, &ui::JobRunner::progressed,
                                    [this](const QString& stage, double) { stage_ = stage.toStdString(); });
        }
        timer_.start();
        begin();
        while (!over()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        timer_.stop();
        take();
        QObject::disconnect(told);
        Turns all;
        for (const auto& [stage, turns] : turns_) add(all, turns);
        print(phase, milliseconds_since(started) / 1000, all);
        add(sum_, all);
        sum_seconds_ += milliseconds_since(started) / 1000;
        if (stages == nullptr) return;
        for (const auto& [stage, turns] : turns_) {
            double seconds = 0;
            for (const Turn& turn : turns.turns) seconds += (turn.gap + tick) / 1000;
            print(phase + ": " + stage, seconds, turns);
        }
    }
    void watch(const std::string& phase, const std::function<bool()>& over) {
        watch(
            phase, [] {}, over);
    }

    /// What is not a gap; the longest of so many. `other`: how late the idle thread was meanwhile.
    void print_times(const std::string& phase, const std::vector<double>& all, double other = 0) const {
        fmt::print("{},{},{:.3f},{:.1f},,{},,,{:.1f}\n", part_, phase, largest(all) / 1000, largest(all), all.size(),
                   other);
        std::fflush(stdout);
    }
    /// What all phases since the last sum were like together.
    void print_sum(const std::string& phases) {
        print(phases, std::exchange(sum_seconds_, 0), std::exchange(sum_, {}));
    }
    /// How late the idle thread was since the last time it was asked.
    double take_idle() { return largest(idle_.take()); }

  private:
    struct Turn {
        double gap = 0;  ///< milliseconds
        Spent spent;
    };
    struct Turns {
        std::vector<Turn> turns;
        std::vector<double> other;
    };

    static double largest(const std::vector<double>& values) {
        return values.empty() ? 0 : std::max(0.0, *std::max_element(values.begin(), values.end()));
    }
    static void add(Turns& sum, const Turns& more) {
        sum.turns.insert(sum.turns.end(), more.turns.begin(), more.turns.end());
        sum.other.insert(sum.other.end(), more.other.begin(), more.other.end());
    }
    void take() {
        Turns& stage = turns_[stage_];
        const Spent now = Spent::now();
        stage.turns.push_back({milliseconds_since(since_) - tick, {now.own - spent_.own, now.queued - spent_.queued}});
        since_ = Clock::now();
        spent_ = now;
        const std::vector<double> other = idle_.take();
        stage.other.insert(stage.other.end(), other.begin(), other.end());
    }
    void print(const std::string& phase, double seconds, Turns all) const {
        std::sort(all.turns.begin(), all.turns.end(), [](const Turn& a, const Turn& b) { return a.gap < b.gap; });
        const Turn& longest = all.turns.back();
        fmt::print("{},{},{:.3f},{:.1f},{:.1f},{},{:.1f},{:.1f},{:.1f}\n", part_, phase, seconds,
                   std::max(0.0, longest.gap), std::max(0.0, all.turns[all.turns.size() * 99 / 100].gap),
                   all.turns.size(), longest.spent.own, longest.spent.queued, largest(all.other));
        std::fflush(stdout);
    }

    std::string part_;
    QTimer timer_;
    Clock::time_point since_;
    Spent spent_;
    std::string stage_;
    std::map<std::string, Turns> turns_;
    Turns sum_;
    double sum_seconds_ = 0;
    IdleThread idle_;
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
    /// Begins work and cancels it: at once, and ever later until it is over before. How long it took until the click
    /// was seen, and until the work had stopped.
    void cancel(const std::string& phase, const std::function<void()>& begin) {
        std::vector<double> seen;
        std::vector<double> stopped;
        meter.take_idle();
        constexpr int soonest = 50;  // milliseconds
        for (int wait = soonest;; wait += wait / 4) {
            begin();
            const Clock::time_point due = Clock::now() + std::chrono::milliseconds(wait);
            std::optional<Clock::time_point> clicked;
            QTimer click;
            click.setSingleShot(true);
            click.setTimerType(Qt::PreciseTimer);
            QObject::connect(&click, &QTimer::timeout, [&] {
                clicked = Clock::now();
                window.findChild<QPushButton*>(QStringLiteral("job_cancel"))->click();
            });
            click.start(wait);
            while (study().jobs().running()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (!clicked) break;
            seen.push_back(std::chrono::duration<double, std::milli>(*clicked - due).count());
            stopped.push_back(milliseconds_since(*clicked));
        }
        const double other = meter.take_idle();
        meter.print_times(phase + ": click seen", seen, other);
        meter.print_times(phase + ": stopped", stopped, other);
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
    auto* grid = bench.window.findChild<ui::RowGrid*>();
    auto* rows = bench.window.findChild<QTableView*>(QStringLiteral("grid"));
    bench.meter.watch(
        "reading the grid",
        [&] {
            list->setCurrentIndex(list->model()->index(static_cast<int>(file - files.begin()), 0));
            bench.window.show_step(ui::Step::data);
            bench.window.findChild<QTabWidget*>(QStringLiteral("file_tabs"))->setCurrentWidget(grid);
        },
        [&] { return !grid->busy() && rows->model()->rowCount() > 0; });
    const int all = rows->model()->rowCount();
    bench.meter.watch(
        "filtering the grid",
        [&] {
            auto* column = bench.window.findChild<QComboBox*>(QStringLiteral("grid_column"));
            column->setCurrentIndex(column->findText(QStringLiteral("연도")));
            bench.window.findChild<QLineEdit*>(QStringLiteral("grid_filter"))->setText(QStringLiteral(">2016"));
        },
        [&] { return !grid->busy() && rows->model()->rowCount() < all; });
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
    const auto import = [&] { bench.study().import_files(bench.study().importable_files()); };
    bench.meter.watch(
        "looking the file over", [&] { bench.window.open({panel}); }, bench.idle());
    bench.meter.watch("importing", import, bench.idle());
    bench.meter.print_sum("opening and importing");
    measure_grid(bench, bench.study().files().front().table);
    bench.meter.print_sum("grid");
    bench.cancel("cancelled import", [&] {
        bench.study().undo_import(0);
        while (bench.study().jobs().running()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        import();
    });
    return bench.failures == 0 ? 0 : 1;
}

/// Every page again and again, with another choice in each of its boxes, in two sizes.
void measure_redrawing(Bench& bench) {
    for (std::size_t step = 0; step < ui::step_count; ++step) {
        int turns = 0;
        bench.meter.watch(
            fmt::format("showing page {}", step + 1), [&] { bench.window.show_step(static_cast<ui::Step>(step)); },
            [&] { return ++turns > 40; });
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
    bench.meter.watch(
        "composing the report", [&] { bench.window.show_step(ui::Step::report); }, composed);
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
    bench.cancel("cancelled export", [&] { bench.window.result_export().write_folder(out); });
    for (const char* name : {"report.pdf", "report.xlsx", "report.hwpx"}) {
        const int before = finished;
        bench.meter.watch(
            std::string("exporting ") + name,
            [&] { bench.window.result_export().write_report(out.parent_path() / name); },
            [&] { return finished > before; });
    }
    const int before = finished;
    bench.meter.watch(
        "exporting all results", [&] { bench.window.result_export().write_folder(out); },
        [&] { return finished > before; });
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
    bench.meter.watch(
        "opening the study", [&] { bench.window.open({demo / "study.json"}); }, bench.idle());
    bench.cancel("cancelled run", [&] { bench.study().run(); });
    bench.meter.watch(
        "running the study", [&] { bench.study().run(); }, bench.idle(), &bench.study().jobs());
    if (bench.study().evaluation() == nullptr) return 1;
    bench.meter.print_sum("opening and running");
    measure_redrawing(bench);
    bench.meter.print_sum("redrawing");
    int shown = 0;
    bench.meter.watch(
        "redrawing while the study runs", [&] { bench.study().run(); },
        [&] {
            if (++shown % 8 == 0) bench.window.show_step(static_cast<ui::Step>(shown / 8 % ui::step_count));
            return !bench.study().jobs().running();
        });
    bench.meter.print_sum("redrawing beside work");
    measure_report(bench, folder.filePath(QStringLiteral("out")).toStdString());
    bench.meter.print_sum("report");
    // Every outcome with its tests: the uniform bands are bootstrapped.
    if (const auto full = demo / "study_full.json"; std::filesystem::exists(full)) {
        bench.meter.watch(
            "opening the full study", [&] { bench.window.open({full}); }, bench.idle());
        bench.meter.watch(
            "running the full study", [&] { bench.study().run(); }, bench.idle(), &bench.study().jobs());
        bench.meter.print_sum("full study");
        bench.cancel("cancelled full run", [&] { bench.study().run(); });
    }
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
    bench.meter.print_times("window usable", {process_age()}, bench.meter.take_idle());
    return bench.failures;
}
