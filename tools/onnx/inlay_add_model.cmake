# inlay_add_model(<target> FILE <model.onnx> NAME <name> [OUTPUT <tensor>...] [INPUTS <tensor.pb>...]
#                 [SHAPE <input>=<extents>...] [VERIFY] [TOLERANCE <number>])
# inlay_add_model(<target> FILE <model.nam or model.json> NAME <name> [SUBMODEL <k>] [VERIFY] [TOLERANCE <number>])
#
# Gives the target a header <name>.hpp with the model as a constant object <name>: name(x) is the model's output. The
# header is made again when the model changes.
#   OUTPUT     which tensors are meant; by default all outputs that a net can have
#   SHAPE      of inputs whose extents the file leaves open, a sample's: SHAPE obs=1x64x80
#   INPUTS     values to verify with, as ONNX tensors; made up where there are none
#   SUBMODEL   which of several nets in a .nam file, from 1; the last, which is the largest, where it is not said
#   VERIFY     adds a test that holds the compiled net to what the model computes, and prints the worst error
#   TOLERANCE  of that test, relative for outputs beyond 1; by default what rounding to its scalar explains in this net
cmake_policy(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../audio/importer.cmake)

# inlay_find_onnx(<variable>): the Debian packages that are missing for the importer; empty if all is there.
function(inlay_find_onnx variable)
  # Its own configuration first: from version 22 on only that knows which parts of Abseil are to be linked.
  find_package(Protobuf CONFIG QUIET GLOBAL)
  if(NOT TARGET protobuf::libprotobuf)
    find_package(Protobuf MODULE QUIET GLOBAL)
  endif()
  find_file(INLAY_ONNX_PROTO NAMES onnx.proto onnx-ml.proto PATH_SUFFIXES onnx include/onnx
            DOC "ONNX's schema, onnx.proto")
  set(missing "")
  if(NOT TARGET protobuf::protoc)
    string(APPEND missing " protobuf-compiler")
  endif()
  if(NOT TARGET protobuf::libprotobuf)
    string(APPEND missing " libprotobuf-dev")
  endif()
  if(NOT INLAY_ONNX_PROTO)
    string(APPEND missing " libonnx-dev")
  endif()
  set(${variable} "${missing}" PARENT_SCOPE)
endfunction()

# The importer, built on first use: protobuf's classes for ONNX's schema, a library for the tests, a program.
function(inlay_build_onnx_importer)
  if(TARGET inlay_import_onnx)
    return()
  endif()
  inlay_find_onnx(missing)
  if(missing)
    message(FATAL_ERROR "inlay_add_model reads ONNX models with protobuf and ONNX's schema, which are missing. On Debian: "
                        "apt-get install${missing}. Elsewhere: name protobuf's prefix in CMAKE_PREFIX_PATH and the file "
                        "onnx.proto in INLAY_ONNX_PROTO.")
  endif()

  set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  set(made ${CMAKE_CURRENT_BINARY_DIR}/inlay_onnx)
  add_custom_command(
    OUTPUT ${made}/onnx.pb.cc ${made}/onnx.pb.h
    COMMAND ${CMAKE_COMMAND} -E copy ${INLAY_ONNX_PROTO} ${made}/onnx.proto
    COMMAND protobuf::protoc --proto_path=${made} --cpp_out=${made} ${made}/onnx.proto
    DEPENDS ${INLAY_ONNX_PROTO} VERBATIM)
  set_source_files_properties(${made}/onnx.pb.cc PROPERTIES COMPILE_OPTIONS -w)

  set(sources "")
  foreach(source IN ITEMS attention batch cells conditions directions explain import loops masks output prepared readings reasons tails verification verification_samples
                           file/element_type file/graph file/node file/node_reader file/tensor file/tensor_reader file/wire_format
                           interpreter/computation interpreter/elementwise interpreter/evaluate interpreter/operators interpreter/windows
                           recognize/branches recognize/clamp recognize/constants recognize/fold recognize/follower recognize/formula recognize/function recognize/join recognize/layers recognize/order
                           recognize/probes recognize/recognizers recognize/refusal recognize/scale recognize/sequence recognize/settle recognize/windows)
    list(APPEND sources ${here}/${source}.cpp)
  endforeach()
  add_library(inlay_onnx STATIC EXCLUDE_FROM_ALL ${sources} ${made}/onnx.pb.cc)
  target_compile_features(inlay_onnx PUBLIC cxx_std_20)
  # Whatever the project that uses it is built with. -O1: it runs for seconds at most, but is compiled on each machine.
  target_compile_options(inlay_onnx PUBLIC -fexceptions -frtti -fno-fast-math PRIVATE -O1)
  target_include_directories(inlay_onnx PUBLIC ${here})
  target_include_directories(inlay_onnx SYSTEM PUBLIC ${made})
  target_link_libraries(inlay_onnx PUBLIC inlay::inlay protobuf::libprotobuf)
  target_precompile_headers(inlay_onnx PRIVATE ${here}/recognize/follower.hpp ${here}/recognize/layers.hpp <algorithm> <functional>) # of most sources
  add_executable(inlay_import_onnx EXCLUDE_FROM_ALL ${here}/main.cpp)
  target_link_libraries(inlay_import_onnx PRIVATE inlay_onnx)
  set_target_properties(inlay_onnx inlay_import_onnx PROPERTIES COMPILE_WARNING_AS_ERROR OFF)
