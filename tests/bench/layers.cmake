# cmake -DSOURCE=<repository> [-DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march>] -P layers.cmake
# Every layer has a bench, and the program of them measures each.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/build.cmake)

set(layers "")
file(GLOB headers ${SOURCE}/include/inlay/layer/*.hpp)
foreach(header IN LISTS headers)
  file(STRINGS ${header} bound REGEX "struct bind")
  if(bound) # the others are parts of layers
    cmake_path(GET header STEM layer)
    list(APPEND layers ${layer})
  endif()
endforeach()
if(NOT "dense" IN_LIST layers)
  message(FATAL_ERROR "found no layers in ${SOURCE}/include/inlay/layer: ${layers}")
endif()
foreach(layer IN LISTS layers)
  if(NOT EXISTS ${SOURCE}/bench/layer/${layer}.cpp)
    message(SEND_ERROR "inlay/layer/${layer}.hpp has no bench: write bench/layer/${layer}.cpp, as its neighbours are")
  endif()
endforeach()

if(NOT BINARY) # in CI no more
  return()
endif()
build_bench("tiny: 3, 2" "tiny: 3, 2" layer_cost)
execute_process(COMMAND ${BINARY}/bench/layer_cost --repetitions 1 --seconds 0.0001
                RESULT_VARIABLE code OUTPUT_VARIABLE table ERROR_VARIABLE complaint)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "layer_cost exited with ${code}: ${complaint}")
endif()
set(call "[0-9.]+ (ns|µs|ms) +[0-9]+ % *") # and its share of the limit
foreach(layer IN LISTS layers)
  if(NOT table MATCHES "\n  ${layer} [^\n]* ${call}${call}${call}${call}\n")
    message(SEND_ERROR "wanted four calls of ${layer}, found\n${table}")
  endif()
endforeach()

execute_process(COMMAND ${BINARY}/bench/layer_cost none RESULT_VARIABLE code ERROR_VARIABLE complaint OUTPUT_QUIET)
if(NOT code EQUAL 2 OR NOT complaint STREQUAL "layer_cost: there is no layer none\n")
  message(SEND_ERROR "layer_cost none exited with ${code} and said: ${complaint}")
endif()
