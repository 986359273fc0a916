// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/graphics_session.h"

#include <QApplication>
#include <QTemporaryDir>

#include "twinfirm/render/fonts.h"

namespace twinfirm::render {

struct GraphicsSession::Impl {
    char name[17] = "twinfirm-cli";
    char* arguments[2] = {name, nullptr};
    int count = 1;
    QTemporaryDir runtime_folder;
    std::unique_ptr<QApplication> application;
};

Result<GraphicsSession> GraphicsSession::start() {
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
