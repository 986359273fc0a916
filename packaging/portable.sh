#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the portable archive: the programs with every library, plugin, font and translation they need, to be unpacked
# and started anywhere, without root and without a network.
#   packaging/portable.sh [OUTPUT FOLDER, default build/release]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. packaging/setup.sh

install_missing packaging/debian-packages.txt packaging/debian-packages-package.txt
build release
out=$(readlink -f "${1:-build/release}")
version=$(build/release/bin/twinfirm-cli --version | awk '{ print $NF }')
name=twinfirm-$version-linux-$(uname -m)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/$name

say "Collecting the parts"
cmake --install build/release --prefix "$root" --strip >/dev/null
mkdir -p "$root/lib" "$root/plugins" "$root/translations" "$root/parts"
qt_plugins=$(qmake6 -query QT_INSTALL_PLUGINS)
for plugin in platforms/libqxcb.so platforms/libqoffscreen.so platforms/libqminimal.so iconengines/libqsvgicon.so \
    imageformats/libqsvg.so imageformats/libqjpeg.so platforminputcontexts/libibusplatforminputcontextplugin.so \
    platforminputcontexts/libcomposeplatforminputcontextplugin.so printsupport/libcupsprintersupport.so \
    xcbglintegrations/libqxcb-glx-integration.so; do
    if [ -e "$qt_plugins/$plugin" ]; then install -D -m 644 "$qt_plugins/$plugin" "$root/plugins/$plugin"; fi
done
cp "$(qmake6 -query QT_INSTALL_TRANSLATIONS)"/qtbase_ko.qm "$root/translations/"
printf '[Paths]\nPrefix = ..\nPlugins = plugins\nTranslations = translations\n' >"$root/bin/qt.conf"

# The programs bring Hangul; what their font lacks (the minus sign) comes from this one where the machine has none.
mkdir -p "$root/share/twinfirm/fonts"
extra_fonts=(/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf)
cp "${extra_fonts[@]}" "$root/share/twinfirm/fonts/"

# The C library and the loader belong to the machine; all else comes along, also the dispatchers of graphics drivers.
of_the_machine='^(ld-linux.*|libc|libm|libdl|librt|libpthread|libresolv)\.so'
find "$root/bin" "$root/plugins" -type f \( -perm -u+x -o -name '*.so' \) -print0 |
    xargs -0 -n1 ldd 2>/dev/null | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u |
    while read -r library; do
        if [[ $(basename "$library") =~ $of_the_machine ]]; then continue; fi
        cp -L "$library" "$root/lib/"
        echo "$library"
    done >"$stage/libraries"

# The programs look beside themselves first, and so do the libraries that they load.
for program in "$root"/bin/twinfirm "$root"/bin/twinfirm-cli; do
    patchelf --force-rpath --set-rpath "\$ORIGIN/../lib" "$program"
done
find "$root/plugins" -name '*.so' -exec patchelf --force-rpath --set-rpath "\$ORIGIN/../../lib" {} +

# Whose parts these are, and their licences.
{
    printf 'Parts of this archive: file, Debian package, version; licences in the folder parts.\n\n'
    { cat "$stage/libraries"; printf '%s\n' "${extra_fonts[@]}"; find "$root/plugins" -name '*.so' -printf "$qt_plugins/%P\n"; } | sort -u | while read -r file; do
        # A library may be known by its own name, its link's, or without the /usr of merged systems.
        package=$({ dpkg-query -S "$file" "$(readlink -f "$file")" "/usr${file#/usr}" 2>/dev/null || true; } |
            head -n1 | cut -d: -f1)
        [ -n "$package" ] || { echo "no package holds $file" >&2; exit 1; }
        printf '%s\t%s\t%s\n' "$(basename "$file")" "$package" "$(dpkg-query -W -f '${Version}' "$package")"
        cp -n "/usr/share/doc/$package/copyright" "$root/parts/$package.copyright"
    done
} >"$root/PARTS.txt"
cp LICENSE "$root/"
cat >"$root/README.txt" <<'TEXT'
TwinFirm

bin/twinfirm      창 프로그램 (설치와 인터넷 연결 없이 실행)   the window; needs neither installation nor network
bin/twinfirm-cli  명령줄 프로그램                              the command line program
share/doc         사용 설명서                                  user guides
PARTS.txt, parts  구성 요소와 라이선스                         parts and their licences
TEXT

say "Packing"
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner -cJf "$out/$name.tar.xz" "$name"
say "$out/$name.tar.xz: $(du -h "$out/$name.tar.xz" | cut -f1)"
