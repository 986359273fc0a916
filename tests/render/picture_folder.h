// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <filesystem>

namespace twinfirm::render {

/// A folder for the pictures of one test, removed with it.
class PictureFolder {
  public:
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

  private:
    QTemporaryDir folder_;
};

/// What an outside program writes about a file (poppler's pdftotext, pdffonts, pdfinfo).
inline QString output_of(const char* program, QStringList arguments) {
    QProcess process;
    process.start(QString::fromUtf8(program), arguments);
    process.waitForFinished(60000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

}  // namespace twinfirm::render
