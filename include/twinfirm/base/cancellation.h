// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// A flag that one thread raises and the working thread looks at. Copies share the flag. A default-made token is never
/// raised by anybody but its own copies.
class CancellationToken {
  public:
    CancellationToken() : flag_(std::make_shared<std::atomic<bool>>(false)) {}
    void cancel() const { flag_->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const { return flag_->load(std::memory_order_relaxed); }
    /// `TWINFIRM_TRY(token.check());` leaves the function with the error `cancelled`.
    [[nodiscard]] Status check() const {
        if (cancelled()) return fail(ErrorKind::cancelled, "cancelled");
        return {};
    }

  private:
    std::shared_ptr<std::atomic<bool>> flag_;
};

}  // namespace twinfirm
