// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <string>
#include <vector>

#include "study/localization.h"

namespace twinfirm::ui {

/// Says below a field what is wrong with it and what to do; hidden as long as nothing is. A screen reader is told with
/// the field itself.
class FieldError : public QLabel {
    Q_OBJECT

  public:
    /// @param key  place in the specification (`/covariates`); errors at places within it belong to the field too
    FieldError(QWidget& field, std::string key, QWidget* parent = nullptr);

    /// Shows those of the errors that belong to the field; true if there are any.
    bool show_errors(const std::vector<Error>& errors, const Localization& localization);

  private:
    [[nodiscard]] bool concerns(const Error& error) const;

    QWidget& field_;
    std::string key_;
};

}  // namespace twinfirm::ui
