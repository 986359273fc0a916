// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/fonts.h"

#include <QFontDatabase>
#include <QFontMetrics>
#include <QStringList>
#include <cmath>

// The resources of a static library must be asked for; the macro works in the global namespace only.
static void register_bundled_fonts() {
    Q_INIT_RESOURCE(fonts);
}

namespace twinfirm::render {

Status require_hangul(const QFont& font) {
    const QFontMetrics metrics(font);
    for (const char32_t character : U"가힣한글ABCabc0123456789%△−~·①※") {
        if (character != 0 && !metrics.inFontUcs4(character)) {
            return fail(ErrorKind::access, "font_without_hangul", {{"font", font.family().toStdString()}});
        }
    }
    return {};
}

Result<QString> chart_font_family() {
    // Once a process: each registration would keep its own copy of the files.
    static const QString family = [] {
        register_bundled_fonts();
        const int regular = QFontDatabase::addApplicationFont(":/fonts/NanumBarunGothic.ttf");
        const int bold = QFontDatabase::addApplicationFont(":/fonts/NanumBarunGothicBold.ttf");
        if (regular < 0 || bold < 0) return QString();
        return QFontDatabase::applicationFontFamilies(regular).value(0);
    }();
    if (family.isEmpty()) return fail(ErrorKind::access, "font_without_hangul", {{"font", "NanumBarunGothic"}});
    TWINFIRM_TRY(require_hangul(pixel_font(family, 12)));
    TWINFIRM_TRY(require_hangul(pixel_font(family, 12, true)));
    return family;
}

QFont pixel_font(const QString& family, double pixels, bool bold) {
    QFont font(family);
    font.setPixelSize(static_cast<int>(std::lround(pixels)));
    font.setBold(bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setKerning(false);
    return font;
}

}  // namespace twinfirm::render
