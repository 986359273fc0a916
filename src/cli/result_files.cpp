// SPDX-License-Identifier: GPL-3.0-or-later
#include "result_files.h"

#include <algorithm>
#include <initializer_list>
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
Status draw(const charts::Chart& chart, const std::filesystem::path& path, int dots_per_inch) {
    if (path.extension() == ".svg") return render::render_svg(chart, path);
    if (path.extension() == ".pdf") return render::render_pdf(chart, path);
    return render::render_png(chart, path, dots_per_inch);
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

namespace {

/// The parts of `a,b,c`, without spaces.
std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : list + ",") {
        if (c == ',') {
            if (!part.empty()) parts.push_back(std::move(part));
            part.clear();
        } else if (c != ' ') {
            part += c;
        }
    }
    return parts;
}

/// A PDF is drawn.
bool can_write(const std::string& format) {
#ifdef TWINFIRM_WITH_QT
    return !format.empty();
#else
    return format != "pdf";
#endif
}

bool is_one_of(const std::string& part, std::initializer_list<std::string_view> known) {
    return std::find(known.begin(), known.end(), part) != known.end();
}

}  // namespace

Result<OutputFormats> output_formats(const std::string& reports, const std::string& pictures, int dpi) {
    OutputFormats formats;
    formats.reports = parts_of(reports);
    for (const std::string& format : formats.reports) {
        if (is_one_of(format, {"pdf", "xlsx", "hwpx", "html", "csv"})) continue;
        return fail(ErrorKind::usage, "report_format_unknown", {{"path", format}});
    }
    std::erase(formats.reports, "csv");
    formats.pictures = parts_of(pictures);
    for (const std::string& format : formats.pictures) {
        if (is_one_of(format, {"png", "svg", "pdf"})) continue;
        return fail(ErrorKind::usage, "picture_format_unknown", {{"path", format}});
    }
    if (dpi != 150 && dpi != 300 && dpi != 600) {
        return fail(ErrorKind::usage, "picture_resolution", {{"dpi", std::to_string(dpi)}});
    }
    formats.dots_per_inch = dpi;
    return formats;
}

std::string report_names(const OutputFormats& formats) {
    std::string names;
    for (const std::string& format : formats.reports) {
        if (!can_write(format)) continue;
        names += (names.empty() ? "report." : ", report.") + format;
    }
    return names;
}

#ifdef TWINFIRM_WITH_QT
Status write_result_files(const std::vector<app::NamedChart>& charts, const std::filesystem::path& folder,
                          const std::vector<app::PlacedDocument>& documents, const OutputFormats& formats) {
    const auto graphics = render::GraphicsSession::start();
    if (!graphics) return tl::unexpected(graphics.error());
    for (const app::NamedChart& chart : charts) {
        for (const std::string& format : formats.pictures) {
            TWINFIRM_TRY(draw(chart.chart, folder / "charts" / (chart.name + "." + format), formats.dots_per_inch));
        }
    }
    for (const app::PlacedDocument& placed : documents) {
        for (const std::string& format : formats.reports) {
            TWINFIRM_TRY(render::write_report(placed.document, placed.folder / ("report." + format)));
        }
    }
    return {};
}
#else
Status write_result_files(const std::vector<app::NamedChart>&, const std::filesystem::path&,
                          const std::vector<app::PlacedDocument>& documents, const OutputFormats& formats) {
    for (const app::PlacedDocument& placed : documents) {
        for (const std::string& format : formats.reports) {
            if (!can_write(format)) continue;
            TWINFIRM_TRY(write_without_pictures(placed.document, placed.folder / ("report." + format)));
        }
    }
    return {};
}
#endif

}  // namespace twinfirm::cli
