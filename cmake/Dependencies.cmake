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
pkg_check_modules(minizip REQUIRED IMPORTED_TARGET minizip)
pkg_check_modules(freexl REQUIRED IMPORTED_TARGET freexl)
find_package(EXPAT 2.5 REQUIRED)

if(BUILD_TESTING)
  find_package(GTest REQUIRED)
endif()
if(TWINFIRM_WITH_QT)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg PrintSupport LinguistTools Test)
  find_package(QCustomPlotQt6 REQUIRED)
endif()
