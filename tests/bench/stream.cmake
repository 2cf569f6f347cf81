# cmake -DSOURCE=<repository> -DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march> -P stream.cmake
# The program of streams finds inlay right, measures each net, and says how RTNeural, which is no package, is given to it.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/build.cmake)

build_bench("tiny: 3, 2" "tiny: 3, 2" stream_cost)
execute_process(COMMAND ${BINARY}/bench/stream_cost --repetitions 1 --seconds 0.0001
                RESULT_VARIABLE code OUTPUT_VARIABLE table ERROR_VARIABLE complaint)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "stream_cost exited with ${code}: ${complaint}${table}")
endif()
set(time "[0-9.]+ (ns|µs)")
foreach(net IN ITEMS "LSTM 1-8-1" "LSTM 1-16-1" "LSTM 1-40-1" "GRU 1-8-1" "GRU 1-16-1" "GRU 1-40-1" "5 convolutions, 8 channels"
                     "5 convolutions, 16 channels")
  if(NOT table MATCHES "\n  ${net} +${time} +${time} +${time} +${time} +${time}\n")
    message(SEND_ERROR "wanted ${net}: a step, fed back, in blocks and two limits, found\n${table}")
  endif()
endforeach()
if(NOT table MATCHES "\nskipped: RTNeural is no package; cmake -DINLAY_BENCH_RTNEURAL=FOLDER names its checkout\n")
  message(SEND_ERROR "wanted how RTNeural is given, found\n${table}")
endif()
