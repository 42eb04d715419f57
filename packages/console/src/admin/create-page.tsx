/** A page that creates something: its fields, the calls that it will make, and the two buttons below. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { Failure } from '../components/failure.tsx'
import { useAction } from '../components/loaded.ts'
import { useAdministration, useUnsaved } from './administration.ts'
import { ApiCall } from './api-call.tsx'
import type { Call } from './call.ts'

/** One call that makes something, and those that need its id. */
export interface Creation<Output = unknown> {
  first: Call<Output>
  idOf(output: Output): string
  rest(id: string): readonly Call[]
}

/** What stands for the id in the commands before it is known. */
const UNKNOWN_ID = 'ID_FROM_THE_FIRST_CALL'

export interface Created {
  id: string
  /** What the later calls answered, in their order. */
  answers: readonly unknown[]
}

/** All calls of a creation, to be shown. */
export function callsOf<Output>({ first, rest }: Creation<Output>): Call[] {
  return [first, ...rest(UNKNOWN_ID)]
}

/** Makes the calls. After a refusal, trying again goes on with the refused one and creates nothing twice. */
export function useCreation<Output>(creation: Creation<Output>, onDone: (created: Created) => void) {
  const { api } = useAdministration()
  const { running, failure, run } = useAction()
  const [before, setBefore] = useState<Created>()
  const submit = () =>
    void run(async () => {
      let created = before ?? { id: creation.idOf(await api.send(creation.first)), answers: [] }
      setBefore(created)
      for (const call of creation.rest(created.id).slice(created.answers.length)) {
        created = { ...created, answers: [...created.answers, await api.send(call)] }
        setBefore(created)
      }
      onDone(created)
    })
  return { running, failure, submit, begun: before !== undefined }
}

interface Props<Output> {
  header: string
  description?: string
  action: string
  cancelHref: string
  creation: Creation<Output>
  ready: boolean
  /** Whether something was entered that leaving would lose. */
  unsaved: boolean
  children: ReactNode
  onDone(created: Created): void
}

export function CreatePage<Output>(props: Props<Output>) {
  const { header, description, action, cancelHref, creation, ready, unsaved, children, onDone } = props
  const [done, setDone] = useState(false)
  const { setUnsaved } = useAdministration()
  useUnsaved(unsaved && !done)
  const { running, failure, submit } = useCreation(creation, (created) => {
    setDone(true)
    setUnsaved(false)
    onDone(created)
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !running) submit()
      }}
    >
      <Form
        header={
          <Header variant="h1" {...(description ? { description } : {})}>
            {header}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" href={cancelHref} formAction="none">
              Cancel
            </Button>
            <Button variant="primary" disabled={!ready} loading={running} loadingText={action}>
              {action}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {children}
          <Container>
            <ApiCall calls={callsOf(creation)} />
          </Container>
          <Failure failure={failure} />
          <Box />
        </SpaceBetween>
      </Form>
    </form>
  )
}
