# The nets to measure, as text: "name: inputs, width[:activation], ...". Each becomes one translation unit for every
# library whose nets are types, and a line of the list that the others read at run time.
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
    CACHE STRING "Nets whose inference is measured")
set(INLAY_BENCH_TRAINING
    "T1: 4, 16:tanh, 16:tanh, 2"
    "T2: 64, 64:relu, 64:relu, 10"
    "T3: 784, 128:relu, 10"
    "T4: 17, 256:relu, 256:relu, 6"
    CACHE STRING "Nets whose training is measured")

set(known_activations identity relu leaky_relu elu selu celu sigmoid tanh gelu silu mish softplus softsign hard_sigmoid
                      hard_tanh hard_swish fast_tanh fast_sigmoid)

# Sets name, text, widths, activations (of every layer, the input's is identity) in the caller.
function(inlay_bench_parse line)
  set(grammar "Write: inputs, width[:activation], ... as in \"64, 64:relu, 64:relu, 10\"")
  if(NOT line MATCHES "^([^:,]+): *(.+)$")
    message(FATAL_ERROR "\"${line}\" is no net with a name. ${grammar}")
  endif()
  set(name "${CMAKE_MATCH_1}")
  set(text "${CMAKE_MATCH_2}")
  string(REPLACE "," ";" layers "${text}")
  set(widths "")
  set(activations "")
  foreach(layer IN LISTS layers)
    string(STRIP "${layer}" layer)
    if(NOT layer MATCHES "^([1-9][0-9]*)(:([a-z_]+))?$" OR (NOT widths AND CMAKE_MATCH_3))
      message(FATAL_ERROR "\"${layer}\" in \"${text}\" is no layer. ${grammar}")
    endif()
    set(activation "${CMAKE_MATCH_3}")
    list(APPEND widths ${CMAKE_MATCH_1})
    if(NOT activation)
      set(activation identity)
    elseif(NOT activation IN_LIST known_activations)
      list(JOIN known_activations " " all)
      message(FATAL_ERROR "\"${activation}\" in \"${text}\" is no activation known here. Known: ${all}")
    endif()
    list(APPEND activations ${activation})
  endforeach()
  list(LENGTH widths count)
  if(count LESS 2)
    message(FATAL_ERROR "\"${text}\" has no layer. ${grammar}")
  endif()
  return(PROPAGATE name text widths activations)
endfunction()

# inlay_bench_generate(<task> <lines>... ): appends to `generated` the translation units of every net, and to
# `${task}_lines` the initializers of the list read at run time.
macro(inlay_bench_generate what)
  set(task ${what}) # configure_file reads variables, not a macro's arguments
  foreach(line ${ARGN})
    inlay_bench_parse("${line}")
    list(GET widths 0 inputs)
    set(inlay_layers "")
    list(LENGTH widths count)
    math(EXPR last "${count} - 1")
    foreach(l RANGE 1 ${last})
      list(GET widths ${l} width)
      list(GET activations ${l} activation)
      string(APPEND inlay_layers ", inlay::dense<${width}, inlay::${activation}>")
    endforeach()
    list(JOIN widths ", " width_list)
    list(TRANSFORM activations REPLACE "(.+)" "\"\\1\"" OUTPUT_VARIABLE quoted)
    list(JOIN quoted ", " activation_list)
    string(APPEND ${task}_lines "    {\"${name}\", \"${text}\", {${width_list}}, {${activation_list}}},\n")
    list(TRANSFORM activations PREPEND "bench::eigen_" OUTPUT_VARIABLE eigen)
    list(JOIN eigen ", " eigen_activations)
    string(MAKE_C_IDENTIFIER "${task} ${name}" stem)
    foreach(library IN ITEMS inlay ${compiled_peers})
      configure_file(peer/${library}.cpp.in generated/${stem}_${library}.cpp @ONLY)
      list(APPEND generated_${library} ${CMAKE_CURRENT_BINARY_DIR}/generated/${stem}_${library}.cpp)
    endforeach()
  endforeach()
endmacro()
