# cmake -DNM=<nm> -DNEWER=<object> -DOLDER=<object> -P symbols.cmake
#
# Fails where both objects define a function of one name that a linker would merge, in whatever namespace.
cmake_minimum_required(VERSION 3.25)

foreach(object IN ITEMS NEWER OLDER)
  execute_process(COMMAND ${NM} -C --defined-only ${${object}} OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE ";" "," lines "${lines}")
  string(REGEX REPLACE "[][]" "|" lines "${lines}")
  string(REPLACE "\n" ";" lines "${lines}")
  list(FILTER lines INCLUDE REGEX "^[0-9a-f]* [Ww] ")
  list(TRANSFORM lines REPLACE "^[0-9a-f]* . " "")
  list(LENGTH lines count_${object})
  set(${object} "${lines}")
endforeach()
if(count_NEWER EQUAL 0)
  message(FATAL_ERROR "no function that a linker would merge in ${NEWER}: nothing was compared")
endif()

set(shared "")
foreach(name IN LISTS NEWER)
  if(name IN_LIST OLDER)
    list(APPEND shared "${name}")
  endif()
endforeach()
# Without arithmetic, and alike for every processor: a pointer is tested and freed, a terminate is called.
list(FILTER shared EXCLUDE REGEX "^(std::_Function_base::~_Function_base\\(\\)|DW\\.ref\\.|__clang_call_terminate)")
list(REMOVE_DUPLICATES shared)
if(shared)
  list(JOIN shared "\n  " shared)
  message(FATAL_ERROR "one of these would be kept for both units:\n  ${shared}")
endif()
message(STATUS "${count_NEWER} and ${count_OLDER} functions, none in common")
