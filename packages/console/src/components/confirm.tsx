/** Asks before something is done, shows what refused it, and closes when it is done. */
import type { ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
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
  return (
    <Dialog
      header={header}
      action={action}
      ready={!disabled}
      running={running}
      failure={failure}
      onSubmit={() =>
        void run(async () => {
          await onConfirm()
          onClose()
        })
      }
      onClose={onClose}
    >
      {children}
    </Dialog>
  )
}
