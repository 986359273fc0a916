// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>

#include "jobs/job_runner.h"
#include "twinfirm/app/balance_preview.h"

namespace twinfirm::ui {

class OpenStudy;

/// Matching and balance of the design as it stands, computed anew after each change where that is cheap, else when it
/// is asked for. Beside all other work: it gives way to every job, and is taken up again behind it. No outcome is
/// opened and nothing is recorded.
class LivePreview : public QObject {
    Q_OBJECT

  public:
    explicit LivePreview(OpenStudy& study);

    /// Flow, overlap and balance of the present design on the present data, without effects; null where it is not
    /// known, and where the result is that of the present design.
    [[nodiscard]] std::shared_ptr<const evaluation::Evaluation> evaluation() const {
        return fresh_ ? evaluation_ : nullptr;
    }
    /// That of the design as it stood a moment ago, while the present one's is pending; else the same as evaluation().
    [[nodiscard]] std::shared_ptr<const evaluation::Evaluation> latest() const {
        return fresh_ || pending() ? evaluation_ : nullptr;
    }
    /// Why the present design has no preview, where computing it failed.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    /// It is being computed, or will be after the pause.
    [[nodiscard]] bool pending() const { return pause_.isActive() || jobs_.running(); }
    [[nodiscard]] bool can_compute() const;
    /// Computes it, whatever it costs.
    void compute();

    /// How long matching and balance took; what follows is computed by itself if that was short.
    void set_cost(double seconds) { cost_ = seconds; }

  Q_SIGNALS:
    /// What is known of the preview, or that it is pending.
    void changed();

  private:
    /// The design or the data are others: what was known is gone.
    void restart();
    void start();
    /// Takes up what gave way to other work or was overtaken by another change.
    void go_on();
    [[nodiscard]] bool wanted() const;

    OpenStudy& study_;
    JobRunner jobs_;
    QTimer pause_;
    std::shared_ptr<app::BalancePreview> preview_;  ///< holds the data; used by one job at a time
    std::shared_ptr<const evaluation::Evaluation> evaluation_;
    std::optional<Error> error_;
    std::optional<double> cost_;  ///< seconds; none before the first time
    int version_ = 0;             ///< of what the preview is computed from
    bool fresh_ = false;          ///< `evaluation_` is that of the present design
    bool asked_ = false;          ///< to be computed whatever it costs
};

}  // namespace twinfirm::ui
