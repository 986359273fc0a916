// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the window has its Korean translation.
#include <gtest/gtest.h>

#include <QFile>
#include <QSet>
#include <QXmlStreamReader>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

namespace twinfirm::ui {
namespace {

const std::filesystem::path source = TWINFIRM_SOURCE_DIR;

struct Translations {
    QSet<QString> sources;
    int unfinished = 0;
};

Translations read_translations() {
    Translations result;
    QFile file(QString::fromStdString((source / "ui/translations/twinfirm_ko.ts").string()));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString text;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("source")) text = xml.readElementText();
        if (xml.name() == QLatin1String("translation")) {
            const bool is_marked = xml.attributes().hasAttribute(QLatin1String("type"));
            if (xml.readElementText().isEmpty() || is_marked) {
                ++result.unfinished;
                ADD_FAILURE() << "not translated: " << text.toStdString();
            }
            result.sources.insert(text);
        }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return result;
}

/// The texts of tr("..." "...") in a source file.
QSet<QString> texts_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream bytes;
    bytes << file.rdbuf();
    const std::string code = bytes.str();
    static const std::regex call(R"re(\btr\(((?:\s*"(?:[^"\\]|\\.)*")+)\))re");
    static const std::regex literal(R"re("((?:[^"\\]|\\.)*)")re");
    QSet<QString> texts;
    for (std::sregex_iterator it(code.begin(), code.end(), call), end; it != end; ++it) {
        const std::string arguments = (*it)[1];
        std::string text;
        for (std::sregex_iterator part(arguments.begin(), arguments.end(), literal); part != end; ++part) {
            text += (*part)[1];
        }
        texts.insert(QString::fromStdString(text).replace(QLatin1String("\\n"), QLatin1String("\n")));
    }
    return texts;
}

TEST(Translation, EveryTextOfTheWindowIsKorean) {
    const Translations korean = read_translations();
    EXPECT_EQ(korean.unfinished, 0);
    int checked = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source / "ui")) {
        if (entry.path().extension() != ".cpp") continue;
        for (const QString& text : texts_of(entry.path())) {
            EXPECT_TRUE(korean.sources.contains(text))
                << entry.path().filename() << ": `" << text.toStdString() << "` is not in twinfirm_ko.ts";
            ++checked;
        }
    }
    EXPECT_GT(checked, 200);
}

}  // namespace
}  // namespace twinfirm::ui
