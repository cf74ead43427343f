#!/bin/bash
# A second sealsd on the same state refuses to start and says why; the first goes on.
. "$(dirname "$0")/lib.sh"
stocked
expect_exit 7 timeout 20 "$BIN/sealsd" --config "$CAB/seals.toml"
says "another sealsd"
expect_exit 0 ctl status
expect_exit 0 ctl verify
