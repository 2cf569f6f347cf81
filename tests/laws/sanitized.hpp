// Whether AddressSanitizer watches this program, which then takes many times as long.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INLAY_TEST_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define INLAY_TEST_SANITIZED 1
#endif

namespace laws {

#ifdef INLAY_TEST_SANITIZED
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

} // namespace laws
