# cmake -DEMULATOR=<command> -P with_digest.cmake <model> <importer> <argument>...: runs the importer, by the emulator of the
# machine that it is built for if there is one, and tells it the digest of the model.
cmake_minimum_required(VERSION 3.25)
set(arguments "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE 5 ${last})
  list(APPEND arguments "${CMAKE_ARGV${i}}")
endforeach()
file(SHA256 ${CMAKE_ARGV4} digest)
execute_process(COMMAND ${EMULATOR} ${arguments} --digest "SHA-256 ${digest}" RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${CMAKE_ARGV4} cannot be embedded; the importer says why above.")
endif()
