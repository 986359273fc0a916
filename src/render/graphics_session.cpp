// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/graphics_session.h"

#include <QApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <filesystem>
#include <system_error>

#include "twinfirm/render/fonts.h"

namespace twinfirm::render {

struct GraphicsSession::Impl {
    char name[17] = "twinfirm-cli";
    char* arguments[2] = {name, nullptr};
    int count = 1;
    QTemporaryDir runtime_folder;
    std::unique_ptr<QApplication> application;
};

namespace {

/// Qt finds no font at all, not even those of the program, where fontconfig has no settings (a bare server): the
/// portable archive brings some.
void offer_font_settings() {
    if (!qEnvironmentVariableIsEmpty("FONTCONFIG_FILE") || QFileInfo::exists(QStringLiteral("/etc/fonts/fonts.conf"))) {
        return;
    }
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path settings = (program.parent_path() / "../share/twinfirm/fonts.conf").lexically_normal();
    if (std::filesystem::exists(settings, error)) qputenv("FONTCONFIG_FILE", settings.c_str());
}

}  // namespace

Result<GraphicsSession> GraphicsSession::start() {
    offer_font_settings();
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", "1");
    qputenv("QT_FONT_DPI", "96");
    auto impl = std::make_unique<Impl>();
    // Qt writes a warning to stderr where a service or a bare shell has no runtime folder.
    if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", impl->runtime_folder.path().toUtf8());
    impl->application = std::make_unique<QApplication>(impl->count, impl->arguments);
    GraphicsSession session(std::move(impl));
    // Without Hangul every label would be a row of boxes: better no picture at all.
    if (const auto family = chart_font_family(); !family) return tl::unexpected(family.error());
    return session;
}

GraphicsSession::GraphicsSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GraphicsSession::GraphicsSession(GraphicsSession&&) noexcept = default;
GraphicsSession& GraphicsSession::operator=(GraphicsSession&&) noexcept = default;
GraphicsSession::~GraphicsSession() = default;

}  // namespace twinfirm::render