endfunction()

# What refused_name of name.hpp says, read from its lists, before the importer is there to say it.
function(inlay_check_model_name target name)
  get_target_property(directories inlay::inlay INTERFACE_INCLUDE_DIRECTORIES)
  list(TRANSFORM directories REPLACE "^[$]<BUILD_INTERFACE:(.*)>$" "\\1")
  find_file(header inlay/io/detail/name.hpp PATHS ${directories} NO_DEFAULT_PATH NO_CACHE REQUIRED)
  file(READ ${header} text)
  string(REGEX MATCH "taken_names =[^;]*;" names "${text}")
  string(REGEX MATCH "taken_types =[^;]*;" types "${text}")
  string(REGEX REPLACE "[fl]$" "" stem "${name}") # sinf, sinl
  if(NOT name MATCHES "^[A-Za-z_][A-Za-z0-9_]*$" OR name MATCHES "^_|__|_$" OR names MATCHES "[\" ](${name}|${stem})[\" ]"
     OR types MATCHES "[\" ]${name}[\" ]")
    message(FATAL_ERROR "inlay_add_model(${target}): NAME becomes the name of an object at namespace scope in C++, and NAME_t that of "
                        "its type. '${name}' cannot: it is no identifier, or a word of C++, or a name that the C library or the "
                        "header has already. Take another one.")
  endif()
endfunction()

# add_test does nothing in a directory that has not called enable_testing, be it before or after.
function(inlay_check_testing target test)
  if(NOT CMAKE_TESTING_ENABLED)
    message(WARNING "inlay_add_model(${target}): VERIFY adds no test: enable_testing() is not called in ${CMAKE_CURRENT_SOURCE_DIR} "
                    "nor above it. It belongs in the top CMakeLists.txt, before add_subdirectory. The program ${test} is built all "
                    "the same, and verifies when it is run.")
  endif()
endfunction()

