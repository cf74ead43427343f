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

# Units name the places that the installation was given, known only then. systemd looks in
# PREFIX/lib for /usr and /usr/local.
file(GLOB units CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/systemd/*.socket ${CMAKE_SOURCE_DIR}/systemd/*.timer)
install(FILES ${units} DESTINATION lib/systemd/system)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/seals.sysusers DESTINATION lib/sysusers.d RENAME seals.conf)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/seals.catalog DESTINATION lib/systemd/catalog)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/seals.tmpfiles DESTINATION lib/tmpfiles.d RENAME seals.conf)
file(GLOB templates CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/systemd/*.in)
foreach(template IN LISTS templates)
  get_filename_component(unit ${template} NAME_WLE)
  install(CODE "
    set(sbindir \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_SBINDIR}\")
    set(bindir \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\")
    set(libexecdir \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBEXECDIR}\")
    configure_file(\"${template}\" \"${CMAKE_BINARY_DIR}/systemd/${unit}\" @ONLY)
    file(INSTALL \"${CMAKE_BINARY_DIR}/systemd/${unit}\"
      DESTINATION \"\${CMAKE_INSTALL_PREFIX}/lib/systemd/system\")")
endforeach()

# Completions come from the table of commands: the program that was just built prints them.
# Not where it cannot run: under a sanitizer, or built for another machine.
if(NOT SEALS_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  set(completions bash-completion/completions/sealctl zsh/site-functions/_sealctl
    fish/vendor_completions.d/sealctl.fish)
  foreach(completion IN LISTS completions)
    string(REGEX MATCH "^[a-z]+" shell ${completion})
    set(script ${CMAKE_BINARY_DIR}/completions/${completion})
    get_filename_component(folder ${script} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(OUTPUT ${script} DEPENDS sealctl
      COMMAND $<TARGET_FILE:sealctl> --lang en completion ${shell} > ${script} VERBATIM)
    list(APPEND scripts ${script})
    get_filename_component(place ${completion} DIRECTORY)
    install(FILES ${script} DESTINATION ${CMAKE_INSTALL_DATADIR}/${place})
  endforeach()
  add_custom_target(completions ALL DEPENDS ${scripts})
  add_dependencies(programs completions)
endif()
