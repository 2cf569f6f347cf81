# cmake -DSOURCE=<file> -DCOMPILER=<path> -DOPTIONS=<list> -DINCLUDES=<list> -P check.cmake
#
# The file must compile as it is, without a warning, and must not with REJECT defined. Then
#     // expect: <regex>      the first line with an error must match
#     // errors: <number>     that many errors there are (default: 1)
# and the whole message may have 12 lines and 1 500 bytes. A file with
#     // fails: <regex>
# breaks one of these promises on purpose: this script must complain in words that match, and succeeds if it does.
cmake_minimum_required(VERSION 3.25)

set(most_lines 12)
set(most_bytes 1500)

set(ENV{LC_ALL} C)
list(TRANSFORM INCLUDES PREPEND -I)
set(command ${COMPILER} -std=c++20 -fsyntax-only ${OPTIONS} ${INCLUDES})

macro(directive name default)
  file(STRINGS ${SOURCE} ${name} REGEX "^// ${name}: ")
  string(REGEX REPLACE "^// ${name}: " "" ${name} "${${name}}")
  if(${name} STREQUAL "")
    set(${name} "${default}")
  endif()
endmacro()
directive(expect "")
directive(errors 1)
directive(fails "")

set(complaint "")
function(complain)
  string(CONCAT text ${ARGN})
  if(NOT complaint)
    set(complaint "${text}" PARENT_SCOPE)
  endif()
endfunction()

# --- it compiles as it is ---------------------------------------------------------------------------------------------

execute_process(COMMAND ${command} ${SOURCE} RESULT_VARIABLE status OUTPUT_VARIABLE message ERROR_VARIABLE message)
if(NOT status EQUAL 0 OR message)
  complain("what should compile does not:\n${message}")
endif()

# --- and with REJECT is refused, in these words ------------------------------------------------------------------------

execute_process(COMMAND ${command} -DREJECT ${SOURCE} RESULT_VARIABLE status OUTPUT_VARIABLE message ERROR_VARIABLE message)
string(REPLACE ";" "," lines "${message}")
string(REGEX REPLACE "[][]" "_" lines "${lines}") # a bracket would hold CMake's lists together
string(REGEX REPLACE "\n$" "" lines "${lines}")
string(REPLACE "\n" ";" lines "${lines}")
set(error_lines ${lines})
list(FILTER error_lines INCLUDE REGEX "(^|: )(fatal )?error: ")
list(LENGTH error_lines error_count)
list(LENGTH lines line_count)
string(LENGTH "${message}" byte_count)
if(status EQUAL 0)
  complain("what should be refused compiles")
elseif(NOT expect)
  complain("there is no line '// expect: <regex>'")
elseif(NOT error_count EQUAL errors)
  complain("wanted ${errors} error(s), found ${error_count}:\n${message}")
else()
  list(GET error_lines 0 first)
  if(NOT first MATCHES "${expect}")
    complain("wanted the first error to match\n  ${expect}\nfound\n${message}")
  elseif(line_count GREATER most_lines OR byte_count GREATER most_bytes)
    complain("wanted at most ${most_lines} lines and ${most_bytes} bytes, found ${line_count} and ${byte_count}:\n${message}")
  endif()
endif()

# --- the verdict ------------------------------------------------------------------------------------------------------

if(fails)
  if(NOT complaint MATCHES "${fails}")
    message("${complaint}")
    message(FATAL_ERROR "wanted a complaint that matches '${fails}'")
  endif()
elseif(complaint)
  message("${complaint}")
  message(FATAL_ERROR "${SOURCE} breaks a promise")
else()
  message("${line_count} lines, ${byte_count} bytes\n${message}")
endif()
