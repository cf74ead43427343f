# After every program is declared: the target `programs` builds them all, `install` places them.
include(GNUInstallDirs)
get_property(programs GLOBAL PROPERTY SEALS_PROGRAMS)
add_custom_target(programs DEPENDS ${programs})

# Whom a person calls goes to bin, who runs the house to sbin; the one-job programs are started by
# sealsd or systemd, never typed.
foreach(program IN LISTS programs)
  if(program STREQUAL sealctl)
    set(place ${CMAKE_INSTALL_BINDIR})
  elseif(program STREQUAL sealsd)
    set(place ${CMAKE_INSTALL_SBINDIR})
  else()
    set(place ${CMAKE_INSTALL_LIBEXECDIR}/seals)
  endif()
  install(TARGETS ${program} RUNTIME DESTINATION ${place})
endforeach()

foreach(section 1 5 7 8)
  file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
install(FILES README.md README.zh-CN.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/seals)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/seals OPTIONAL)
