/** A dialog that asks something: its fields, and the two buttons below them. Enter in a field is the first button. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'

interface Props {
  header: string
  /** The words of the button: "End session". */
  action: string
  /** Whether all that is needed has been entered. */
  ready: boolean
  running: boolean
  /** What refused the last attempt. */
  failure: unknown
  children: ReactNode
  onSubmit(): void
  onClose(): void
}

export function Dialog({ header, action, ready, running, failure, children, onSubmit, onClose }: Props) {
  return (
    <Modal
      visible
      header={header}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!ready} loading={running} loadingText={action} onClick={onSubmit}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !running) onSubmit()
        }}
      >
        <SpaceBetween size="m">
          <Failure failure={failure} />
          {children}
          {/* A form of several fields takes Enter only when it has a button of its own (HTML, implicit submission). */}
          <button type="submit" hidden disabled={!ready} aria-hidden="true" tabIndex={-1} />
        </SpaceBetween>
      </form>
    </Modal>
  )
}
