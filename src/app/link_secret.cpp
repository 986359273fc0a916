// SPDX-License-Identifier: GPL-3.0-or-later
#include "link_secret.h"

#include "twinfirm/ingest/import_audit.h"

namespace twinfirm::app {

namespace {

/// Which key made a table's hashes; empty = not known, as of a table that was exported and imported again.
std::string key_of(const store::Project& project, const std::string& table) {
    const auto info = project.table(table);
    if (!info) return {};
    const auto audit = ingest::parse_import_audit(info->import.audit_json);
    return audit ? audit->key : std::string();
}

}  // namespace

Result<std::optional<PseudonymKey>> link_secret(const store::Project& project, const std::vector<LinkedTable>& tables,
                                                const std::filesystem::path& key_file) {
    std::vector<ingest::LinkForms> parts;
    const LinkedTable* hashed = nullptr;  // the first table with hashes of a known key
    std::string identification;
    for (const LinkedTable& linked : tables) {
        const auto forms = ingest::link_forms(*linked.table, linked.key);
        bool any = false;
        parts.resize(std::max(parts.size(), forms.size()));
        for (std::size_t part = 0; part < forms.size(); ++part) {
            parts[part].add(forms[part]);
            any = any || forms[part].hashed;
        }
        if (!any) continue;
        const std::string key = key_of(project, linked.name);
        if (key.empty()) {
            if (hashed == nullptr) hashed = &linked;
        } else if (identification.empty()) {
            hashed = &linked;
            identification = key;
        } else if (key != identification) {
            return fail(ErrorKind::input, "link_keys_differ", {{"table", hashed->name}, {"other", linked.name}});
        }
    }
    bool needed = false;
    for (const ingest::LinkForms& forms : parts) needed = needed || forms.mixed();
    const std::filesystem::path path = key_file.empty() ? default_pseudonym_key_path() : key_file;
    std::error_code unreadable;  // then it is as good as not there
    if (std::filesystem::exists(path, unreadable)) {
        auto key = PseudonymKey::load_or_create(path);
        if (key && (identification.empty() || key->identification() == identification)) return std::optional(*key);
        if (!key && needed) return tl::unexpected(key.error());
    }
    if (!needed) return std::optional<PseudonymKey>();
    return fail(ErrorKind::access, "link_key_missing", {{"table", hashed->name}, {"path", path.string()}});
}

}  // namespace twinfirm::app
