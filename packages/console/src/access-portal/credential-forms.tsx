/** The same credentials as environment lines, as a section of the credentials file, and one by one. */
import Box from '@cloudscape-design/components/box'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { TAB_STRINGS } from '../components/tab-strings.ts'
import { CopyValue, TextBlock } from '../components/text-block.tsx'
import type { RoleAddress } from '../fragment.ts'
import type { RoleCredentials } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'
import { credentialsBlock } from './profile-block.ts'
import { type ShellChoice, ShellLines, ShellPicker } from './shell-choice.tsx'
import type { Variables } from './shell-lines.ts'

const MASK = '•'.repeat(24)

interface Props {
  role: RoleAddress
  credentials: RoleCredentials
  unmasked: boolean
  choice: ShellChoice
}

export function CredentialForms({ role, credentials, unmasked, choice }: Props) {
  const { instance } = useSignedIn().me
  const masked = { ...credentials, secretAccessKey: MASK, sessionToken: MASK }
  const shown = unmasked ? credentials : masked
  return (
    <Tabs
      ariaLabel="Forms of the credentials"
      i18nStrings={TAB_STRINGS}
      tabs={[
        {
          id: 'environment',
          label: 'Environment variables',
          content: (
            <SpaceBetween size="xs">
              <ShellPicker choice={choice} />
              <ShellLines
                label="the environment lines with credentials"
                shell={choice.shell}
                variables={variablesOf(credentials, instance)}
                instead={variablesOf(shown, instance)}
              />
            </SpaceBetween>
          ),
        },
        {
          id: 'file',
          label: 'Credentials file',
          content: (
            <SpaceBetween size="xs">
              <Box>Put this into ~/.aws/credentials, in place of the section of the same name.</Box>
              <TextBlock
                label="the section of the credentials file"
                text={credentialsBlock(role, credentials, instance)}
                instead={credentialsBlock(role, shown, instance)}
              />
            </SpaceBetween>
          ),
        },
        { id: 'values', label: 'Single values', content: <SingleValues credentials={credentials} shown={shown} /> },
      ]}
    />
  )
}

function SingleValues({ credentials, shown }: { credentials: RoleCredentials; shown: RoleCredentials }) {
  return (
    <KeyValuePairs
      columns={1}
      items={[
        { label: 'AWS access key ID', value: <CopyValue label="AWS access key ID" value={credentials.accessKeyId} /> },
        {
          label: 'AWS secret access key',
          value: (
            <CopyValue
              label="AWS secret access key"
              value={credentials.secretAccessKey}
              instead={shown.secretAccessKey}
            />
          ),
        },
        {
          label: 'AWS session token',
          value: <CopyValue label="AWS session token" value={credentials.sessionToken} instead={shown.sessionToken} />,
        },
      ]}
    />
  )
}

/** The endpoint goes with the credentials: no other server honours them, and none should be shown them. */
function variablesOf(credentials: RoleCredentials, instance: { region: string; origin: string }): Variables {
  return [
    ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey],
    ['AWS_SESSION_TOKEN', credentials.sessionToken],
    ['AWS_REGION', instance.region],
    ['AWS_ENDPOINT_URL', instance.origin],
  ]
}
