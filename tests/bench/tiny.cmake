# cmake -DSOURCE=<repository> -DBINARY=<folder> -DCOMPILER=<c++> -DARCH=<-march> -P tiny.cmake
# The benchmark of tiny nets builds, and results.json has what it measured. The nets have every activation between them: on
# each inlay and both of Eigen agree with the reference, in inference and in training, and so does oneDNN, where it is
# installed, in inference of those that it has.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/build.cmake)
include(${SOURCE}/bench/net/topology.cmake)

# One that every peer has; softsign, which oneDNN has not; the fast ones, whose tolerance is wider; all others in their order
# in the grammar, seven layers a net, all of one width, so that Eigen's products with fixed sizes are compiled once a net.
set(names ${inlay_bench_activations})
list(REMOVE_ITEM names softsign fast_tanh fast_sigmoid)
set(nets "tiny: 3, 5:tanh, 2" "softsign: 17, 17:softsign, 17" "fast: 17, 17:fast_tanh, 17:fast_sigmoid")
while(names)
  list(SUBLIST names 0 7 here)
  list(REMOVE_ITEM names ${here})
  list(GET here 0 first)
  list(JOIN here ", 17:" text)
  list(APPEND nets "with ${first}: 17, 17:${text}")
endwhile()

build_bench("${nets}" "${nets}")
set(ENV{OPENBLAS_CORETYPE} Prescott) # as an old release takes a new processor
run(${BINARY}/bench/bench --repetitions 1 --seconds 0.0001 --out ${BINARY}/out) # fails where one is wrong
file(READ ${BINARY}/out/results.json results)
file(STRINGS ${BINARY}/CMakeCache.txt without_onednn REGEX "^INLAY_BENCH_onednn_HEADERS:.*-NOTFOUND$")

string(JSON core ERROR_VARIABLE no_openblas GET "${results}" openblas_core name)
if(NOT no_openblas AND core STREQUAL Prescott AND NOT ARCH STREQUAL x86-64)
  message(SEND_ERROR "OpenBLAS runs its kernels for Prescott, with SSE3")
endif()

string(JSON count LENGTH "${results}" results)
math(EXPR last "${count} - 1")
set(seen "")
foreach(i RANGE ${last})
  string(JSON net GET "${results}" results ${i} net)
  string(JSON task GET "${results}" results ${i} task)
  string(JSON libraries GET "${results}" results ${i} libraries)
  set(wanted inlay "Eigen fixed" "Eigen dynamic")
  if(NOT without_onednn AND NOT task STREQUAL training AND NOT net STREQUAL softsign)
    list(APPEND wanted oneDNN)
  endif()
  foreach(library IN LISTS wanted)
    string(JSON ns ERROR_VARIABLE missing GET "${libraries}" ${library} median_ns)
    if(missing)
      message(SEND_ERROR "${library} was not measured on ${net}, ${task}; nets are\n${nets}")
    endif()
  endforeach()
  list(APPEND seen "${net} ${task}")
endforeach()
foreach(line IN LISTS nets)
  string(REGEX REPLACE ":.*" "" net "${line}")
  foreach(task IN ITEMS back-to-back dependent batch training)
    if(NOT "${net} ${task}" IN_LIST seen)
      message(SEND_ERROR "results.json has no ${task} of ${net}")
    endif()
  endforeach()
endforeach()
