# aarch64 programs on another kind of machine: g++'s or clang's cross compilation, and qemu-user to run what it makes.
# On Debian: apt-get install g++-aarch64-linux-gnu qemu-user
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER_TARGET aarch64-linux-gnu) # g++ is named after its target and does not look at this
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /usr/aarch64-linux-gnu)

# xsimd, Hana and Catch2 are this machine's, the C library is not: its headers must be found first.
set(CMAKE_CXX_FLAGS_INIT "-idirafter /usr/include")
file(GLOB xsimd_DIR /usr/lib/*/cmake/xsimd /usr/share/cmake/xsimd)
file(GLOB Boost_DIR /usr/lib/*/cmake/Boost-*)
