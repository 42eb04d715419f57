/** Asks before something is ended or removed. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'
import { useAction } from './loaded.ts'

interface Props {
  header: string
  /** The words of the button: "End session". */
  action: string
  disabled?: boolean
  children: ReactNode
  onConfirm(): Promise<void>
  onClose(): void
}

export function Confirm({ header, action, disabled = false, children, onConfirm, onClose }: Props) {
  const { running, failure, run } = useAction()
  const confirm = () =>
    run(async () => {
      await onConfirm()
      onClose()
    })
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
            <Button variant="primary" loading={running} loadingText={action} disabled={disabled} onClick={confirm}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!disabled && !running) void confirm()
        }}
      >
        <SpaceBetween size="m">
          <Failure failure={failure} />
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  )
}
