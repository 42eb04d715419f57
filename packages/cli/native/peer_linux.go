package main

import "syscall"

// peerUser asks the kernel whose process listens (SO_PEERCRED).
func peerUser(socket int) (int, error) {
	credentials, err := syscall.GetsockoptUcred(socket, syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	if err != nil {
		return -1, err
	}
	return int(credentials.Uid), nil
}
