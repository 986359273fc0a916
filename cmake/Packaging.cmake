# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed where, and the Debian package (`cpack` in the build folder). The portable archive is made of the
# same installation by packaging/portable.sh.
include(GNUInstallDirs)
set(documents "${CMAKE_INSTALL_DATAROOTDIR}/doc/twinfirm")
find_package(Python3 COMPONENTS Interpreter)

set(linux "${PROJECT_SOURCE_DIR}/packaging/linux")
install(TARGETS twinfirm-cli RUNTIME)
install(FILES README.md docs/methods.md docs/validation.md docs/user-guide.ko.md docs/user-guide.en.md
        DESTINATION "${documents}")
install(DIRECTORY docs/images DESTINATION "${documents}" FILES_MATCHING PATTERN "*.png")
install(FILES "${linux}/copyright" data/fonts/LICENSE-NanumBarunGothic.txt DESTINATION "${documents}")
install(FILES "${linux}/fonts.conf" DESTINATION "${CMAKE_INSTALL_DATADIR}/twinfirm")
install(DIRECTORY data/samples/ DESTINATION "${CMAKE_INSTALL_DATADIR}/twinfirm/samples")
if(TWINFIRM_WITH_QT)
  install(TARGETS twinfirm RUNTIME)
  install(FILES "${linux}/twinfirm.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
  install(FILES "${linux}/twinfirm-mime.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/mime/packages" RENAME twinfirm.xml)
  install(FILES "${linux}/twinfirm.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
  install(FILES ui/resources/twinfirm.svg DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
endif()

# Debian's names of the list of changes and of the window's man page.
function(compress source target)
  add_custom_command(
    OUTPUT "${target}"
    COMMAND gzip -9 -n -c "${source}" > "${target}"
    DEPENDS "${source}"
    VERBATIM)
endfunction()
compress("${PROJECT_SOURCE_DIR}/CHANGELOG.md" "${PROJECT_BINARY_DIR}/changelog.gz")
install(FILES "${PROJECT_BINARY_DIR}/changelog.gz" DESTINATION "${documents}")
foreach(language en ko)
  file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/man/${language}")
  compress("${linux}/twinfirm.${language}.1" "${PROJECT_BINARY_DIR}/man/${language}/twinfirm.1.gz")
endforeach()
set(window_pages "${PROJECT_BINARY_DIR}/man/en/twinfirm.1.gz" "${PROJECT_BINARY_DIR}/man/ko/twinfirm.1.gz")
if(TWINFIRM_WITH_QT)
  install(FILES "${PROJECT_BINARY_DIR}/man/en/twinfirm.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${PROJECT_BINARY_DIR}/man/ko/twinfirm.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/ko/man1")
endif()

# The man page of the command line is the program's own help.
string(TIMESTAMP today "%Y-%m-%d" UTC)
foreach(language en ko)
  set(page "${PROJECT_BINARY_DIR}/man/${language}/twinfirm-cli.1")
  add_custom_command(
    OUTPUT "${page}.gz"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/man/${language}"
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/packaging/man_page.py" "$<TARGET_FILE:twinfirm-cli>"
            ${language} ${today} > "${page}"
    COMMAND gzip -9 -n -f "${page}"
    DEPENDS twinfirm-cli packaging/man_page.py
    VERBATIM)
  list(APPEND pages "${page}.gz")
endforeach()
add_custom_target(twinfirm_man_pages ALL DEPENDS ${pages} ${window_pages} "${PROJECT_BINARY_DIR}/changelog.gz")
list(GET pages 0 english_page)
list(GET pages 1 korean_page)
install(FILES "${english_page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${korean_page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/ko/man1")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME twinfirm)
set(CPACK_PACKAGE_VENDOR TwinFirm)
set(CPACK_PACKAGE_CONTACT "TwinFirm <twinfirm@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "evaluation of the smart-factory programme")
set(CPACK_PACKAGE_DESCRIPTION
    "Opens ministry files (firm register, yearly figures, survey), matches adopters
with similar non-adopters, estimates what adoption did, and writes the charts,
tables and the report (PDF, XLSX, HWPX) in Korean and English.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What the programs load while they run, which no linker sees: drawing of SVG pictures, Qt's own texts in Korean.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6svg6, qt6-translations-l10n")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-nanum")
include(CPack)
