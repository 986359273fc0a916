# SPDX-License-Identifier: GPL-3.0-or-later

# twinfirm_module(NAME [USES module...] [LIBRARIES target...])
# One room of the program: the static library twinfirm_NAME from src/NAME, its headers in include/twinfirm/NAME.
# USES names the modules it may use, LIBRARIES what comes from outside; docs/architecture.md holds the plan, and the
# layering test compares both with the #include lines.
function(twinfirm_module name)
  cmake_parse_arguments(arg "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  file(GLOB headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/twinfirm/${name}/*.h")
  add_library(twinfirm_${name} STATIC ${sources} ${headers})
  target_include_directories(twinfirm_${name} PUBLIC "${PROJECT_SOURCE_DIR}/include")
  list(TRANSFORM arg_USES PREPEND twinfirm_)
  target_link_libraries(twinfirm_${name} PUBLIC ${arg_USES} ${arg_LIBRARIES} PRIVATE twinfirm_compiler)
endfunction()

# twinfirm_embed(TARGET SYMBOL FILE)
# Puts a data file into the program, as `extern const std::string_view SYMBOL` in namespace twinfirm::embedded, so that
# the program finds it wherever it is installed.
function(twinfirm_embed target symbol file)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -DINPUT=${file} -DOUTPUT=${output} -DSYMBOL=${symbol} -P
            "${PROJECT_SOURCE_DIR}/cmake/EmbedFile.cmake"
    DEPENDS "${file}" "${PROJECT_SOURCE_DIR}/cmake/EmbedFile.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# twinfirm_embed_folder(TARGET SYMBOL FOLDER)
# Puts the CSV and JSON files of a folder into the program: `extern const std::pair<const char*, std::string_view>
# SYMBOLs[]`, path and bytes, and `extern const std::size_t SYMBOL_count`, in namespace twinfirm::embedded.
function(twinfirm_embed_folder target symbol folder)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp")
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*.csv" "${folder}/*.json")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -DFOLDER=${folder} -DOUTPUT=${output} -DSYMBOL=${symbol} -P
            "${PROJECT_SOURCE_DIR}/cmake/EmbedFolder.cmake"
    DEPENDS ${files} "${PROJECT_SOURCE_DIR}/cmake/EmbedFolder.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# twinfirm_tests(MODULE [LIBRARIES target...])
# The tests of one module: tests/MODULE/*_test.cpp; *_reference_test.cpp read the reference results that stand beside
# the checkout (label `reference`); *_long_test.cpp take long (label `long`).
function(twinfirm_tests name)
  cmake_parse_arguments(arg "" "" "LIBRARIES" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*_test.cpp")
  set(reference ${files})
  list(FILTER reference INCLUDE REGEX "_reference_test\\.cpp$")
  set(long ${files})
  list(FILTER long INCLUDE REGEX "_long_test\\.cpp$")
  list(FILTER files EXCLUDE REGEX "_(reference|long)_test\\.cpp$")
  twinfirm_test_program(${name} "" "${files}" ${arg_LIBRARIES})
  twinfirm_test_program(${name} long "${long}" ${arg_LIBRARIES})
  if(TWINFIRM_REFERENCE_DIR)
    twinfirm_test_program(${name} reference "${reference}" ${arg_LIBRARIES})
  endif()
endfunction()

function(twinfirm_test_program name label files)
  if(NOT files)
    return()
  endif()
  set(target twinfirm_${name}_tests)
  if(label)
    set(target twinfirm_${name}_${label}_tests)
  endif()
  add_executable(${target} ${files})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE twinfirm_${name} ${ARGN} twinfirm_compiler GTest::gtest_main GTest::gmock)
  # Tests are compiled more often than they run long: the optimiser's last step is not worth its time.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  target_compile_definitions(${target} PRIVATE TWINFIRM_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               TWINFIRM_REFERENCE_DIR="${TWINFIRM_REFERENCE_DIR}")
  # One label only: a list is taken apart where the tests are discovered, and its second part gets lost.
  set(only ${name})
  if(label)
    set(only ${label})
  endif()
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS ${only} ENVIRONMENT
                       "QT_QPA_PLATFORM=offscreen")
endfunction()
