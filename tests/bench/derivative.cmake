# cmake -DSOURCE=<repository> -DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march> -P derivative.cmake
# The program of derivatives finds Eigen's duals right, measures each net, and says how CasADi's C, which a script makes, is given to it.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/build.cmake)

build_bench("tiny: 3, 2" "tiny: 3, 2" derivative_cost)
execute_process(COMMAND ${BINARY}/bench/derivative_cost --repetitions 1 --seconds 0.0001
                RESULT_VARIABLE code OUTPUT_VARIABLE table ERROR_VARIABLE complaint)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "derivative_cost exited with ${code}: ${complaint}${table}")
endif()
set(time "[0-9.]+ (ns|µs)")
foreach(net IN ITEMS "6-64-64-2" "12-32-32-4")
  if(NOT table MATCHES "\n  ${net} +${time} +${time} +[0-9.]+ +${time} +[0-9.]+ +${time} +[0-9.]+ +${time} +[0-9.]+ +${time} ")
    message(SEND_ERROR "wanted ${net}: a call, jvp, vjp, Jacobian, Hessian and a limit, found\n${table}")
  endif()
endforeach()
if(NOT table MATCHES "\nskipped: CasADi's C: bench/derivative/generated_c.py makes it, cmake -DINLAY_BENCH_CASADI=FOLDER names it\n")
  message(SEND_ERROR "wanted how CasADi's C is given, found\n${table}")
endif()
