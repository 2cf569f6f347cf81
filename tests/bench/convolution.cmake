# cmake -DSOURCE=<repository> -DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march> -P convolution.cmake
# The program of convolutions finds all who are there right, measures each, and names the package of who is not.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/build.cmake)

build_bench("tiny: 3, 2" "tiny: 3, 2" convolution_cost)
execute_process(COMMAND ${BINARY}/bench/convolution_cost --repetitions 1 --seconds 0.0001
                RESULT_VARIABLE code OUTPUT_VARIABLE table ERROR_VARIABLE complaint)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "convolution_cost exited with ${code}: ${complaint}${table}")
endif()
file(STRINGS ${BINARY}/CMakeCache.txt without_onednn REGEX "^INLAY_BENCH_onednn_(HEADERS|dnnl):.*-NOTFOUND$")
file(STRINGS ${BINARY}/CMakeCache.txt without_eigen REGEX "^Eigen3_DIR:.*-NOTFOUND$")

set(inlay "[0-9.]+ (ns|µs|ms) +[0-9]+ %") # and its share of the limit
set(onednn " +[0-9.]+ (ns|µs|ms) +[0-9.]+×") # and how many times inlay's
set(eigen "${onednn}")
if(without_onednn)
  set(onednn " +")
endif()
if(without_eigen)
  set(eigen " +")
endif()
foreach(net IN ITEMS "28x28x1 -> 8, 5x5" "12x12x8 -> 16, 3x3" "14x14x16 -> 32, 3x3" "16x16x32 -> 64, 3x3")
  if(NOT table MATCHES "\n  ${net}, layouts of their own +${inlay}${onednn}${eigen} +(peak|L1)\n"
     OR NOT table MATCHES "\n  ${net}, channels first +${inlay}${onednn} +(peak|L1)\n")
    message(SEND_ERROR "wanted ${net} of everybody, found\n${table}")
  endif()
endforeach()
foreach(net IN ITEMS MNIST P1)
  foreach(samples IN ITEMS "1 sample" "256 samples")
    if(NOT table MATCHES "\n  ${net}: [^\n]*, ${samples} +${inlay}${onednn} +(peak|L1|L2|beyond L2)\n")
      message(SEND_ERROR "wanted ${net}, ${samples}, found\n${table}")
    endif()
  endforeach()
endforeach()

foreach(library IN ITEMS "onednn|oneDNN|libdnnl-dev" "eigen|Eigen|libeigen3-dev")
  string(REPLACE "|" ";" library "${library}")
  list(POP_FRONT library name title package)
  string(FIND "${table}" "\nskipped: ${title} was not installed when this was built (${package})\n" said)
  if((without_${name} AND said EQUAL -1) OR (NOT without_${name} AND NOT said EQUAL -1))
    message(SEND_ERROR "of ${title}, without it: '${without_${name}}', found\n${table}")
  endif()
endforeach()
