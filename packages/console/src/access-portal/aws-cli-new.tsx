/** The AWS CLI since 2.13, which can be pointed at another server by environment variables or a services section. */
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { Step } from '../components/step.tsx'
import { TextBlock } from '../components/text-block.tsx'
import type { RoleAddress } from '../fragment.ts'
import { useSignedIn } from '../signed-in.ts'
import { profileBlock, profileNameOf, servicesBlock, sessionNameOf, ssoSessionBlock } from './profile-block.ts'
import { type ShellChoice, ShellLines, ShellPicker } from './shell-choice.tsx'

export function AwsCliNew({ role, choice }: { role: RoleAddress; choice: ShellChoice }) {
  const { instance } = useSignedIn().me
  const [way, setWay] = useState<'alias' | 'address'>('alias')
  // The AWS CLI probes an address of our own, and only over https (it refuses any other scheme).
  const hasAddress = instance.startUrl.startsWith('https:')
  const startUrl = way === 'address' && hasAddress ? instance.startUrl : instance.alias
  const sessionName = sessionNameOf(instance.name)
  const address = { sessionName, startUrl, region: instance.region }
  const profile = profileNameOf(role)
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">
        Since 2.35.13 the AWS CLI signs in only where it recognizes the start URL as an AWS one.{' '}
        {way === 'alias' || !hasAddress
          ? 'This alias has that form and stands for this server; nothing is ever sent to it.'
          : 'It asks the address of this server, and this server answers with such a name.'}
      </Box>
      {hasAddress && (
        <SegmentedControl
          label="Start URL"
          selectedId={way}
          options={[
            { id: 'alias', text: 'Alias (works everywhere)' },
            { id: 'address', text: 'Own address' },
          ]}
          onChange={({ detail }) => setWay(detail.selectedId === 'address' ? 'address' : 'alias')}
        />
      )}
      <Step text="Put these two sections into ~/.aws/config, in place of any of the same name:">
        <TextBlock
          label="the profile for the AWS CLI"
          text={`${ssoSessionBlock(address)}\n\n${profileBlock(role, address)}`}
        />
      </Step>
      <Step text="In each terminal, point the AWS CLI and the SDKs at this server, and nothing else:">
        <SpaceBetween size="xs">
          <ShellPicker choice={choice} />
          <ShellLines
            label="the environment lines"
            shell={choice.shell}
            variables={[
              ['AWS_ENDPOINT_URL', instance.origin],
              ['AWS_PROFILE', profile],
            ]}
          />
        </SpaceBetween>
      </Step>
      <Step text="Sign in, then see who you are:">
        <TextBlock
          label="the AWS CLI commands"
          text={`aws sso login --profile ${profile}\naws sts get-caller-identity --profile ${profile}`}
        />
      </Step>
      <ExpandableSection headerText="Without environment variables: a services section">
        <SpaceBetween size="xs">
          <Box>
            Put these sections into ~/.aws/config instead. If there is a [default] already, add the line to it: some
            commands read the services of the default profile alone.
          </Box>
          <TextBlock
            label="the services section"
            text={[
              servicesBlock(sessionName, instance.origin),
              `[default]\nservices = ${sessionName}`,
              ssoSessionBlock(address),
              profileBlock(role, address, sessionName),
            ].join('\n\n')}
          />
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  )
}
