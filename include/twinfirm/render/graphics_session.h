// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "twinfirm/base/result.h"

namespace twinfirm::render {

/// What drawing needs in a program without a window: an application object on the offscreen platform, with a fixed
/// scale and resolution so that the pictures do not depend on the desktop. Keep it as long as anything is drawn; one at
/// a time, and none where a QApplication exists already.
class GraphicsSession {
  public:
    [[nodiscard]] static Result<GraphicsSession> start();

    GraphicsSession(GraphicsSession&&) noexcept;
    GraphicsSession& operator=(GraphicsSession&&) noexcept;
    ~GraphicsSession();

  private:
    struct Impl;
    explicit GraphicsSession(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace twinfirm::render
