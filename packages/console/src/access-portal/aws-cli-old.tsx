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

const FOLDER: Record<Shell, string> = {
  posix: 'mayfly-client-files',
  powershell: 'mayfly-client-files',
  cmd: 'mayfly-client-files',
}

export function AwsCliOld({ role, choice }: { role: RoleAddress; choice: ShellChoice }) {
  const { instance } = useSignedIn().me
  const address = { sessionName: sessionNameOf(instance.name), startUrl: instance.alias, region: instance.region }
  const profile = profileNameOf(role)
  const folder = FOLDER[choice.shell]
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">
        These versions know no AWS_ENDPOINT_URL and would talk to AWS without a word. A folder of endpoint files points
        them at this server.
      </Box>
      <Step text="Have the files written (ask your administrator for the folder if mayfly-server is not on this computer):">
        <TextBlock label="the command that writes the files" text={`mayfly-server client-files ${folder}`} />
      </Step>
      <Step text="Add the profile to ~/.aws/config:">
        <TextBlock
          label="the profile for an old AWS CLI"
          text={`${ssoSessionBlock(address)}\n\n${profileBlock(role, address)}`}
        />
      </Step>
      <Step text="In each terminal, name the folder:">
        <SpaceBetween size="xs">
          <ShellPicker choice={choice} />
          <ShellLines
            label="the environment lines for an old AWS CLI"
            shell={choice.shell}
            variables={[
              ['AWS_DATA_PATH', folder],
              ['AWS_PROFILE', profile],
            ]}
          />
        </SpaceBetween>
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
