// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/fonts.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QProcess>
#include <QProcessEnvironment>

namespace twinfirm::render {
namespace {

TEST(Fonts, TheBundledFontHasHangul) {
    const auto family = chart_font_family();
    ASSERT_TRUE(family);
    EXPECT_EQ(*family, QStringLiteral("NanumBarunGothic"));
    EXPECT_TRUE(require_hangul(pixel_font(*family, 11)));
}

// Qt draws empty boxes without a word there; the test above has to fail instead.
TEST(Fonts, APlatformWithoutFontsIsAnError) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "minimal");
    environment.remove("GTEST_OUTPUT");
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {"--gtest_filter=Fonts.TheBundledFontHasHangul"});
    ASSERT_TRUE(process.waitForFinished(60000));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 1) << process.readAllStandardOutput().toStdString();
}

}  // namespace
}  // namespace twinfirm::render
