# SPDX-License-Identifier: GPL-3.0-or-later
# What the system must have; every package is Debian 12's (packaging/debian-packages.txt).

find_package(Threads REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED)
find_package(SQLite3 3.37 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(minizip REQUIRED IMPORTED_TARGET minizip)
pkg_check_modules(freexl REQUIRED IMPORTED_TARGET freexl)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
find_package(EXPAT 2.5 REQUIRED)
# GLPK brings neither a CMake nor a pkg-config file.
find_path(GLPK_INCLUDE_DIR glpk.h REQUIRED)
find_library(GLPK_LIBRARY glpk REQUIRED)
mark_as_advanced(GLPK_INCLUDE_DIR GLPK_LIBRARY)
add_library(GLPK::GLPK UNKNOWN IMPORTED)
set_target_properties(GLPK::GLPK PROPERTIES IMPORTED_LOCATION "${GLPK_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES
                                            "${GLPK_INCLUDE_DIR}")

if(BUILD_TESTING)
  find_package(GTest REQUIRED)
endif()
if(TWINFIRM_WITH_QT)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets DBus Svg PrintSupport LinguistTools Test)
  find_package(QCustomPlotQt6 REQUIRED)
endif()
