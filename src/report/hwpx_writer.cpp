// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/hwpx_writer.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "hwpx_body.h"
#include "hwpx_styles.h"
#include "xml_text.h"
#include "zip_package.h"

namespace twinfirm::report {

namespace {

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>)";

std::string version_xml() {
    return std::string(declaration) +
           R"(<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version" tagetApplication="WORDPROCESSOR" )"
           R"(major="5" minor="0" micro="5" buildNumber="0" os="1" xmlVersion="1.4" application="TwinFirm" )"
           R"(appVersion="1.0"/>)";
}

std::string container_xml() {
    return std::string(declaration) +
           R"(<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container" )"
           R"(xmlns:hpf="http://www.hancom.co.kr/schema/2011/hpf"><ocf:rootfiles>)"
           R"(<ocf:rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>)"
           R"(<ocf:rootfile full-path="Preview/PrvText.txt" media-type="text/plain"/></ocf:rootfiles></ocf:container>)";
}

std::string manifest_xml() {
    return std::string(declaration) +
           R"(<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>)";
}

std::string settings_xml() {
    return std::string(declaration) +
           R"(<ha:HWPApplicationSetting xmlns:ha="http://www.hancom.co.kr/hwpml/2011/app" )"
           R"(xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">)"
           R"(<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>)";
}

std::string image_path(std::size_t number) {
    return fmt::format("BinData/image{}.png", number);
}

std::string content_hpf(const Document& document, std::size_t pictures) {
    std::string xml(declaration);
    xml += "<opf:package ";
    xml += hwpx::namespaces();
    xml += fmt::format(R"( version="" unique-identifier="" id=""><opf:metadata><opf:title>{}</opf:title>)"
                       R"(<opf:language>{}</opf:language></opf:metadata><opf:manifest>)",
                       xml_escaped(document.title), language_tag(document.language));
    xml += R"(<opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>)";
    for (std::size_t i = 1; i <= pictures; ++i) {
        // The attribute is really spelled like this.
        xml +=
            fmt::format(R"(<opf:item id="image{}" href="{}" media-type="image/png" isEmbeded="1"/>)", i, image_path(i));
    }
    return xml +
           R"(<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/>)"
           R"(<opf:item id="settings" href="settings.xml" media-type="application/xml"/></opf:manifest><opf:spine>)"
           R"(<opf:itemref idref="header" linear="yes"/><opf:itemref idref="section0" linear="yes"/></opf:spine>)"
           R"(</opf:package>)";
}

}  // namespace

Result<std::string> document_to_hwpx(const Document& document, const Pictures& pictures) {
    hwpx::Body body = hwpx::write_body(document, pictures);
    std::vector<PackageEntry> entries = {{"mimetype", "application/hwp+zip", true},
                                         {"version.xml", version_xml()},
                                         {"Contents/header.xml", hwpx::header_xml()},
                                         {"Contents/section0.xml", std::move(body.xml)},
                                         {"settings.xml", settings_xml()},
                                         {"Preview/PrvText.txt", std::move(body.preview)},
                                         {"META-INF/container.xml", container_xml()},
                                         {"Contents/content.hpf", content_hpf(document, body.pictures.size())},
                                         {"META-INF/manifest.xml", manifest_xml()}};
    for (std::size_t i = 0; i < body.pictures.size(); ++i) {
        entries.push_back({image_path(i + 1), body.pictures[i]->png, true});
    }
    return zip_package(entries);
}

}  // namespace twinfirm::report
