/** Change of one's own password. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { SecretField } from '../components/fields.tsx'
import { useAction } from '../components/loaded.ts'
import { formatMoment } from '../components/moments.ts'
import { useSignedIn } from '../signed-in.ts'

export function Password() {
  const { me } = useSignedIn()
  const [open, setOpen] = useState(false)
  const [changed, setChanged] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={changed ? 'Changed just now.' : `Last changed ${formatMoment(me.password.updatedAt)}.`}
          actions={<Button onClick={() => setOpen(true)}>Change password</Button>}
        >
          Password
        </Header>
      }
    >
      {changed ? (
        <div role="status">
          <Alert type="success" statusIconAriaLabel="Success">
            Your password was changed. The next sign-in asks for the new one.
          </Alert>
        </div>
      ) : (
        'Use one that you use nowhere else.'
      )}
      {open && (
        <ChangePassword
          onClose={() => setOpen(false)}
          onChanged={() => {
            setChanged(true)
            setOpen(false)
          }}
        />
      )}
    </Container>
  )
}

function ChangePassword({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const { operations, me } = useSignedIn()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const { running, failure, run } = useAction()
  const differs = again !== '' && again !== next
  const ready = current !== '' && next !== '' && again === next
  const submit = () =>
    run(async () => {
      await operations.changePassword(current, next)
      onChanged()
    })
  return (
    <Dialog
      header="Change password"
      action="Change password"
      ready={ready}
      running={running}
      failure={failure}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {/* Password managers file the new password under the user name beside it. */}
      <input type="text" autoComplete="username" value={me.user.userName} readOnly hidden />
      <SecretField label="Current password" value={current} onChange={setCurrent} autoComplete="current-password" />
      <SecretField
        label="New password"
        description="8 to 64 characters: lower and upper case, a digit and a symbol. Not one of your last three."
        value={next}
        onChange={setNext}
        autoComplete="new-password"
      />
      <SecretField
        label="New password, once more"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        {...(differs ? { error: 'The two new passwords differ.' } : {})}
      />
    </Dialog>
  )
}
