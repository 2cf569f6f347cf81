# Finds what inlay includes. Read twice: by inlay's own CMakeLists.txt, and, installed, by find_package(inlay).

find_package(xsimd CONFIG QUIET)
find_package(Boost 1.74 CONFIG QUIET)

# One line, once in a project and on stderr, where nothing is optimized because nobody has said how.
function(inlay_check_build_type)
  get_property(said GLOBAL PROPERTY inlay_has_said_build_type)
  get_property(several GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  get_directory_property(options COMPILE_OPTIONS)
  if(said OR several OR CMAKE_BUILD_TYPE OR "${CMAKE_CXX_FLAGS} ${options}" MATCHES "-O[1-9sfgz]")
    return()
  endif()
  set_property(GLOBAL PROPERTY inlay_has_said_build_type TRUE)
  message(NOTICE "Warning from inlay: no build type is set, so nothing is optimized and a net takes hundreds of times as long: cmake -DCMAKE_BUILD_TYPE=Release")
endfunction()

set(inlay_NOT_FOUND_MESSAGE "")
if(NOT xsimd_FOUND)
  string(APPEND inlay_NOT_FOUND_MESSAGE "inlay needs xsimd 8.1 or later; none was found. On Debian: "
                                        "apt-get install libxsimd-dev. Elsewhere: name its prefix in CMAKE_PREFIX_PATH.\n")
elseif(xsimd_VERSION VERSION_LESS 8.1) # not left to find_package: xsimd declares every major version incompatible
  string(APPEND inlay_NOT_FOUND_MESSAGE "inlay needs xsimd 8.1 or later; found ${xsimd_VERSION} in ${xsimd_DIR}.\n")
endif()
if(NOT Boost_FOUND)
  string(APPEND inlay_NOT_FOUND_MESSAGE "inlay needs the headers of Boost 1.74 or later (Hana); none were found. On Debian: "
                                        "apt-get install libboost-dev. Elsewhere: name their prefix in CMAKE_PREFIX_PATH.\n")
endif()

if(inlay_NOT_FOUND_MESSAGE)
  set(inlay_FOUND FALSE)
else()
  set(inlay_FOUND TRUE)
  if(NOT TARGET inlay::xsimd)
    # Only its headers: the target of Debian 12's xsimd 8.1 also links xtl, which its package does not bring.
    add_library(inlay::xsimd INTERFACE IMPORTED GLOBAL)
    get_target_property(inlay_xsimd_headers xsimd INTERFACE_INCLUDE_DIRECTORIES)
    target_include_directories(inlay::xsimd INTERFACE ${inlay_xsimd_headers})
  endif()
  # Once the project that uses inlay has said all it has to say of its build type.
  cmake_language(DEFER CALL inlay_check_build_type)
  include(${CMAKE_CURRENT_LIST_DIR}/inlay-targets.cmake OPTIONAL) # absent in the source tree
  include(${CMAKE_CURRENT_LIST_DIR}/onnx/inlay_add_model.cmake OPTIONAL)
  include(${CMAKE_CURRENT_LIST_DIR}/casadi/inlay_add_casadi.cmake OPTIONAL)
endif()
