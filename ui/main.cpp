// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QLocale>
#include <QMessageBox>
#include <QTimer>
#include <filesystem>
#include <string_view>
#include <vector>

#include "study/localization.h"
#include "twinfirm/app/version.h"
#include "window/appearance.h"
#include "window/main_window.h"

namespace {

using twinfirm::Language;

/// Korean unless the system speaks English.
Language language_of_system() {
    return QLocale::system().language() == QLocale::English ? Language::english : Language::korean;
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication::setApplicationName(QStringLiteral("twinfirm"));
    const std::string_view version = twinfirm::app::version();
    QCoreApplication::setApplicationVersion(QString::fromUtf8(version.data(), static_cast<qsizetype>(version.size())));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("TwinFirm: evaluation of the smart-factory programme"));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version_option = parser.addVersionOption();
    const QCommandLineOption language(QStringLiteral("lang"), QStringLiteral("Language of the window."),
                                      QStringLiteral("ko|en"));
    const QCommandLineOption sample(QStringLiteral("sample"), QStringLiteral("Open the sample study."));
    parser.addOptions({language, sample});
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QStringLiteral("A project (.twinfirm), a study (.json) or data files."),
                                 QStringLiteral("[files...]"));
    // What is answered on the terminal needs no display.
    parser.parse(QStringList(argv, argv + argc));
    if (parser.isSet(help) || parser.isSet(version_option)) {
        const QCoreApplication terminal(argc, argv);
        parser.process(terminal);
    }

    QApplication application(argc, argv);
    QApplication::setDesktopFileName(QStringLiteral("twinfirm"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/resources/twinfirm.svg")));
    parser.process(application);

    const auto chosen = twinfirm::parse_language(parser.value(language).toStdString());
    if (parser.isSet(language) && !chosen) parser.showHelp(2);
    twinfirm::ui::Localization localization(chosen.value_or(language_of_system()));
    if (const auto applied = twinfirm::ui::apply_appearance(application, twinfirm::ui::scheme_to_show()); !applied) {
        // Without a font for Hangul every text would be empty boxes; the system's font shows this one at least.
        QMessageBox::critical(nullptr, QStringLiteral("TwinFirm"), localization.text(applied.error()));
        return 4;
    }
    twinfirm::ui::MainWindow window(localization);
    window.show();

    std::vector<std::filesystem::path> paths;
    for (const QString& path : parser.positionalArguments()) paths.emplace_back(path.toStdString());
    // After the window is there, so that an error has a place to be shown.
    QTimer::singleShot(0, &window, [&window, paths, opens_sample = parser.isSet(sample)] {
        if (opens_sample) window.open_sample();
        if (!paths.empty()) window.open(paths);
    });
    return QApplication::exec();
}
