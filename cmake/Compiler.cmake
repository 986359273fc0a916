# SPDX-License-Identifier: GPL-3.0-or-later
# How every target is compiled: the standard, the warnings, the hardening and the sanitizers.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(twinfirm_compiler INTERFACE)
# No contraction: the same bits on every x86-64, with or without fused multiply-add.
target_compile_options(twinfirm_compiler INTERFACE -ffp-contract=off)
target_compile_options(
  twinfirm_compiler
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
            -Woverloaded-virtual -Wformat=2 -Werror)

if(TWINFIRM_SANITIZE)
  target_compile_options(twinfirm_compiler INTERFACE -fsanitize=${TWINFIRM_SANITIZE} -fno-sanitize-recover=all
                                                     -fno-omit-frame-pointer)
  target_link_options(twinfirm_compiler INTERFACE -fsanitize=${TWINFIRM_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
  target_compile_options(
    twinfirm_compiler
    INTERFACE -fstack-protector-strong -fstack-clash-protection -fcf-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
              -D_GLIBCXX_ASSERTIONS -Werror=format-security)
  target_link_options(twinfirm_compiler INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
