# For the scripts that build the benchmark and run it.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nexited with ${code}:\n${said}")
  endif()
endfunction()

# build_bench(<inference> <training> [<target>]): the benchmark of these nets, lists of "name: topology", in ${BINARY}/bench,
# or another program there; makes ${BINARY}/out. No time is wanted of it: -O0.
function(build_bench inference training)
  set(targets bench ${ARGN}) # the last counts
  list(POP_BACK targets target)
  string(REPLACE ";" "\\;" inference "${inference}") # one argument each
  string(REPLACE ";" "\\;" training "${training}")
  run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O0 -DNDEBUG" -DCMAKE_CXX_COMPILER=${COMPILER}
      -DINLAY_ARCH=${ARCH} -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_EXAMPLES=OFF
      "-DINLAY_BENCH_INFERENCE=${inference}" "-DINLAY_BENCH_TRAINING=${training}")
  run(${CMAKE_COMMAND} --build ${BINARY} --target ${target})
  file(MAKE_DIRECTORY ${BINARY}/out)
endfunction()
