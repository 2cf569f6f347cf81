# cmake -DSOURCE=<repository> -DBUILD=<folder> -DPREFIX=<folder> -P plain.cmake -- <arguments>...
#
# What the README tells those who install inlay: cmake -B build && cmake --install build, on a machine that has neither what
# the tests, the examples nor the benchmarks need. Each is left out with a line.
cmake_minimum_required(VERSION 3.25)
set(arguments "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(DEFINED after)
    list(APPEND arguments "${CMAKE_ARGV${i}}")
  elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
    set(after TRUE)
  endif()
endforeach()
foreach(package IN ITEMS Catch2 benchmark CLI11 Eigen3 ZLIB nlohmann_json Protobuf)
  list(APPEND arguments -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()

file(REMOVE_RECURSE ${BUILD} ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD} ${arguments} OUTPUT_VARIABLE output ERROR_VARIABLE output
                RESULT_VARIABLE result)
if(result)
  message(FATAL_ERROR "wanted a configuration without these packages, found\n${output}")
endif()
foreach(line IN ITEMS "tests are not built. The tests need Catch2" "examples/arm is not built: it needs CLI11 and Eigen"
                      "examples/digits is not built: it needs CLI11 and zlib" "bench is not built: it needs Google Benchmark")
  string(FIND "${output}" "${line}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "wanted the line '${line}', found\n${output}")
  endif()
endforeach()
if(output MATCHES "CMake (Warning|Error)")
  message(FATAL_ERROR "wanted no warning, found\n${output}")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
foreach(file IN ITEMS include/inlay/inlay.hpp share/cmake/inlay/inlay-config.cmake share/cmake/inlay/onnx/inlay_add_model.cmake share/cmake/inlay/audio/importer.cmake)
  if(NOT EXISTS ${PREFIX}/${file})
    message(FATAL_ERROR "wanted ${PREFIX}/${file}, found none")
  endif()
endforeach()

# The tests of this repository stop instead: a job without tests is none that passes.
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD} ${arguments} -DINLAY_REQUIRE_TESTS=ON ERROR_VARIABLE output
                OUTPUT_QUIET RESULT_VARIABLE result)
if(NOT result OR NOT output MATCHES "The tests need Catch2")
  message(FATAL_ERROR "wanted INLAY_REQUIRE_TESTS to stop the configuration, found ${result}\n${output}")
endif()
