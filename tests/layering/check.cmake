# cmake -DROOT=<folder that holds inlay/> [-DEXPECT=<file>] -P check.cmake
#
# Reads the #include lines of every header and holds the order of the library. Fails with one line per violation; with
# EXPECT, fails unless the violations are exactly the lines of that file.
cmake_minimum_required(VERSION 3.25)

file(REAL_PATH ${ROOT} ROOT)
set(violations "")
macro(violation header included why)
  list(APPEND violations "${header}: <${included}>: ${why}")
endmacro()

# --- direct includes: direct_<header> ---------------------------------------------------------------------------------

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

set(none "^$")
only("^inlay/topology\\.hpp$" "^boost/" "only topology.hpp includes Boost.Hana")
only("^inlay/kernel/simd/" "^xsimd/" "only kernel/simd/ includes xsimd")
only("^inlay/kernel/simd/" "intrin\\.h$|^arm_neon\\.h$" "only kernel/simd/ uses intrinsics")
never("^inlay/shape\\.hpp$" ${none} "^inlay/" "a shape needs nothing of inlay")
never("^inlay/kernel[./]" ${none} "^inlay/(network|topology|layer)[./]" "a kernel knows neither layers nor networks")
never("^inlay/layer/" ${none} "^inlay/layer/([^a]|a[^f])" "a layer includes no other layer but affine.hpp, their base")
never("^inlay/layer/" "/residual\\.hpp$" "^inlay/(network|topology)\\.hpp$" "only residual is a layer made of a network")
never("^inlay/(topology|network|gradient)\\.hpp$" ${none} "^inlay/(layer|loss|optimizer)/" "the chain knows no layer, loss or optimizer by name")
never("^inlay/(inlay\\.hpp$|[^i]|i[^o])" ${none} "^inlay/io/" "io is a leaf: only its own headers include it")

foreach(header IN LISTS headers)
  if(header IN_LIST reach_${header})
    violation(${header} ${header} "it includes itself through others")
  endif()
  if(NOT header MATCHES "^inlay/(inlay\\.hpp$|io/)" AND NOT header IN_LIST reach_inlay/inlay.hpp)
    violation(inlay/inlay.hpp ${header} "the umbrella does not reach it")
  endif()
endforeach()

# --- the verdict ------------------------------------------------------------------------------------------------------

if(EXPECT)
  file(STRINGS ${EXPECT} expected)
  list(SORT expected)
  list(SORT violations)
  if(NOT violations STREQUAL expected)
    list(JOIN violations "\n  " found)
    list(JOIN expected "\n  " wanted)
    message(FATAL_ERROR "wanted\n  ${wanted}\nfound\n  ${found}")
  endif()
elseif(violations)
  list(JOIN violations "\n  " found)
  message(FATAL_ERROR "includes against the order of the library:\n  ${found}")
endif()
