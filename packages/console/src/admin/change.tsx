/** Asks before a change is made, shows the calls that make it, makes them, and says what refused them. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { Failure } from '../components/failure.tsx'
import { useAction } from '../components/loaded.ts'
import { useAdministration } from './administration.ts'
import { ApiCall } from './api-call.tsx'
import type { Call } from './call.ts'

interface Props {
  header: string
  /** The words of the button: "Delete user". */
  action: string
  calls: readonly Call[]
  /** What to tell once it is done. */
  done?: string
  /** Has to be typed first, where something is lost that cannot be brought back. */
  confirmWith?: string
  /** Whether all that is needed has been entered. */
  ready?: boolean
  size?: 'medium' | 'large'
  children?: ReactNode
  onDone?(answers: unknown[]): void
  onClose(): void
}

export function Change(props: Props) {
  const { header, action, calls, confirmWith, ready = true, size = 'medium', children, onClose } = props
  const [typed, setTyped] = useState('')
  const { running, failure, made, submit, skip } = useChange(props)
  const allowed = ready && calls.length > 0 && (confirmWith === undefined || typed.trim() === confirmWith)
  return (
    <Modal
      visible
      size={size}
      header={header}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!allowed} loading={running} loadingText={action} onClick={submit}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (allowed && !running) submit()
        }}
      >
        <SpaceBetween size="m">
          <Failure failure={failure} />
          {failure !== undefined && calls.length > 1 && (
            <div>
              {`${made} of ${calls.length} calls were made; ${calls[made]?.operation} was refused. `}
              <Button variant="inline-link" formAction="none" onClick={skip}>
                Skip it and go on
              </Button>
            </div>
          )}
          {children}
          {confirmWith !== undefined && (
            <FormField label={`To confirm, type ${confirmWith}`}>
              <Input value={typed} autoComplete={false} onChange={({ detail }) => setTyped(detail.value)} />
            </FormField>
          )}
          <ApiCall calls={calls} />
          {/* A form of several fields takes Enter only when it has a button of its own (HTML, implicit submission). */}
          <button type="submit" hidden disabled={!allowed} aria-hidden="true" tabIndex={-1} />
        </SpaceBetween>
      </form>
    </Modal>
  )
}

/** Makes the calls one after another. After a refusal, trying again goes on with the refused one, or past it. */
function useChange({ calls, done, onDone, onClose }: Props) {
  const { api, notify } = useAdministration()
  const { running, failure, run } = useAction()
  const [answers, setAnswers] = useState<readonly unknown[]>([])
  const goOn = (before: readonly unknown[]) =>
    void run(async () => {
      const made = [...before]
      for (const call of calls.slice(made.length)) {
        made.push(await api.send(call))
        setAnswers([...made])
      }
      if (done) notify(done)
      onDone?.(made)
      onClose()
    })
  return {
    running,
    failure,
    made: answers.length,
    submit: () => goOn(answers),
    skip: () => {
      const past = [...answers, undefined]
      setAnswers(past)
      goOn(past)
    },
  }
}
