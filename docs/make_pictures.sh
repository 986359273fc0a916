#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the pictures of the user guides: the window itself walks through the sample study, offscreen.
# Usage: docs/make_pictures.sh BUILD_DIRECTORY   (with the target twinfirm_ui_tests built; needs ImageMagick)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:?the build directory is missing}" && pwd)
tour=$(mktemp -d)
trap 'rm -rf "$tour"' EXIT
TWINFIRM_TOUR_DIR=$tour TWINFIRM_TOUR_SIZE=1280x760 QT_QPA_PLATFORM=offscreen \
    "$build/bin/twinfirm_ui_tests" --gtest_filter='Tour.*' --gtest_brief=1
for language in ko en; do
    for picture in 0-empty:start 1-data:data-page 2-design:design-page 3-balance:balance-page 4-effects:effects-page \
        5-breakdowns:breakdowns-page 6-report:report-page 7-survey-1:survey-page; do
        # A palette is a third of the size and looks the same.
        convert "$tour/${picture%%:*}.$language.png" -strip -colors 128 \
            "PNG8:$root/docs/images/${picture##*:}.$language.png"
    done
done
