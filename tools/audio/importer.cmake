# The importer of what audio people have, .nam and JSON, built on first use: a library for the tests, a program.
function(inlay_build_audio_importer)
  if(TARGET inlay_import_audio)
    return()
  endif()
  find_path(INLAY_NLOHMANN_JSON nlohmann/json.hpp DOC "Where nlohmann/json.hpp is")
  if(NOT INLAY_NLOHMANN_JSON)
    message(FATAL_ERROR "inlay_add_model reads .nam and JSON models with nlohmann-json, which is missing. On Debian: apt-get install "
                        "nlohmann-json3-dev. Elsewhere: name the folder that has nlohmann/json.hpp in INLAY_NLOHMANN_JSON.")
  endif()
  set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  add_library(inlay_audio STATIC EXCLUDE_FROM_ALL ${here}/formats.cpp ${here}/import.cpp ${here}/layers.cpp ${here}/verification.cpp)
  target_compile_features(inlay_audio PUBLIC cxx_std_20)
  # Whatever the project that uses it is built with. -O1: it runs for seconds at most, but is compiled on each machine.
  target_compile_options(inlay_audio PUBLIC -fexceptions -frtti -fno-fast-math PRIVATE -O1)
  target_include_directories(inlay_audio PUBLIC ${here})
  if(NOT INLAY_NLOHMANN_JSON STREQUAL "/usr/include") # which comes last, behind those of the machine that is compiled for
    target_include_directories(inlay_audio SYSTEM PUBLIC ${INLAY_NLOHMANN_JSON})
  endif()
  target_link_libraries(inlay_audio PUBLIC inlay::inlay)
  add_executable(inlay_import_audio EXCLUDE_FROM_ALL ${here}/main.cpp)
  target_link_libraries(inlay_import_audio PRIVATE inlay_audio)
  set_target_properties(inlay_audio inlay_import_audio PROPERTIES COMPILE_WARNING_AS_ERROR OFF)
  set_target_properties(inlay_audio PROPERTIES UNITY_BUILD ON) # the headers are most of its time
endfunction()
