// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace twinfirm::store {

/// A spreadsheet runs a text cell as a formula when it begins, after blanks, with = + - @ (also full-width), or with a
/// tab, line end or NUL (OWASP ASVS 1.2.10, CWE-1236). `guard_formula` puts an apostrophe before such a text; a text
/// that has apostrophes before such a beginning gets one more, so that `unguard_formula` gives back every text as it
/// was: unguard(guard(x)) == x.
[[nodiscard]] std::string guard_formula(std::string_view text);
/// Takes away the apostrophe that guard_formula put there; any other text stays as it is.
[[nodiscard]] std::string_view unguard_formula(std::string_view text);

}  // namespace twinfirm::store
