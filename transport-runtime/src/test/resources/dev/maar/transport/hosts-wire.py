"""A wire between two network namespaces that loses, delays and reorders packets, or is cut.

Usage: hosts-wire.py NAMESPACE NAMESPACE SEED. Makes a device "wire" in each. Each line of standard input sets the wire:
LOSS DELAY_MS REORDER CUT NO_UDP, for example "0.01 20 0.05 0 0"; each is answered with how many packets have been
forwarded, lost and sent ahead of others so far. Ends with its standard input.

It does what "tc netem" does, on kernels that are built without it too.
"""
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
UDP = 17
PACKETS_PER_TURN = 64


def device(namespace):
    own = os.open("/var/run/netns/" + namespace, os.O_RDONLY)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(own, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns " + namespace)
    os.close(own)
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", b"wire", IFF_TUN | IFF_NO_PI))
    return tun


def main():
    ends = [device(sys.argv[1]), device(sys.argv[2])]
    chance = random.Random(int(sys.argv[3]))
    loss, delay, reorder, cut, no_udp = 0.0, 0.0, 0.0, False, False
    forwarded = lost = ahead = number = 0
    waiting = []
    print("ready", flush=True)
    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else 1.0
        readable, _, _ = select.select(ends + [0], [], [], pause)
        if 0 in readable:
            line = sys.stdin.buffer.readline().split()
            if not line:
                return
            loss, delay, reorder = float(line[0]), float(line[1]) / 1000, float(line[2])
            cut, no_udp = line[3] == b"1", line[4] == b"1"
            print(forwarded, lost, ahead, flush=True)
        now = time.monotonic()
        for side in (0, 1):
            if ends[side] not in readable:
                continue
            for _ in range(PACKETS_PER_TURN):
                try:
                    packet = os.read(ends[side], 65536)
                except BlockingIOError:
                    break
                if packet[0] >> 4 != 4:
                    continue
                if cut or (no_udp and packet[9] == UDP) or chance.random() < loss:
                    lost += 1
                    continue
                hurry = bool(waiting) and chance.random() < reorder
                ahead += hurry
                number += 1
                heapq.heappush(waiting, (now if hurry else now + delay, number, 1 - side, packet))
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, _, side, packet = heapq.heappop(waiting)
            try:
                os.write(ends[side], packet)
                forwarded += 1
            except OSError:
                lost += 1


main()
