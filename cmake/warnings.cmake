# The warnings every target is compiled with. SEALS_WERROR is for CI and our own builds; a
# packager with a newer compiler leaves it off.
option(SEALS_WERROR "warnings are errors" OFF)
add_library(seals_warnings INTERFACE)
target_compile_options(seals_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion
  -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
  # GCC 12 sees overlaps in std::string that are not there (its bugs 105329, 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers>
  $<$<BOOL:${SEALS_WERROR}>:-Werror>)
