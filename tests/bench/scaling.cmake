# cmake -DSOURCE=<repository> -DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march> -P scaling.cmake
# The program of threads measures each net and batch on one and two threads, and writes what the picture shows.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/build.cmake)

build_bench("tiny: 3, 2" "tiny: 3, 2" thread_scaling)
execute_process(COMMAND ${BINARY}/bench/thread_scaling --repetitions 1 --threads 2 --out ${BINARY}/out
                RESULT_VARIABLE code OUTPUT_VARIABLE table ERROR_VARIABLE complaint)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "thread_scaling exited with ${code}: ${complaint}${table}")
endif()
set(time "[0-9.]+ (ns|µs|ms)")
set(ratio "[0-9]+\\.[0-9][0-9]")
file(READ ${BINARY}/out/scaling.tsv tsv)
foreach(net IN ITEMS "T2 64-64-64-10" "T3 784-128-10" "T4 17-256-256-6")
  foreach(batch IN ITEMS 32 128 256 1024)
    if(NOT table MATCHES "\n  ${net} +${batch} +${time} +${time} +${ratio} +${time} +${ratio} +${ratio}\n")
      message(SEND_ERROR "wanted ${net} in batches of ${batch}: alone, on 1 and 2 threads, 2 copies; found\n${table}")
    endif()
    if(NOT tsv MATCHES "\"${net}, batches of ${batch}\"\n1\t[0-9.e-]+\t1\n2\t[0-9.e-]+\t[0-9.e-]+\n")
      message(SEND_ERROR "wanted ${net} in batches of ${batch} in scaling.tsv, found\n${tsv}")
    endif()
  endforeach()
endforeach()
