#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs, starts and removes the Debian package, and starts the portable archive, in a bare Debian 12 under ROOT
# (made with debootstrap where it is missing). As root.
#   packaging/test_packages.sh ROOT PACKAGE.deb ARCHIVE.tar.xz
set -euo pipefail
root=$1 package=$(readlink -f "$2") archive=$(readlink -f "$3")

say() { printf '\n== %s\n' "$*"; }
within() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/tmp "$@"; }

if [ ! -e "$root/etc/debian_version" ]; then debootstrap --variant=minbase bookworm "$root"; fi
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT

study() { # PROGRAM SAMPLES: the sample study, verified
    rm -rf "$root/tmp/study"
    within "$1" --lang en run "$2/demo3000/study.json" --out /tmp/study >/dev/null 2>&1
    within "$1" --lang en verify /tmp/study/result.json --project /tmp/study/study.twinfirm
    for report in report.pdf report.xlsx report.hwpx; do test -s "$root/tmp/study/$report"; done
}

say "Portable archive"
rm -rf "$root/opt/portable"
mkdir -p "$root/opt/portable"
tar -xJf "$archive" -C "$root/opt/portable" --strip-components=1
within /opt/portable/bin/twinfirm --version
study /opt/portable/bin/twinfirm-cli /opt/portable/share/twinfirm/samples

say "Debian package"
cp "$package" "$root/tmp/twinfirm.deb"
within apt-get install -y -qq --no-install-recommends /tmp/twinfirm.deb >/dev/null
within twinfirm --version
study twinfirm-cli /usr/share/twinfirm/samples
within apt-get purge -y -qq twinfirm >/dev/null
if left=$(find "$root/usr" "$root/etc" -iname '*twinfirm*' | grep .); then echo "left behind: $left" >&2; exit 1; fi
say "Both work"
