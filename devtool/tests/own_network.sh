#!/bin/sh
# own_network.sh COMMAND...: runs it in this fresh network namespace, with loopback up
ip link set lo up && exec "$@"
