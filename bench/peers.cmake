# Each peer that is installed adds its translation unit; of each that is not, configuring says so in one line. A peer whose
# nets are types is compiled for each net by nets.cmake.

option(INLAY_BENCH_ALL "Also the large peers: libtorch, tiny-dnn, onnxruntime" OFF)

# inlay_bench_peer(<source> <package> <header> <library>...): a peer that a header and libraries make up.
function(inlay_bench_peer source package header)
  get_filename_component(name ${source} NAME_WE)
  find_path(INLAY_BENCH_${name}_HEADERS ${header})
  if(NOT INLAY_BENCH_${name}_HEADERS)
    message(STATUS "skipped: ${name} is not installed (${package})")
    return()
  endif()
  set(found "")
  foreach(library IN LISTS ARGN)
    find_library(INLAY_BENCH_${name}_${library} ${library} PATH_SUFFIXES openblas-pthread)
    if(NOT INLAY_BENCH_${name}_${library})
      message(STATUS "skipped: ${name}: its header is there, its library ${library} is not (${package})")
      return()
    endif()
    list(APPEND found ${INLAY_BENCH_${name}_${library}})
  endforeach()
  target_sources(bench PRIVATE ${source})
  target_link_libraries(bench PRIVATE ${found})
  target_include_directories(bench SYSTEM PRIVATE ${INLAY_BENCH_${name}_HEADERS})
endfunction()

find_package(Eigen3 QUIET NO_MODULE)
if(Eigen3_FOUND)
  target_sources(bench PRIVATE peer/eigen_dynamic.cpp)
  target_link_libraries(bench PRIVATE Eigen3::Eigen)
  target_compile_definitions(bench PRIVATE EIGEN_STACK_ALLOCATION_LIMIT=0) # fixed sizes over 128 KiB
else()
  message(STATUS "skipped: Eigen is not installed (libeigen3-dev)")
endif()

# Not find_package(dnnl): Debian 12's asks for OpenCL and fails.
inlay_bench_peer(peer/onednn.cpp libdnnl-dev oneapi/dnnl/dnnl.hpp dnnl)
inlay_bench_peer(peer/openblas.cpp libopenblas-pthread-dev openblas-pthread/cblas.h openblas)
inlay_bench_peer(peer/fann.cpp libfann-dev floatfann.h floatfann)

find_package(dlib QUIET)
if(dlib_FOUND)
  target_link_libraries(bench PRIVATE dlib::dlib)
else()
  message(STATUS "skipped: dlib is not installed (libdlib-dev)")
endif()

if(INLAY_BENCH_ALL)
  find_path(INLAY_BENCH_cereal_HEADERS cereal/cereal.hpp) # tiny-dnn includes it, its package does not ask for it
  if(INLAY_BENCH_cereal_HEADERS)
    inlay_bench_peer(peer/tiny_dnn.cpp tiny-dnn tiny_dnn/tiny_dnn.h)
  else()
    message(STATUS "skipped: tiny_dnn needs cereal (libcereal-dev)")
  endif()
  inlay_bench_peer(peer/libtorch.cpp libtorch-dev torch/csrc/api/include/torch/torch.h torch torch_cpu c10)
  if(INLAY_BENCH_libtorch_HEADERS)
    target_include_directories(bench SYSTEM PRIVATE ${INLAY_BENCH_libtorch_HEADERS}/torch/csrc/api/include)
  endif()
  inlay_bench_peer(peer/onnxruntime.cpp libonnxruntime-dev onnxruntime/onnxruntime_cxx_api.h onnxruntime)
endif()
