# cmake -DALONE=<program> -DCROWDED=<program> -DVALGRIND=<valgrind> -DCALL=<call> -P crowd.cmake
#
# Fails unless a call executes about as many instructions in a unit of many nets as in one of its own.
cmake_minimum_required(VERSION 3.25)

set(percent 5) # more: registers are saved where kernels are functions
foreach(program ALONE CROWDED)
  execute_process(COMMAND ${VALGRIND} --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=measured_${CALL}
                          ${${program}} ${CALL}
                  RESULT_VARIABLE code ERROR_VARIABLE said OUTPUT_VARIABLE said)
  if(NOT code EQUAL 0 OR NOT said MATCHES "Collected : ([0-9]+)" OR CMAKE_MATCH_1 EQUAL 0)
    message(FATAL_ERROR "callgrind counted nothing of measured_${CALL}:\n${said}")
  endif()
  set(count_${program} ${CMAKE_MATCH_1})
endforeach()
message(STATUS "instructions of one ${CALL}: ${count_ALONE} alone, ${count_CROWDED} among many nets")
math(EXPR most "${count_ALONE} + ${count_ALONE} * ${percent} / 100")
if(count_CROWDED GREATER most)
  message(FATAL_ERROR "that is more than ${percent} % more")
endif()
