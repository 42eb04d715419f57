/** The deep link `#/console?…`: leads to the role it names, or says why it leads nowhere. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { Failure } from '../components/failure.tsx'
import type { Page } from '../fragment.ts'
import { useSignedIn } from '../signed-in.ts'
import AccessKeys from './access-keys.tsx'
import { isConsoleDestination } from './console-destination.ts'
import NoPage from './no-page.tsx'

export default function ConsoleLink({ link }: { link: Extract<Page, { name: 'console' }> }) {
  const { me, operations } = useSignedIn()
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  async function open() {
    setOpening(true)
    setFailure(undefined)
    try {
      location.assign(await operations.signInToConsole(link))
    } catch (refused) {
      setFailure(refused)
      setOpening(false)
    }
  }
  if (link.destination !== undefined && !isConsoleDestination(link.destination, me.consoleDestinations)) {
    return (
      <NoPage
        header="This link does not lead to the AWS console"
        because={`Its destination, ${link.destination.slice(0, 200)}, is not a page of the AWS Management Console, so it was not opened. Be careful with whoever sent you the link.`}
      />
    )
  }
  return (
    <AccessKeys
      role={link}
      notice={
        <SpaceBetween size="s">
          <Alert
            type="info"
            statusIconAriaLabel="Info"
            header="This account has no management console"
            action={
              <Button loading={opening} loadingText="Opening" onClick={open}>
                Show who I am there
              </Button>
            }
          >
            It is kept by this server, not by AWS. Here is how to use it from a terminal.
          </Alert>
          <Failure failure={failure} header="The page could not be opened" />
        </SpaceBetween>
      }
    />
  )
}
