# Each peer that is installed adds its translation unit; of each that is not, configuring says so in one line.
# A peer whose nets are types goes to `compiled_peers`: nets.cmake makes a translation unit of peer/<name>.cpp.in for each net.

set(compiled_peers "")

find_package(Eigen3 QUIET NO_MODULE)
if(Eigen3_FOUND)
  target_sources(bench PRIVATE peer/eigen_dynamic.cpp)
  target_link_libraries(bench PRIVATE Eigen3::Eigen)
  target_compile_definitions(bench PRIVATE EIGEN_STACK_ALLOCATION_LIMIT=0) # fixed sizes over 128 KiB
  list(APPEND compiled_peers eigen_fixed)
else()
  message(STATUS "skipped: Eigen is not installed (libeigen3-dev)")
endif()
