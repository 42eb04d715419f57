/** A link that leads nowhere, and why. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

export default function NoPage({
  header,
  because,
  children,
}: {
  header: string
  because: string
  children?: ReactNode
}) {
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{header}</Header>
      <Alert type="warning" statusIconAriaLabel="Warning" action={<Button href="#/">Go to my accounts</Button>}>
        {because}
        {children}
      </Alert>
    </SpaceBetween>
  )
}
