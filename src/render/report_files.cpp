// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/report_files.h"

#include <algorithm>
#include <string>
#include <vector>

#include "twinfirm/base/atomic_file.h"
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/report_pdf.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/hwpx_writer.h"
#include "twinfirm/report/xlsx_writer.h"

namespace twinfirm::render {

namespace {

std::vector<const report::Figure*> figures_of(const report::Document& document) {
    std::vector<const report::Figure*> figures;
    for (const report::Section& section : document.sections) {
        for (const report::Block& block : section.blocks) {
            if (const auto* figure = std::get_if<report::Figure>(&block)) figures.push_back(figure);
        }
    }
    return figures;
}

Status write_whole(const Result<std::string>& bytes, const std::filesystem::path& path) {
    if (!bytes) return tl::unexpected(bytes.error());
    return write_file_atomically(path, *bytes);
}

Status write_hwpx(const report::Document& document, const std::filesystem::path& path, const CancellationToken& token,
                  const ProgressSink& progress) {
    constexpr int dots_per_inch = 200;
    const auto pictures = draw_figures(document, dots_per_inch, token, progress);
    if (!pictures) return tl::unexpected(pictures.error());
    TWINFIRM_TRY(token.check());
    return write_whole(report::document_to_hwpx(document, *pictures), path);
}

}  // namespace

Result<report::Pictures> draw_figures(const report::Document& document, int dpi, const CancellationToken& token,
                                      const ProgressSink& progress) {
    report::Pictures pictures;
    const auto figures = figures_of(document);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (token.cancelled()) return fail(ErrorKind::cancelled, "cancelled");
        auto picture = render_picture_bytes(figures[i]->chart, dpi);
        if (!picture) return tl::unexpected(picture.error());
        pictures[figures[i]->name] = std::move(*picture);
        report_progress(progress, "write", static_cast<double>(i + 1) / static_cast<double>(figures.size()));
    }
    return pictures;
}

Status write_report(const report::Document& document, const std::filesystem::path& path, const CancellationToken& token,
                    const ProgressSink& progress) {
    TWINFIRM_TRY(token.check());
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".pdf") return write_report_pdf(document, path, token, progress);
    if (ending == ".hwpx") return write_hwpx(document, path, token, progress);
    if (ending == ".xlsx") return write_whole(report::document_to_xlsx(document), path);
    if (ending == ".html") return write_file_atomically(path, report::document_to_html(document));
    return fail(ErrorKind::usage, "report_format_unknown", {{"path", path.string()}});
}

}  // namespace twinfirm::render
