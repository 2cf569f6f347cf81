# The compiler's command, and what makes it take COMPILED as compile.cmake left it.
list(TRANSFORM INCLUDES PREPEND -I)
set(command ${COMPILER} -std=c++20 ${OPTIONS} ${INCLUDES})
if(COMPILER MATCHES "clang")
  set(with_compiled -include-pch ${COMPILED}.gch)
else()
  set(with_compiled -include ${COMPILED}) # and the .gch beside it
endif()
