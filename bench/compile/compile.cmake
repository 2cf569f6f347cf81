# The program that measures what compiling costs, with the flags that a user has: with the compiler of this build and
# with the other, if it is there.
get_target_property(folders inlay::xsimd INTERFACE_INCLUDE_DIRECTORIES)
list(APPEND folders ${PROJECT_SOURCE_DIR}/include ${Boost_INCLUDE_DIRS})
find_package(Eigen3 QUIET NO_MODULE)
if(Eigen3_FOUND)
  get_target_property(folders_of_eigen Eigen3::Eigen INTERFACE_INCLUDE_DIRECTORIES)
  list(APPEND folders ${folders_of_eigen})
endif()
list(REMOVE_DUPLICATES folders)
list(REMOVE_ITEM folders /usr/include)
list(TRANSFORM folders PREPEND -I)
list(JOIN folders " " folders)
set(compilers ${CMAKE_CXX_COMPILER})
foreach(other IN ITEMS g++ clang++)
  find_program(INLAY_BENCH_${other} ${other})
  file(REAL_PATH "${INLAY_BENCH_${other}}" this)
  file(REAL_PATH "${CMAKE_CXX_COMPILER}" that)
  if(INLAY_BENCH_${other} AND NOT this STREQUAL that)
    list(APPEND compilers ${INLAY_BENCH_${other}})
  endif()
endforeach()
list(TRANSFORM compilers REPLACE "(.+)" "\"\\1\"")
list(JOIN compilers "," compilers)

# The headers of others that inlay includes, leaves left out, as initializers.
set(standard "")
set(hana "")
file(GLOB_RECURSE headers ${PROJECT_SOURCE_DIR}/include/inlay/*.hpp)
list(FILTER headers EXCLUDE REGEX "/inlay/((io|mpi|parallel)/|(mpi|threads|casadi)\\.hpp$)") # leaves
foreach(header IN LISTS headers)
  file(STRINGS ${header} lines REGEX "^#include <")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE ".*<(.+)>.*" "\\1" name "${line}")
    if(name MATCHES "^boost/")
      list(APPEND hana "\"${name}\"")
    elseif(NOT name MATCHES "/")
      list(APPEND standard "\"${name}\"")
    endif()
  endforeach()
endforeach()
foreach(list IN ITEMS standard hana)
  list(REMOVE_DUPLICATES ${list})
  list(JOIN ${list} "," ${list})
endforeach()

add_executable(compile_cost compile/main.cpp compile/compiler.cpp compile/program.cpp)
target_link_libraries(compile_cost PRIVATE inlay_bench CLI11::CLI11 nlohmann_json::nlohmann_json)
target_compile_definitions(
  compile_cost PRIVATE INLAY_BENCH_COMPILERS=${compilers} $<$<BOOL:${Eigen3_FOUND}>:INLAY_BENCH_EIGEN>
                       INLAY_BENCH_STANDARD_HEADERS=${standard} INLAY_BENCH_HANA_HEADERS=${hana}
                       INLAY_BENCH_NET="${example_net}" INLAY_BENCH_NET_NAME="${example_name}"
                       INLAY_BENCH_FLAGS="-std=c++20 -O3 -DNDEBUG -march=${INLAY_ARCH}"
                       INLAY_BENCH_FOLDERS="${folders}")

