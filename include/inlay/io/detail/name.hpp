#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <string_view>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What C++ means by a word of its own, and what a program has at namespace scope once it includes the headers of C and
/// of POSIX, as of glibc 2.36; of macros those of the C standard that are no function's, errors and exact widths aside.
inline constexpr std::string_view taken_names =
    "jmp_buf sigjmp_buf u_char u_int u_long u_short uint ulong ushort va_list M_E M_PI M_PI_2 M_PI_4 "
    "BUFSIZ CHAR_BIT CHAR_MAX CHAR_MIN CLOCKS_PER_SEC EDOM EILSEQ EOF ERANGE EXIT_FAILURE EXIT_SUCCESS FILE FILENAME_MAX "
    "FOPEN_MAX HUGE_VAL INFINITY INT_MAX INT_MIN LC_ALL LC_COLLATE LC_CTYPE LC_MONETARY LC_NUMERIC LC_TIME LLONG_MAX "
    "LLONG_MIN LONG_MAX LONG_MIN L_tmpnam MB_CUR_MAX MB_LEN_MAX NAN NULL RAND_MAX SCHAR_MAX SCHAR_MIN SEEK_CUR SEEK_END "
    "SEEK_SET SHRT_MAX SHRT_MIN SIGABRT SIGFPE SIGILL SIGINT SIGSEGV SIGTERM SIG_DFL SIG_ERR SIG_IGN TIME_UTC TMP_MAX "
    "UCHAR_MAX UINT_MAX ULLONG_MAX ULONG_MAX USHRT_MAX WCHAR_MAX WCHAR_MIN WEOF "
    "a64l abort abs accept access acct acos acosh adjtime alarm "
    "alignas alignof alloca and and_eq arc4random asctime asin asinh asprintf assert atan atan2 atanh atexit atof "
    "atoi atol auto basename bcmp bcopy bind bindtextdomain bitand bitor bool boost break brk bsearch btowc bzero "
    "c16rtomb c32rtomb c8rtomb calloc canonicalize case catch cbrt ceil char char16_t char32_t char8_t chdir chown "
    "chroot class clearenv clearerr clock clone close closefrom co_await co_return co_yield compl concept confstr "
    "connect const const_cast consteval constexpr constinit continue copysign cos cosh creat crypt ctermid ctime "
    "cuserid daddl daemon daylight dcgettext dcngettext ddivl decltype default delete dfmal dgettext difftime div "
    "dmull dngettext do double dprintf drand48 drem dsqrtl dsubl dup dup2 dup3 duplocale dynamic_cast dysize eaccess "
    "ecvt else endusershell enum environ erand48 erf erfc errno euidaccess execl execle execlp execv execve execveat "
    "execvp execvpe exit exp exp10 exp2 explicit expm1 export extern fabs faccessat fadd false fchdir fchown fchownat "
    "fclose fcloseall fcntl fcvt fdatasync fdim fdiv fdopen feclearexcept fedisableexcept feenableexcept fegetenv "
    "fegetexcept fegetexceptflag fegetmode fegetround feholdexcept feof feraiseexcept ferror fesetenv fesetexcept "
    "fesetexceptflag fesetmode fesetround fetestexcept fetestexceptflag feupdateenv fexecve fflush ffma ffs ffsl "
    "ffsll fgetc fgetpos fgetpos64 fgets fgetwc fgetws fileno finite float flockfile floor fma fmax fmaximum fmaxmag "
    "fmemopen fmin fminimum fminmag fmod fmul fopen fopen64 fopencookie for fork fpathconf fpclassify fprintf fputc "
    "fputs fputwc fputws fread free freelocale freopen freopen64 frexp friend fromfp fromfpx fscanf fseek fseeko "
    "fseeko64 fsetpos fsetpos64 fsqrt fstat fsub fsync ftell ftello ftello64 ftruncate ftruncate64 ftrylockfile "
    "funlockfile futimes futimesat fwide fwprintf fwrite fwscanf gamma gcvt getc getchar getcpu getcwd getdate "
    "getdelim getdomainname getdtablesize getegid getentropy getenv geteuid getgid getgroups gethostid gethostname "
    "getitimer getline getloadavg getlogin getopt getpagesize getpass getpayload getpgid getpgrp getpid getppid getpt "
    "getpwnam getresgid getresuid getsid getsubopt gettext gettid gettimeofday getuid getusershell getw getwc "
    "getwchar getwd gmtime goto grantpt gsignal hypot if ilogb imaxabs imaxdiv index initstate inlay inline int "
    "isalnum isalpha isascii isatty isblank iscntrl isctype isdigit isfinite isgraph isinf isinff isinfl islower "
    "isnan isnanf isnanl isnormal isprint ispunct issignaling isspace isupper iswalnum iswalpha iswblank iswcntrl "
    "iswctype iswdigit iswgraph iswlower iswprint iswpunct iswspace iswupper iswxdigit isxdigit itimerspec itimerval "
    "j0 j1 jn jrand48 kill killpg l64a labs lchown lcong48 lconv ldexp ldiv lgamma link linkat linux listen llabs "
    "lldiv llogb llrint llround localeconv localtime lockf log log10 log1p log2 logb long longjmp lrand48 lrint "
    "lround lseek lseek64 lstat lutimes main malloc mblen mbrlen mbrtoc16 mbrtoc32 mbrtoc8 mbrtowc mbsinit mbsnrtowcs "
    "mbsrtowcs mbstowcs mbtowc memccpy memchr memcmp memcpy memfrob memmem memmove mempcpy memrchr memset mkdir "
    "mkdtemp mkostemp mkostemp64 mkostemps mkostemps64 mkstemp mkstemp64 mkstemps mkstemps64 mktemp mktime modf "
    "mrand48 mutable namespace nan nanosleep nearbyint new newlocale nextafter nextdown nexttoward nextup ngettext "
    "nice noexcept not not_eq nrand48 nullptr obstack offsetof open operator optarg opterr optind optopt or or_eq "
    "pathconf pause pclose perror pipe pipe2 poll popen pow pread pread64 printf private profil protected psiginfo "
    "psignal ptsname public putc putchar putenv puts putw putwc putwchar pwrite pwrite64 qecvt qfcvt qgcvt qsort "
    "raise rand random rawmemchr read readlink readlinkat realloc reallocarray realpath recv register "
    "reinterpret_cast remainder remove remquo rename renameat renameat2 requires return revoke rewind rindex rint "
    "rmdir round roundeven rpmatch sbrk scalb scalbln scalbn scanf seed48 select send setbuf setbuffer setdomainname "
    "setegid setenv seteuid setgid sethostid sethostname setitimer setjmp setlinebuf setlocale setlogin setns "
    "setpayload setpayloadsig setpgid setpgrp setregid setresgid setresuid setreuid setsid setstate settimeofday "
    "setuid setusershell setvbuf short shutdown sigaction sigaddset sigaltstack sigandset sigblock sigcontext "
    "sigdelset sigemptyset sigevent sigfillset siggetmask sighold sigignore siginterrupt sigisemptyset sigismember "
    "siglongjmp signal signbit signed signgam significand sigorset sigpause sigpending sigprocmask sigqueue sigrelse "
    "sigreturn sigset sigsetmask sigstack sigsuspend sigtimedwait sigval sigwait sigwaitinfo sin sincos sinh sizeof "
    "sleep snprintf socket sprintf sqrt srand srand48 srandom sscanf ssignal stat static static_assert static_cast "
    "std stderr stdin stdout stpcpy stpncpy strcasecmp strcasestr strcat strchr strchrnul strcmp strcoll strcpy "
    "strcspn strdup strerror strfromd strfromf strfroml strfry strftime strlen strncasecmp strncat strncmp strncpy "
    "strndup strnlen strpbrk strptime strrchr strsep strsignal strspn strstr strtod strtof strtoimax strtok strtol "
    "strtold strtoq strtoul strtoumax strtouq struct strverscmp strxfrm swab switch swprintf swscanf symlink "
    "symlinkat sync syncfs syscall sysconf system tan tanh tcgetpgrp tcsetpgrp template tempnam textdomain tgamma "
    "tgkill this thread_local throw time timegm timelocal times timex timezone tm tmpfile tmpfile64 tmpnam toascii "
    "tolower totalorder totalordermag toupper towctrans towlower towupper true trunc truncate truncate64 try ttyname "
    "ttyslot typedef typeid typename tzname tzset ualarm ufromfp ufromfpx uname ungetc ungetwc union unix unlink "
    "unlinkat unlockpt unsetenv unshare unsigned uselocale using usleep utimes valloc vasprintf vdprintf vfork "
    "vfprintf vfscanf vfwprintf vfwscanf vhangup virtual void volatile vprintf vscanf vsnprintf vsprintf vsscanf "
    "vswprintf vswscanf vwprintf vwscanf wait wchar_t wcpcpy wcpncpy wcrtomb wcscasecmp wcscat wcschr wcschrnul "
    "wcscmp wcscoll wcscpy wcscspn wcsdup wcsftime wcslen wcsncasecmp wcsncat wcsncmp wcsncpy wcsnlen wcsnrtombs "
    "wcspbrk wcsrchr wcsrtombs wcsspn wcsstr wcstod wcstof wcstoimax wcstok wcstol wcstold wcstombs wcstoq wcstoul "
    "wcstoumax wcstouq wcswcs wcswidth wcsxfrm wctob wctomb wctrans wctype wcwidth while wmemchr wmemcmp wmemcpy "
    "wmemmove wmempcpy wmemset wprintf write wscanf xor xor_eq xsimd y0 y1 yn "
    "asm"
    " ";

