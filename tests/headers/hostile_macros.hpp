// What <windows.h>, its relatives and Arduino's core define before inlay is included. The standard library's headers are no
// better than these macros and come first, as they must in such a program anyway.
#pragma once

#include <algorithm>
#include <array>
#include <barrier>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <locale>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <optional>
#include <ostream>
#include <random>
#include <ranges>
#include <regex>
#include <semaphore>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <valarray>
#include <variant>
#include <vector>
#include <version>

#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define near
#define far
#define NEAR
#define FAR
#define small char
#define hyper __int64
#define interface struct
#define pascal
#define cdecl
#define CALLBACK
#define CONST const
#define IN
#define OUT
#define OPTIONAL
#define ERROR 0
#define NO_ERROR 0
#define DELETE 1
#define TRUE 1
#define FALSE 0
#define VOID void
#define STRICT 1
#define IGNORE 0
#define INFINITE 0xffffffff
#define RELATIVE 1
#define ABSOLUTE 1
#define TRANSPARENT 1
#define OPAQUE 2
#define DIFFERENCE 11
#define GetObject GetObjectA
#define CreateFile CreateFileA
#define LoadImage LoadImageA
#define SendMessage SendMessageA
#define Yield()
#define PI 3.1415926535897932384626433832795
#define TWO_PI 6.283185307179586
#define DEFAULT 1
#define HIGH 1
#define LOW 0
#define INPUT 0
#define OUTPUT 1
#define B1 1
#define F(text) text
