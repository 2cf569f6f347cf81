# cmake -DROOT=<folder that holds inlay/> [-DEXPECT=<file>] -P check.cmake
#
# Reads the #include lines of every header and holds the order of the library, and that one header alone is written for
# one instruction set or another. Fails with one line per violation; with EXPECT, fails unless the violations are exactly
# the lines of that file.
cmake_minimum_required(VERSION 3.25)

file(REAL_PATH ${ROOT} ROOT)
set(violations "")
macro(violation header included why)
  list(APPEND violations "${header}: ${included}: ${why}")
endmacro()

# --- direct includes: direct_<header> ---------------------------------------------------------------------------------

set(layers "") # those that describe themselves; the others of layer/ are bases, and parts, of them
file(GLOB_RECURSE headers RELATIVE ${ROOT} ${ROOT}/inlay/*.hpp)
if(NOT headers)
  message(FATAL_ERROR "no header under ${ROOT}/inlay")
endif()
foreach(header IN LISTS headers)
  file(READ ${ROOT}/${header} text)
  string(REGEX MATCHALL "(^|\n)[ \t]*#[ \t]*include[ \t]*[<\"][^>\"\n]+" lines "${text}")
  set(direct_${header} "")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE ".*[<\"]" "" included "${line}")
    cmake_path(GET header PARENT_PATH folder)
    if(line MATCHES "\"" AND EXISTS ${ROOT}/${folder}/${included})
      cmake_path(SET included NORMALIZE ${folder}/${included})
    endif()
    list(APPEND direct_${header} ${included})
  endforeach()
  string(REGEX MATCHALL "(^|\n)[ \t]*#[ \t]*(el)?ifn?(def)?|[^a-z0-9_](_mm[0-9]*|__builtin_ia32|v[a-z]+q)_[a-z0-9_]+|[^a-z0-9_\"]asm[^a-z0-9_\"]"
         specific_${header} "${text}")
  if(header MATCHES "^inlay/layer/" AND text MATCHES "description described")
    list(APPEND layers ${header})
  endif()
  # A room's code depends on how it is compiled; the sentences of refusal are the one room without code.
  string(REGEX REPLACE "} // namespace inlay::[a-z_:]+" "" text "${text}")
  string(REGEX MATCHALL "namespace inlay::[a-z]+" rooms "${text}")
  set(shared_${header} "${rooms}")
  list(FILTER shared_${header} EXCLUDE REGEX "^namespace inlay::(inline|refused|thrown)$")
endforeach()

# --- what each header reaches: reach_<header> -------------------------------------------------------------------------

foreach(header IN LISTS headers)
  set(reach_${header} "")
  set(open ${direct_${header}})
  while(open)
    list(POP_FRONT open next)
    if(NOT next IN_LIST reach_${header})
      list(APPEND reach_${header} ${next})
      list(APPEND open ${direct_${next}})
    endif()
  endwhile()
endforeach()

# --- the rules --------------------------------------------------------------------------------------------------------

# only(<headers> <included> <why>): no other header includes that.
macro(only allowed included_regex why)
  foreach(header IN LISTS headers)
    if(NOT header MATCHES "${allowed}")
      foreach(included IN LISTS direct_${header})
        if(included MATCHES "${included_regex}")
          violation(${header} ${included} "${why}")
        endif()
      endforeach()
    endif()
  endforeach()
endmacro()

# never(<headers> <except> <reached> <why>): these headers do not reach that, not even through others.
macro(never from except reached_regex why)
  foreach(header IN LISTS headers)
    if(header MATCHES "${from}" AND NOT header MATCHES "${except}")
      foreach(reached IN LISTS reach_${header})
        if(reached MATCHES "${reached_regex}" AND NOT reached STREQUAL header)
          violation(${header} ${reached} "${why}")
        endif()
      endforeach()
    endif()
  endforeach()
endmacro()

# stands_on(<headers> <reached> <why>): of inlay, these headers reach nothing else.
macro(stands_on from reached_regex why)
  foreach(header IN LISTS headers)
    if(header MATCHES "${from}")
      foreach(reached IN LISTS reach_${header})
        if(reached MATCHES "^inlay/" AND NOT reached MATCHES "${reached_regex}" AND NOT reached STREQUAL header)
          violation(${header} ${reached} "${why}")
        endif()
      endforeach()
    endif()
  endforeach()
endmacro()

set(none "^$")
only("^inlay/topology\\.hpp$" "^boost/" "only topology.hpp includes Boost.Hana")
only("^inlay/(parallel/|threads\\.hpp$|mpi[./])" "^inlay/(parallel|mpi)/" "targets without threads never see it")
only("^inlay/mpi[./]" "^mpi\\.h$" "only mpi.hpp and its room need MPI")
only("^inlay/kernel/simd/" "^xsimd/" "only kernel/simd/ includes xsimd")
only("^inlay/kernel/simd/" "intrin\\.h$|^arm_neon\\.h$" "only kernel/simd/ uses intrinsics")
set(formulas "math/|concepts\\.hpp|instruction_set\\.hpp")
set(memory "tensor\\.hpp|shape\\.hpp")
stands_on("^inlay/shape\\.hpp$" ${none} "a shape needs nothing of inlay")
stands_on("^inlay/math/" "^inlay/(${formulas})" "a formula needs nothing but other formulas")
stands_on("^inlay/kernel[./]" "^inlay/(kernel[./]|${formulas}|${memory})" "a kernel knows neither layers nor networks")
stands_on("^inlay/(activation|loss)[./]" "^inlay/(activation[./]|description\\.hpp|loss\\.hpp|kernel[./]|refusal/require\\.hpp|${formulas}|${memory})"
          "an activation or a loss is a function of rows")
never("^inlay/layer[./]" ${none} "^inlay/(loss|optimizer|initializer|backpropagate|fit)[./]" "a layer is not told how it is trained")
string(REPLACE ";" "|" layers "${layers}")
string(REPLACE "." "\\." layers "${layers}")
never("^inlay/layer/" "/(gated|all)\\.hpp$" "^(${layers})$" "a layer includes no other layer, only bases")
never("^inlay/layer/" "/(composite|residual|bidirectional|parallel|heads|gated|all)\\.hpp$" "^inlay/(network|topology)\\.hpp$" "only a composite is a layer made of a network")
never("^inlay/(topology|network|chain)\\.hpp$" ${none} "^inlay/(layer|loss|optimizer)/" "the chain knows no layer, loss or optimizer by name")
never("^inlay/optimizer[./]" ${none} "^inlay/((layer|loss)/|fit\\.hpp)" "an optimizer knows parameters, not what made the gradient")
never("^inlay/(inlay\\.hpp$|[^i]|i[^o])" ${none} "^inlay/io/" "io is a leaf: only its own headers include it")
never("^inlay/" "^inlay/mpi\\.hpp$" "^inlay/(casadi|threads|mpi)\\.hpp$" "it is a leaf: programs include it by name")

foreach(header IN LISTS headers)
  if(specific_${header} AND NOT header MATCHES "^inlay/(kernel/simd/instruction|kernel/simd|instruction_set)\\.hpp$")
    list(GET specific_${header} 0 first)
    string(REGEX REPLACE "[^#a-z0-9_]" "" first "${first}")
    violation(${header} ${first} "only kernel/simd/instruction.hpp is written for one instruction set or another")
  endif()
  foreach(room IN LISTS shared_${header})
    violation(${header} ${room} "it would be shared by units for different processors: namespace inlay::inline INLAY_INSTRUCTION_SET")
  endforeach()
  if(header IN_LIST reach_${header})
    violation(${header} ${header} "it includes itself through others")
  endif()
  if(NOT header MATCHES "^inlay/(inlay\\.hpp$|(casadi|threads|mpi)\\.hpp$|(io|parallel|mpi)/)" AND NOT header IN_LIST reach_inlay/inlay.hpp)
    violation(inlay/inlay.hpp ${header} "the umbrella does not reach it")
  endif()
endforeach()

# --- the verdict ------------------------------------------------------------------------------------------------------

include(${CMAKE_CURRENT_LIST_DIR}/verdict.cmake)
verdict("includes against the order of the library")
