/** The AWS CLI before 2.13, which can only be pointed at another server by endpoint files. */
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Step } from '../components/step.tsx'
import { TextBlock } from '../components/text-block.tsx'
import type { RoleAddress } from '../fragment.ts'
import { useSignedIn } from '../signed-in.ts'
import { profileBlock, profileNameOf, sessionNameOf, ssoSessionBlock } from './profile-block.ts'
import { type ShellChoice, ShellLines, ShellPicker } from './shell-choice.tsx'
import type { Shell } from './shell-lines.ts'

// The AWS CLI itself expands the tilde in AWS_DATA_PATH, whatever the shell (botocore, loaders.py).
const FOLDER = '~/mayfly-client-files'

/** The same folder, as each shell writes it in a command. */
const FOLDER_IN: Record<Shell, string> = {
  posix: FOLDER,
  powershell: '"$HOME/mayfly-client-files"',
  cmd: '"%USERPROFILE%\\mayfly-client-files"',
}

export function AwsCliOld({ role, choice }: { role: RoleAddress; choice: ShellChoice }) {
  const { instance } = useSignedIn().me
  const address = { sessionName: sessionNameOf(instance.name), startUrl: instance.alias, region: instance.region }
  const profile = profileNameOf(role)
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">
        These versions know no AWS_ENDPOINT_URL and would talk to AWS without a word. A folder of endpoint files points
        them at this server.
      </Box>
      <ShellPicker choice={choice} />
      <Step text="Have the files written. Where mayfly-server is not installed, ask your administrator for the folder:">
        <TextBlock
          label="the command that writes the files"
          text={`mayfly-server client-files ${FOLDER_IN[choice.shell]} --endpoint ${instance.origin}`}
        />
      </Step>
      <Step text="Put these two sections into ~/.aws/config, in place of any of the same name:">
        <TextBlock
          label="the profile for an old AWS CLI"
          text={`${ssoSessionBlock(address)}\n\n${profileBlock(role, address)}`}
        />
      </Step>
      <Step text="In each terminal, name the folder:">
        <ShellLines
          label="the environment lines for an old AWS CLI"
          shell={choice.shell}
          variables={[
            ['AWS_DATA_PATH', FOLDER],
            ['AWS_PROFILE', profile],
          ]}
        />
      </Step>
      <Step text="Sign in, then see who you are:">
        <TextBlock
          label="the commands for an old AWS CLI"
          text={`aws sso login --profile ${profile}\naws sts get-caller-identity --profile ${profile}`}
        />
      </Step>
    </SpaceBetween>
  )
}
