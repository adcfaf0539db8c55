"""What a worker process gives up when it starts: its priority, its life after the server's, and the network.

Queries that would call another server are refused by their text; that no socket can be opened in here is the second
wall behind that one (Linux: seccomp, a filter of system calls that cannot be taken off again).
"""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import os
import platform
import resource
import signal
import socket
import struct
import sys
from pathlib import Path

# <linux/prctl.h>, <linux/seccomp.h>, <linux/bpf_common.h>
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_MODE_FILTER = 2
RET_ALLOW, RET_ERRNO = 0x7FFF0000, 0x00050000
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # AUDIT_ARCH_*, and the number of socket(2)


def settle(niceness: int) -> None:
    """Step back behind the server: lower priority, first to be killed when memory runs out, dead when it is dead."""
    os.nice(niceness)
    end_with_parent(signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Path("/proc/self/oom_score_adj").write_text("1000")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends its workers itself
    if not deny_network():
        sys.stderr.write(
            "this system cannot keep SPARQL workers off the network; SERVICE and LOAD are refused as text\n"
        )


def end_with_parent(by: signal.Signals) -> None:
    """Have the kernel send this process *by* when the thread that started it ends, however it ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by, 0, 0, 0)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os.kill(os.getpid(), by)  # it ended before the kernel was told


def deny_network() -> bool:
    """From now on no socket but a local one can be made here; False where the system has no such filter."""
    if platform.machine() not in MACHINES:
        return False
    architecture, number = MACHINES[platform.machine()]
    program = b"".join(
        struct.pack("HBBI", code, if_true, if_false, value)
        for code, if_true, if_false, value in (
            (LOAD_WORD, 0, 0, ARCHITECTURE),
            (JUMP_IF_EQUAL, 0, 5, architecture),
            (LOAD_WORD, 0, 0, NUMBER),
            (JUMP_IF_EQUAL, 0, 3, number),
            (LOAD_WORD, 0, 0, FIRST_ARGUMENT),
            (JUMP_IF_EQUAL, 1, 0, socket.AF_UNIX),
            (RETURN, 0, 0, RET_ERRNO | errno.EACCES),
            (RETURN, 0, 0, RET_ALLOW),
        )
    )
    code = ctypes.create_string_buffer(program, len(program))
    filters = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))  # struct sock_fprog
    prctl = ctypes.CDLL(None).prctl
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(filters), 0, 0) == 0)
