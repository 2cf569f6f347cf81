# cmake -DROOT=<repository> -DSOURCE=<file> -DCOMPILER=<path> -DOPTIONS=<list> -DINCLUDES=<list> -DCOMPILED=<header> [-DALONE=ON] -P check.cmake
#
# ALONE: what is refused is compiled as a user's program is, with nothing compiled before it.
# The file must compile as it is, without a warning, and must not with REJECT defined. Then
#     // expect: <regex>      the first line with an error must match
# and be the only one, in a message of at most 1500 bytes and as many lines as
#     // lines: <number>      allows (default: 10). Of a mistake that clang reports twice
#     // errors: <number>     allows more than one. Of a type with many arguments
#     // bytes: <number>      allows more.
# A file with
#     // fails: <regex>
# breaks one of these promises on purpose: this script must complain in words that match, and succeeds if it does.
cmake_minimum_required(VERSION 3.25)

set(ENV{LC_ALL} C)
include(${CMAKE_CURRENT_LIST_DIR}/command.cmake)

macro(directive name default)
  file(STRINGS ${SOURCE} ${name} REGEX "^// ${name}: ")
  string(REGEX REPLACE "^// ${name}: " "" ${name} "${${name}}")
  if(${name} STREQUAL "")
    set(${name} "${default}")
  endif()
endmacro()
directive(expect "")
directive(lines 10)
directive(bytes 1500)
directive(errors 1)
directive(fails "")

set(complaint "")
function(complain text)
  if(NOT complaint)
    set(complaint "${text}" PARENT_SCOPE)
  endif()
endfunction()

# --- it compiles as it is ---------------------------------------------------------------------------------------------

execute_process(COMMAND ${command} -fsyntax-only ${with_compiled} ${SOURCE} RESULT_VARIABLE status OUTPUT_VARIABLE message ERROR_VARIABLE message)
if(NOT status EQUAL 0 OR message)
  complain("what should compile does not:\n${message}")
endif()

# --- and with REJECT is refused, in these words ------------------------------------------------------------------------

if(ALONE)
  set(with_compiled "")
endif()
execute_process(COMMAND ${command} -fsyntax-only -DREJECT ${with_compiled} ${SOURCE} RESULT_VARIABLE status OUTPUT_VARIABLE message ERROR_VARIABLE message)
# Where the headers were included from that are compiled already is no property of the message.
string(REPLACE "In file included from ${COMPILED}:1:\n" "" message "${message}")
string(REPLACE "${COMPILED}" "${SOURCE}" message "${message}")
string(REPLACE "${ROOT}/" "" message "${message}") # nor is its length
# Nor is that what follows the line that differs stands in use/, which a user's message cannot say.
string(REGEX REPLACE "In file included from tests/misuse/[^\n]*:\n(tests/misuse/use/)" "\\1" message "${message}")
string(REGEX MATCH "[^\n]*error: [^\n]*" first "${message}")
string(REGEX MATCHALL "error: " error_lines "${message}")
string(REGEX MATCHALL "\n" line_ends "${message}")
list(LENGTH error_lines error_count)
list(LENGTH line_ends line_count)
string(LENGTH "${message}" byte_count)
if(status EQUAL 0)
  complain("what should be refused compiles")
elseif(NOT expect)
  complain("there is no line '// expect: <regex>'")
elseif(error_count EQUAL 0 OR error_count GREATER errors)
  complain("wanted ${errors} error, found ${error_count}:\n${message}")
elseif(NOT first MATCHES "${expect}")
  complain("wanted the first error to match\n  ${expect}\nfound\n${message}")
elseif(line_count GREATER lines OR byte_count GREATER bytes)
  complain("wanted at most ${lines} lines and ${bytes} bytes, found ${line_count} and ${byte_count}:\n${message}")
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
