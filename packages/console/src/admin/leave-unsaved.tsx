/** Holds a page whose entries are not saved until the person says that they may go. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useEffect, useRef, useState } from 'react'

/** The fragment to show: the newest, unless something unsaved holds the page at an earlier one. */
export function useHeldFragment(newest: string) {
  const unsaved = useRef(false)
  const [fragment, setFragment] = useState(newest)
  const held = fragment === newest ? undefined : newest
  const setUnsaved = useCallback((value: boolean) => {
    unsaved.current = value
  }, [])
  useEffect(() => {
    if (!unsaved.current) setFragment(newest)
  }, [newest])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (unsaved.current) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [])
  return {
    fragment,
    held: held !== undefined && unsaved.current ? held : undefined,
    setUnsaved,
    leave: () => {
      unsaved.current = false
      setFragment(newest)
    },
    stay: () => location.replace(fragment),
  }
}

export function LeaveUnsaved({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  return (
    <Modal
      visible
      header="Leave without saving?"
      onDismiss={onStay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onStay}>
              Stay
            </Button>
            <Button variant="primary" onClick={onLeave}>
              Leave
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      What you entered on this page is not saved.
    </Modal>
  )
}
