// SPDX-License-Identifier: GPL-3.0-or-later
#include "result_files.h"

#include <string_view>

#ifdef TWINFIRM_WITH_QT
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/graphics_session.h"
#include "twinfirm/render/report_files.h"
#else
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/hwpx_writer.h"
#include "twinfirm/report/xlsx_writer.h"
#endif

namespace twinfirm::cli {

namespace {

#ifdef TWINFIRM_WITH_QT
Status draw(const charts::Chart& chart, const std::filesystem::path& path) {
    if (path.extension() == ".svg") return render::render_svg(chart, path);
    if (path.extension() == ".pdf") return render::render_pdf(chart, path);
    return render::render_png(chart, path);
}
#else
Status write_without_pictures(const report::Document& document, const std::filesystem::path& path) {
    if (path.extension() == ".html") return write_file_atomically(path, report::document_to_html(document));
    const auto bytes =
        path.extension() == ".xlsx" ? report::document_to_xlsx(document) : report::document_to_hwpx(document);
    if (!bytes) return tl::unexpected(bytes.error());
    return write_file_atomically(path, *bytes);
}
#endif

}  // namespace

#ifdef TWINFIRM_WITH_QT
Status write_result_files(const std::vector<app::NamedChart>& charts, std::initializer_list<const char*> chart_endings,
                          const report::Document& document, std::initializer_list<const char*> document_names,
                          const std::filesystem::path& folder) {
    const auto graphics = render::GraphicsSession::start();
    if (!graphics) return tl::unexpected(graphics.error());
    for (const app::NamedChart& chart : charts) {
        for (const char* ending : chart_endings) {
            TWINFIRM_TRY(draw(chart.chart, folder / "charts" / (chart.name + ending)));
        }
    }
    for (const char* name : document_names) TWINFIRM_TRY(render::write_report(document, folder / name));
    return {};
}
#else
Status write_result_files(const std::vector<app::NamedChart>&, std::initializer_list<const char*>,
                          const report::Document& document, std::initializer_list<const char*> document_names,
                          const std::filesystem::path& folder) {
    for (const char* name : document_names) {
        if (std::string_view(name).ends_with(".pdf")) continue;
        TWINFIRM_TRY(write_without_pictures(document, folder / name));
    }
    return {};
}
#endif

}  // namespace twinfirm::cli
