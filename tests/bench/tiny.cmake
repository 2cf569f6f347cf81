# cmake -DSOURCE=<repository> -DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march> -P tiny.cmake
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nexited with ${code}:\n${said}")
  endif()
endfunction()

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=${COMPILER}
    -DINLAY_ARCH=${ARCH} -DINLAY_BUILD_TESTS=OFF -DINLAY_BUILD_EXAMPLES=OFF
    "-DINLAY_BENCH_INFERENCE=tiny: 3, 5:tanh, 2" "-DINLAY_BENCH_TRAINING=tiny: 3, 5:tanh, 2")
run(${CMAKE_COMMAND} --build ${BINARY} --target bench)
file(MAKE_DIRECTORY ${BINARY}/out)
run(${BINARY}/bench/bench --repetitions 1 --seconds 0.001 --out ${BINARY}/out)

file(READ ${BINARY}/out/results.json results)
if(NOT results MATCHES "tiny" OR NOT results MATCHES "inlay")
  message(FATAL_ERROR "results.json has neither the net nor the library:\n${results}")
endif()
string(JSON kind ERROR_VARIABLE broken TYPE "${results}")
if(broken)
  message(FATAL_ERROR "results.json is no JSON: ${broken}")
endif()
