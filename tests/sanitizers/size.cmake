# cmake -DPROGRAM=<path> -DMOST=<bytes> -P size.cmake: what costs time to compile is code, and that can be counted.
file(SIZE ${PROGRAM} bytes)
if(bytes GREATER MOST)
  message(FATAL_ERROR "wanted a program of at most ${MOST} bytes, found ${bytes}: kernels are unrolled under the sanitizers")
endif()
message("${bytes} bytes")
