# cmake -DROOT=<tools/onnx> [-DEXPECT=<file>] -P importer.cmake
#
# Holds the order of the importer's rooms, file, interpreter, recognize: none includes one behind it, nor what stands beside
# them. And that the two tables have a line for each operator and each recognizer. Fails with one line per violation; with
# EXPECT, fails unless the violations are exactly the lines of that file.
cmake_minimum_required(VERSION 3.25)

file(REAL_PATH ${ROOT} ROOT)
set(violations "")
set(may_include_file "^file/|^onnx[.]pb[.]h$")
set(may_include_interpreter "^(file|interpreter)/")
set(may_include_recognize "^(file|interpreter|recognize)/")

foreach(room IN ITEMS file interpreter recognize)
  file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/${room}/*.[ch]pp)
  if(NOT sources)
    message(FATAL_ERROR "no source under ${ROOT}/${room}")
  endif()
  foreach(source IN LISTS sources)
    file(STRINGS ${ROOT}/${source} lines REGEX "^[ \t]*#[ \t]*include[ \t]*\"")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^[^\"]*\"([^\"]*)\".*" "\\1" included "${line}")
      if(NOT included MATCHES "^inlay/|${may_include_${room}}")
        list(APPEND violations "${source}: ${included}: a room includes none behind it, and only file/ knows protobuf")
      endif()
    endforeach()
  endforeach()
endforeach()

# table(<table> <folder> <namespace>): the table has <namespace>::<stem>_rows() of each file of the folder.
function(table table folder namespace)
  file(READ ${ROOT}/${table} text)
  file(GLOB files RELATIVE ${ROOT} ${ROOT}/${folder}/*)
  foreach(file IN LISTS files)
    cmake_path(GET file STEM stem)
    if(NOT text MATCHES "[(]${namespace}::${stem}_rows[(][)][)]")
      list(APPEND violations "${table}: ${file}: it has no line there")
    endif()
  endforeach()
  set(violations "${violations}" PARENT_SCOPE)
endfunction()
table(interpreter/operators.cpp interpreter/operator operators)
table(recognize/recognizers.cpp recognize/recognizer recognizers)

include(${CMAKE_CURRENT_LIST_DIR}/verdict.cmake)
verdict("the importer against its order")
