# The nets to measure, as text: "name: topology", the latter as topology.cmake reads it. Each becomes one translation
# unit for every library whose nets are types, and a line of the list that the others read at run time.
# Ns and Ts are sizes, Ps what people use: P2 a policy, P3 an agent, P4 ACAS Xu; P1, with layer norms, is in convolution/net.cpp.
# run.sh sets both lists to the user's own topology when it is given one.

set(INLAY_BENCH_INFERENCE
    "N1 tanh: 1, 8:tanh, 8:tanh, 1"
    "N1: 1, 8:relu, 8:relu, 1"
    "N2 tanh: 4, 16:tanh, 16:tanh, 2"
    "N2: 4, 16:relu, 16:relu, 2"
    "N3 tanh: 16, 32:tanh, 32:tanh, 4"
    "N3: 16, 32:relu, 32:relu, 4"
    "N4: 64, 64:relu, 64:relu, 10"
    "N5: 128, 128:relu, 128:relu, 128:relu, 16"
    "N6: 784, 32:relu, 10"
    "N7: 17, 256:relu, 256:relu, 6"
    "P2: 45, 512:elu, 256:elu, 128:elu, 12"
    "P3: 26, 64:tanh, 64:tanh, 2"
    "P4: 5, 50:relu, 50:relu, 50:relu, 50:relu, 50:relu, 50:relu, 5"
    CACHE STRING "Nets whose inference is measured")
set(INLAY_BENCH_TRAINING
    "T1: 4, 16:tanh, 16:tanh, 2"
    "T2: 64, 64:relu, 64:relu, 10"
    "T3: 784, 128:relu, 10"
    "T4: 17, 256:relu, 256:relu, 6"
    CACHE STRING "Nets whose training is measured")

set(INLAY_BENCH_DERIVATIVES
    "6-64-64-2: 6, 64:tanh, 64:tanh, 2"
    "12-32-32-4: 12, 32:tanh, 32:tanh, 4"
    CACHE STRING "Nets whose derivatives are measured")

include(${CMAKE_CURRENT_LIST_DIR}/topology.cmake)

# Those of its activations that dlib has, with inlay's formulas: peer/dlib.hpp.
set(inlay_bench_dlib_activations identity relu tanh sigmoid)

# inlay_bench_add(<library> <stem> ): one more translation unit, made of peer/<library>.cpp.in; once for each stem.
macro(inlay_bench_add library stem)
  string(MAKE_C_IDENTIFIER "${library} ${stem}" file)
  set(file ${CMAKE_CURRENT_BINARY_DIR}/generated/${file}.cpp)
  if(NOT file IN_LIST generated)
    configure_file(peer/${library}.cpp.in ${file} @ONLY)
    list(APPEND generated ${file})
  endif()
endmacro()

# inlay_bench_read(<line>): what configure_file makes of a net: its name, text and inputs, widths and activations as lists of C++, the
# layers as each library has them.
macro(inlay_bench_read line)
  string(REGEX MATCH "^([^:]+): *(.*)$" matched "${line}")
  set(name "${CMAKE_MATCH_1}")
  set(text "${CMAKE_MATCH_2}")
  inlay_bench_parse("${text}")
  if(complaint OR NOT matched)
    message(FATAL_ERROR "\"${line}\" is no net with a name before it. ${complaint}")
  endif()
  list(GET widths 0 inputs)
  set(inlay_layers "")
  set(quoted "")
  set(eigen "")
  set(dlib "")
  foreach(width activation IN ZIP_LISTS widths activations)
    list(APPEND inlay_layers "inlay::dense<${width}, inlay::${activation}>")
    list(APPEND quoted "\"${activation}\"")
    list(APPEND eigen "bench::eigen_${activation}")
    list(APPEND dlib "bench::dlib_${activation}")
  endforeach()
  foreach(list IN ITEMS inlay_layers eigen dlib)
    list(POP_FRONT ${list}) # the input is no layer
    list(JOIN ${list} ", " ${list})
  endforeach()
  list(JOIN widths ", " width_list)
  list(JOIN quoted ", " activation_list)
endmacro()

# inlay_bench_generate(<task> <lines>...): appends to `generated` the translation units of every net, and to
# `${task}_lines` the initializers of the list read at run time.
macro(inlay_bench_generate what)
  set(task ${what}) # configure_file reads variables, not a macro's arguments
  foreach(line ${ARGN})
    inlay_bench_read("${line}")
    if(name STREQUAL "N4" OR name STREQUAL "yours")
      set(example_name "${name}")
      set(example_net "inlay::input<${inputs}>, ${inlay_layers}")
    endif()
    string(APPEND ${task}_lines "    {\"${name}\", \"${text}\", {${width_list}}, {${activation_list}}},\n")

    inlay_bench_add(inlay "${task} ${name}")

    if(Eigen3_FOUND)
      inlay_bench_add(eigen_fixed "${task} ${name}")
    endif()
    set(unknown ${activations})
    list(REMOVE_ITEM unknown ${inlay_bench_dlib_activations})
    list(REMOVE_DUPLICATES unknown)
    if(unknown)
      list(JOIN unknown ", " unknown)
      message(STATUS "skipped: dlib on ${name}: it has no ${unknown} here")
    elseif(dlib_FOUND) # its widths are no part of the type
      inlay_bench_add(dlib "${dlib}")
    endif()
  endforeach()
endmacro()

# The translation units of nets whose derivatives are measured: derivative/<peer>.cpp.in for each that has them.
macro(inlay_bench_generate_derivatives)
  set(derivatives "")
  foreach(line ${ARGN})
    inlay_bench_read("${line}")
    string(REGEX REPLACE "[^A-Za-z0-9_]" "_" casadi_stem "casadi_${name}")
    set(peers inlay)
    if(Eigen3_FOUND)
      list(APPEND peers eigen_duals)
    endif()
    if(INLAY_BENCH_CASADI AND EXISTS ${INLAY_BENCH_CASADI}/${casadi_stem}.c)
      list(APPEND peers casadi)
      list(APPEND derivatives ${INLAY_BENCH_CASADI}/${casadi_stem}.c)
    endif()
    foreach(peer IN LISTS peers)
      string(MAKE_C_IDENTIFIER "derivative ${peer} ${name}" file)
      configure_file(derivative/${peer}.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/generated/${file}.cpp @ONLY)
      list(APPEND derivatives ${CMAKE_CURRENT_BINARY_DIR}/generated/${file}.cpp)
    endforeach()
  endforeach()
endmacro()