/// The types that are called so with _t behind it; net_t is the header's own.
inline constexpr std::string_view taken_types =
    "pthread pthread_attr pthread_cond pthread_key pthread_mutex pthread_once pthread_rwlock pthread_spinlock "
    "blkcnt blksize caddr char16 char32 char8 clock clockid comparison_fn cookie_close_function cookie_io_functions "
    "cookie_read_function cookie_seek_function cookie_write_function cpu_set daddr dev div double error femode fenv "
    "fexcept float fpos fpos64 fpregset fsblkcnt fsfilcnt fsid gid greg gregset id imaxdiv ino int16 int32 int64 int8 "
    "int_fast16 int_fast32 int_fast64 int_fast8 int_least16 int_least32 int_least64 int_least8 intmax intptr key ldiv "
    "lldiv locale loff max_align mbstate mcontext mode net nlink nullptr off pid ptrdiff quad register rsize sem sig "
    "sig_atomic sigevent sighandler siginfo sigval size socklen ssize stack suseconds time timer u_int16 u_int32 "
    "u_int64 u_int8 ucontext uid uint16 uint32 uint64 uint8 uint_fast16 uint_fast32 uint_fast64 uint_fast8 "
    "uint_least16 uint_least32 uint_least64 uint_least8 uintmax uintptr useconds wchar wctrans wctype wint ";

/// Whether a list of words, each with a blank behind it, has this one.
constexpr bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != list.npos; at = list.find(word, at + 1))
    if ((at == 0 || list[at - 1] == ' ') && list[at + word.size()] == ' ')
      return true;
  return false;
}

/// Why an object, and a type of this name with _t behind it, cannot be at namespace scope; empty if they can.
constexpr std::string_view refused_name(std::string_view name) {
  bool identifier = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  for (const char c : name)
    identifier = identifier && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
  if (!identifier)
    return "which is none";
  if (name[0] == '_' || name.find("__") != name.npos || name.ends_with("_"))
    return "which with _t behind it is reserved for the compiler";
  if (has_word(taken_names, name))
    return "which C++, its library or the C library has already";
  if (name == "net")
    return "whose type net_t the header has already";
  if (has_word(taken_types, name))
    return "whose type, with _t behind it, the C library has already";
  // sinf, sinl: of float and of long double
  if ((name.ends_with('f') || name.ends_with('l')) && has_word(taken_names, name.substr(0, name.size() - 1)))
    return "which C++, its library or the C library has already";
  return {};
}

} // namespace inlay::io::detail
