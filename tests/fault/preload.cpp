// Makes the test VFS the default of a program that knows nothing of it.
#include "test_vfs.hpp"

namespace {

[[gnu::constructor]] void take_over() {
    seals::test::register_test_vfs(true);
}

}  // namespace
