# cmake -DPROGRAM=<instructions> -DVALGRIND=<valgrind> -DCALL=<call> -P check.cmake
#
# Counts the instructions of one call for inputs of every kind, and fails unless the counts are equal; with CALL planted,
# fails unless they differ. An optimizer takes numbers one by one where the squares of gradients are more than a number can
# hold: these counts are apart, and at most fifty times the others.
cmake_minimum_required(VERSION 3.25)

set(counts "")
set(apart "")
set(lines "")
set(too_large_to_square 1e30 3e38)
foreach(number 0.5 -3 0 1e-40 1e-30 1e30 3e38 inf -inf nan)
  execute_process(COMMAND ${VALGRIND} --tool=callgrind --callgrind-out-file=/dev/null
                          --toggle-collect=measured_${CALL} ${PROGRAM} ${CALL} ${number}
                  RESULT_VARIABLE code ERROR_VARIABLE said OUTPUT_VARIABLE said)
  if(NOT code EQUAL 0 OR NOT said MATCHES "Collected : ([0-9]+)" OR CMAKE_MATCH_1 EQUAL 0)
    message(FATAL_ERROR "callgrind counted nothing of measured_${CALL}:\n${said}")
  endif()
  set(count ${CMAKE_MATCH_1})
  string(APPEND lines "  ${number}: ${count}\n")
  if(CALL MATCHES "^(training|update)$" AND number IN_LIST too_large_to_square)
    list(APPEND apart ${count})
  else()
    list(APPEND counts ${count})
  endif()
endforeach()

list(REMOVE_DUPLICATES counts)
list(LENGTH counts different)
if(CALL STREQUAL "planted" AND different EQUAL 1)
  message(FATAL_ERROR "a call that depends on its input was not found:\n${lines}")
elseif(NOT CALL STREQUAL "planted" AND different GREATER 1)
  message(FATAL_ERROR "the instructions of one ${CALL} depend on the input:\n${lines}")
endif()
foreach(count IN LISTS apart)
  math(EXPR most "50 * ${counts}")
  if(count GREATER most)
    message(FATAL_ERROR "one ${CALL} of large gradients takes more than ${most} instructions:\n${lines}")
  endif()
endforeach()
message(STATUS "instructions of one ${CALL}: ${counts}; of large gradients: ${apart}")