function(inlay_add_model target)
  cmake_parse_arguments(PARSE_ARGV 1 model "VERIFY" "FILE;NAME;SUBMODEL;TOLERANCE" "OUTPUT;SHAPE;INPUTS")
  foreach(needed IN ITEMS FILE NAME)
    if(NOT model_${needed})
      message(FATAL_ERROR "inlay_add_model(${target}): ${needed} is missing: inlay_add_model(<target> FILE <model.onnx> NAME <name>)")
    endif()
  endforeach()
  if(model_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "inlay_add_model(${target}): what is meant by '${model_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "inlay_add_model(${target}): there is no target '${target}' yet: add_executable or add_library first")
  endif()
  inlay_check_model_name(${target} "${model_NAME}")
  cmake_path(ABSOLUTE_PATH model_FILE BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT EXISTS ${model_FILE})
    message(FATAL_ERROR "inlay_add_model(${target}): there is no file ${model_FILE}")
  endif()

  set(INLAY_IMPORT_ONNX "" CACHE FILEPATH "A program inlay_import_onnx that runs on this machine; empty: build it")
  set(INLAY_IMPORT_AUDIO "" CACHE FILEPATH "A program inlay_import_audio that runs on this machine; empty: build it")
  if(model_FILE MATCHES "[.](nam|json)$")
    set(format audio)
    if(model_OUTPUT OR model_INPUTS)
      message(FATAL_ERROR "inlay_add_model(${target}): OUTPUT and INPUTS are of ONNX models; ${model_FILE} is none")
    endif()
  else()
    set(format onnx)
    if(DEFINED model_SUBMODEL)
      message(FATAL_ERROR "inlay_add_model(${target}): SUBMODEL is of .nam files of several nets; ${model_FILE} is none")
    endif()
  endif()
  set(importer inlay_import_${format})
  string(TOUPPER ${importer} given)
  if(${given})
    set(importer ${${given}})
  elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(FATAL_ERROR "inlay_add_model runs ${importer} on this machine, but all programs are built for another here: build "
                        "it for this machine and name it in ${given}, or set CMAKE_CROSSCOMPILING_EMULATOR.")
  else()
    cmake_language(CALL inlay_build_${format}_importer)
  endif()

  set(made ${CMAKE_CURRENT_BINARY_DIR}/inlay_models/${target})
  set(header ${made}/${model_NAME}.hpp)
  file(MAKE_DIRECTORY ${made})
  set(arguments ${model_FILE} ${header} --name ${model_NAME})
  set(depfile "")
  if(format STREQUAL "onnx") # tensors may be in files of their own
    list(APPEND arguments --depfile ${header}.d)
    set(depfile DEPFILE ${header}.d)
  endif()
  if(DEFINED model_SUBMODEL)
    list(APPEND arguments --submodel ${model_SUBMODEL})
  endif()
  foreach(output IN LISTS model_OUTPUT)
    list(APPEND arguments --output ${output})
  endforeach()
  foreach(shape IN LISTS model_SHAPE)
    list(APPEND arguments --shape ${shape})
  endforeach()
  foreach(input IN LISTS model_INPUTS)
    cmake_path(ABSOLUTE_PATH input BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND arguments --inputs ${input})
    list(APPEND inputs ${input})
  endforeach()
  set(emulator "")
  if(TARGET ${importer})
    set(importer_file $<TARGET_FILE:${importer}>)
    if(CMAKE_CROSSCOMPILING)
      set(emulator ${CMAKE_CROSSCOMPILING_EMULATOR})
    endif()
  else()
    set(importer_file ${importer})
  endif()
  add_custom_command(
    OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} "-DEMULATOR=${emulator}" -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/with_digest.cmake ${model_FILE} ${importer_file} ${arguments}
    DEPENDS ${model_FILE} ${inputs} ${importer} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/with_digest.cmake
    ${depfile}
    COMMENT "Making ${model_NAME}.hpp of ${model_FILE}" VERBATIM)
  set(make inlay_model.${target}.${model_NAME})
  add_custom_target(${make} DEPENDS ${header})
  add_dependencies(${target} ${make})

  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(${target} INTERFACE ${made})
    set(interface INTERFACE_)
  else()
    target_include_directories(${target} PRIVATE ${made})
    set(interface "")
  endif()

  if(model_VERIFY)
    if(NOT model_TOLERANCE)
      set(model_TOLERANCE 0)
    endif()
    set(verify ${target}.${model_NAME}.verify)
    file(CONFIGURE OUTPUT ${made}/${model_NAME}.verify.cpp @ONLY CONTENT
         "#include \"@model_NAME@.hpp\"\n#include <inlay/io/verify.hpp>\n\nint main() { return inlay::io::verify(@model_NAME@, {.tolerance = @model_TOLERANCE@, .print = stdout}) ? 0 : 1; }\n")
    add_executable(${verify} ${made}/${model_NAME}.verify.cpp)
    add_dependencies(${verify} ${make})
    # Built as the target is, so that it is the target's net that is verified.
    foreach(property IN ITEMS OPTIONS DEFINITIONS FEATURES)
      set(of_target $<TARGET_PROPERTY:${target},${interface}COMPILE_${property}>)
      if(property STREQUAL "FEATURES")
        target_compile_features(${verify} PRIVATE ${of_target})
      elseif(property STREQUAL "OPTIONS")
        target_compile_options(${verify} PRIVATE ${of_target})
      else()
        target_compile_definitions(${verify} PRIVATE ${of_target})
      endif()
    endforeach()
    target_link_libraries(${verify} PRIVATE inlay::inlay $<TARGET_PROPERTY:${target},${interface}LINK_LIBRARIES>)
    add_test(NAME ${verify} COMMAND ${verify})
    cmake_language(EVAL CODE "cmake_language(DEFER CALL inlay_check_testing [[${target}]] [[${verify}]])")
  endif()
endfunction()
