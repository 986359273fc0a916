// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/colors.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace twinfirm::ui {

namespace {

struct RoleColors {
    const char* role;
    QRgb light;
    QRgb dark;
};

constexpr std::array<RoleColors, 40> table = {{
    {"window", 0xFFFFFF, 0x1E2124},
    {"alternate", 0xF6F8FA, 0x25292E},
    {"panel", 0xFAFBFC, 0x22262A},
    {"note", 0xF3F6FA, 0x262C33},
    {"header", 0xEEF1F5, 0x2B3138},
    {"field", 0xFFFFFF, 0x191B1E},
    {"tooltip", 0xFFFFF0, 0x33332A},
    {"text", 0x22262B, 0xE4E7EB},
    {"faint_text", 0x5A626B, 0xA9B2BC},
    {"disabled_text", 0x767C84, 0x89919A},
    {"placeholder", 0x6B727B, 0x939CA6},
    {"accent", 0x15406F, 0x9CC5F2},
    {"link", 0x1565C0, 0x8AB8F0},
    {"line", 0xDCE3EB, 0x3A4148},
    {"strong_line", 0xC4CCD6, 0x555E68},
    {"control_line", 0x8B949E, 0x727C87},
    {"grid", 0xE6EBF0, 0x333A41},
    {"selection", 0xD6E4F5, 0x2D4C6E},
    {"button", 0xF4F6F8, 0x2E343A},
    {"button_hover", 0xE9EEF4, 0x394149},
    {"button_disabled", 0xF8F9FA, 0x25292D},
    {"primary", 0x15406F, 0x2A68A8},
    {"primary_hover", 0x1D558F, 0x3474B4},
    {"primary_text", 0xFFFFFF, 0xFFFFFF},
    {"primary_disabled", 0xDDE3EA, 0x33404D},
    {"primary_disabled_text", 0x5A626B, 0xA9B2BC},
    {"focus_on_primary", 0x8FB3DA, 0xCFE3F8},
    {"warning_background", 0xFFF4DC, 0x3A3019},
    {"warning_line", 0xE6C677, 0x7A6429},
    {"error_background", 0xFDECEA, 0x42221F},
    {"error_line", 0xE8B4AE, 0x8A4741},
    {"error_text", 0xB3261E, 0xF2A8A0},
    {"card_main", 0xF1F6FC, 0x1F2C3A},
    {"card_main_line", 0x8FB3DA, 0x3F6C9E},
    {"progress", 0x15406F, 0x5B9BDD},
    {"done", 0x2E7D32, 0x81C784},
    {"attention", 0xA86200, 0xFFB74D},
    {"stale", 0x1565C0, 0x90CAF9},
    {"paper", 0xFFFFFF, 0xFFFFFF},
    {"ink", 0x22262B, 0x22262B},
}};

}  // namespace

QColor scheme_color(Scheme scheme, const QString& role) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const RoleColors& colors) { return role == QLatin1String(colors.role); });
    if (found == table.end()) throw std::out_of_range(role.toStdString());
    return QColor::fromRgb(scheme == Scheme::dark ? found->dark : found->light);
}

QStringList color_roles() {
    QStringList roles;
    for (const RoleColors& colors : table) roles << QString::fromLatin1(colors.role);
    return roles;
}

std::vector<TextPair> text_pairs() {
    std::vector<TextPair> pairs;
    const auto add = [&](const char* text, std::initializer_list<const char*> backgrounds) {
        for (const char* background : backgrounds) {
            pairs.push_back({QString::fromLatin1(text), QString::fromLatin1(background)});
        }
    };
    add("text", {"window", "alternate", "panel", "note", "header", "field", "tooltip", "selection", "button",
                 "button_hover", "warning_background", "error_background", "card_main"});
    add("faint_text", {"window", "alternate", "panel", "card_main"});
    add("placeholder", {"field"});
    add("accent", {"window", "alternate"});
    add("link", {"window", "panel", "field"});
    add("primary_text", {"primary", "primary_hover"});
    add("primary_disabled_text", {"primary_disabled"});
    add("error_text", {"window"});
    add("ink", {"paper"});
    return pairs;
}

QPalette scheme_palette(Scheme scheme) {
    const auto color = [scheme](const char* role) { return scheme_color(scheme, QString::fromLatin1(role)); };
    // The shades of frames and scroll bars follow from these two.
    QPalette palette(color("button"), color("window"));
    palette.setColor(QPalette::Window, color("window"));
    palette.setColor(QPalette::Base, color("field"));
    palette.setColor(QPalette::AlternateBase, color("alternate"));
    palette.setColor(QPalette::Button, color("button"));
    palette.setColor(QPalette::ToolTipBase, color("tooltip"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, color("text"));
        palette.setColor(QPalette::Disabled, role, color("disabled_text"));
    }
    palette.setColor(QPalette::PlaceholderText, color("placeholder"));
    palette.setColor(QPalette::Highlight, color("selection"));
    palette.setColor(QPalette::HighlightedText, color("text"));
    palette.setColor(QPalette::Link, color("link"));
    palette.setColor(QPalette::LinkVisited, color("link"));
    return palette;
}

QString colored(QString sheet, Scheme scheme) {
    QStringList roles = color_roles();
    // The longer first, so that `@line` does not eat the beginning of another name.
    std::sort(roles.begin(), roles.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& role : roles) sheet.replace(QLatin1Char('@') + role, scheme_color(scheme, role).name());
    return sheet;
}

Scheme scheme_of(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < 128 ? Scheme::dark : Scheme::light;
}

}  // namespace twinfirm::ui
