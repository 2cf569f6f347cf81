# cmake -DPROGRAM=<blas_core with the OpenBLAS of openblas.cpp> -DALONE=<the same without one> -P blas_core.cmake
cmake_minimum_required(VERSION 3.25)

# run_with(<variable=value>...): sets core, least and why to what the program says.
function(run_with)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env --unset=OPENBLAS_CORETYPE ${ARGN} ${PROGRAM} one "last argument"
                  OUTPUT_VARIABLE said ERROR_VARIABLE error RESULT_VARIABLE code TIMEOUT 20)
  if(NOT code EQUAL 0 OR NOT said MATCHES "^([^|]*)[|]([^|]*)[|]([^|]*)[|]3 last argument\n$")
    message(FATAL_ERROR "${ARGN}: exited with ${code} and said ${said}${error}")
  endif()
  set(core "${CMAKE_MATCH_1}" PARENT_SCOPE)
  set(least "${CMAKE_MATCH_2}" PARENT_SCOPE)
  set(why "${CMAKE_MATCH_3}" PARENT_SCOPE)
endfunction()
function(expect wanted_core wanted_why)
  if(NOT core STREQUAL wanted_core OR NOT why MATCHES "${wanted_why}")
    message(SEND_ERROR "wanted ${wanted_core}, ${wanted_why}; it ran ${core}, ${why}")
  endif()
endfunction()

run_with()
if(least STREQUAL Prescott) # SSE2: nothing is less
  expect(Prescott "^its own choice$")
else()
  expect(${least} "^as this build's instruction set warrants. by itself it ran Prescott$")
  run_with(OPENBLAS_CORETYPE=Prescott)
  expect(${least} "warrants. OPENBLAS_CORETYPE=Prescott in the environment is less$")
  run_with(ONE_CORE=1) # and is not started again and again
  expect(Prescott "^less than this build's instruction set warrants: this OpenBLAS has no other$")
endif()
run_with(OPENBLAS_CORETYPE=${least})
expect(${least} "^with OPENBLAS_CORETYPE=${least} in the environment$")
run_with(OPENBLAS_CORETYPE=SapphireRapids) # more, and a name that a later release brought
expect(SapphireRapids "^with OPENBLAS_CORETYPE=SapphireRapids in the environment$")

set(PROGRAM ${ALONE})
run_with(OPENBLAS_CORETYPE=Prescott)
expect("" "^$")
