# cmake -DCOMPILER=<path> -DOPTIONS=<list> -DINCLUDES=<list> -DCOMPILED=<header> -P compile.cmake makes <header>.gch.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/command.cmake)
execute_process(COMMAND ${command} -x c++-header ${COMPILED} -o ${COMPILED}.gch COMMAND_ERROR_IS_FATAL ANY)
