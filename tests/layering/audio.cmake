# cmake -DROOT=<tools/audio> [-DEXPECT=<file>] -P audio.cmake
#
# Holds the order of the rooms of the importer for sound: an architecture knows no format, layers know neither. And that the two
# tables have a line for each format and each architecture. Fails with one line per violation; with EXPECT, fails unless the
# violations are exactly the lines of that file.
cmake_minimum_required(VERSION 3.25)

file(REAL_PATH ${ROOT} ROOT)
set(violations "")
set(may_include_layers "^layers[.]hpp$")
set(may_include_architecture "^(architecture/|layers[.]hpp$|model[.]hpp$)")
set(may_include_format "^(format/|architecture/|formats[.]hpp$)")
set(rooms_layers "layers.[ch]pp")
set(rooms_architecture "architecture/*.[ch]pp")
set(rooms_format "format/*.[ch]pp")

foreach(room IN ITEMS layers architecture format)
  file(GLOB sources RELATIVE ${ROOT} ${ROOT}/${rooms_${room}})
  if(NOT sources)
    message(FATAL_ERROR "no source in ${ROOT}/${rooms_${room}}")
  endif()
  foreach(source IN LISTS sources)
    file(STRINGS ${ROOT}/${source} lines REGEX "^[ \t]*#[ \t]*include[ \t]*\"")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^[^\"]*\"([^\"]*)\".*" "\\1" included "${line}")
      if(NOT included MATCHES "^inlay/|${may_include_${room}}")
        list(APPEND violations "${source}: ${included}: a room includes none behind it")
      endif()
    endforeach()
  endforeach()
endforeach()

# table(<table> <room>): the table has each function of the room's files that makes a row.
function(table table room)
  file(READ ${ROOT}/${table} text)
  file(GLOB files RELATIVE ${ROOT} ${ROOT}/${room}/*.hpp)
  foreach(file IN LISTS files)
    file(STRINGS ${ROOT}/${file} rows REGEX "constexpr ${room}_row [a-z0-9_]+[(]")
    foreach(row IN LISTS rows)
      string(REGEX REPLACE ".*constexpr ${room}_row ([a-z0-9_]+)[(].*" "\\1" row "${row}")
      if(NOT text MATCHES "[{ ]${row}[(][)][,}]")
        list(APPEND violations "${table}: ${file}: it has no line there")
      endif()
    endforeach()
  endforeach()
  set(violations "${violations}" PARENT_SCOPE)
endfunction()
table(formats.cpp format)
table(format/nam.hpp architecture)

include(${CMAKE_CURRENT_LIST_DIR}/verdict.cmake)
verdict("the importer for sound against its order")
