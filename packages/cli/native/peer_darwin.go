package main

import (
	"errors"
	"syscall"
	"unsafe"
)

// The level and option of sys/un.h, and struct xucred of sys/ucred.h.
const (
	solLocal      = 0
	localPeercred = 1
)

type xucred struct {
	version uint32
	user    uint32
	count   int16
	_       [2]byte
	groups  [16]uint32
}

// peerUser asks the kernel whose process listens (LOCAL_PEERCRED).
func peerUser(socket int) (int, error) {
	var peer xucred
	size := uint32(unsafe.Sizeof(peer))
	_, _, code := syscall.Syscall6(syscall.SYS_GETSOCKOPT, uintptr(socket), solLocal, localPeercred,
		uintptr(unsafe.Pointer(&peer)), uintptr(unsafe.Pointer(&size)), 0)
	if code != 0 {
		return -1, code
	}
	if peer.version != 0 {
		return -1, errors.New("an unknown form of peer credentials")
	}
	return int(peer.user), nil
}
