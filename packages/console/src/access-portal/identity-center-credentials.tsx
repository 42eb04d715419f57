/** The recommended way: a profile that signs in, for `mayfly` and for the AWS CLI, new and old. */
import Badge from '@cloudscape-design/components/badge'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { Step } from '../components/step.tsx'
import { TAB_STRINGS } from '../components/tab-strings.ts'
import { CopyValue, TextBlock } from '../components/text-block.tsx'
import type { RoleAddress } from '../fragment.ts'
import { useSignedIn } from '../signed-in.ts'
import { AwsCliNew } from './aws-cli-new.tsx'
import { AwsCliOld } from './aws-cli-old.tsx'
import { profileBlock, profileNameOf, sessionNameOf, ssoSessionBlock } from './profile-block.ts'
import type { ShellChoice } from './shell-choice.tsx'

export function IdentityCenterCredentials({ role, choice }: { role: RoleAddress; choice: ShellChoice }) {
  const { instance } = useSignedIn().me
  return (
    <Container
      header={
        <Header
          variant="h2"
          info={<Badge color="green">Recommended</Badge>}
          description="Your tools sign in through this browser and renew their credentials by themselves. Nothing long-lived is written to your disk."
        >
          IAM Identity Center credentials
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          minColumnWidth={260}
          items={[
            { label: 'SSO start URL', value: <CopyValue label="SSO start URL" value={instance.startUrl} /> },
            { label: 'SSO Region', value: <CopyValue label="SSO Region" value={instance.region} /> },
            { label: 'Account ID', value: <CopyValue label="account ID" value={role.accountId} /> },
            { label: 'Permission set', value: <CopyValue label="permission set" value={role.roleName} /> },
          ]}
        />
        <Tabs
          ariaLabel="Tools"
          i18nStrings={TAB_STRINGS}
          tabs={[
            { id: 'mayfly', label: 'Mayfly', content: <WithMayfly role={role} /> },
            { id: 'aws-new', label: 'AWS CLI 2.13+', content: <AwsCliNew role={role} choice={choice} /> },
            { id: 'aws-old', label: 'AWS CLI before 2.13', content: <AwsCliOld role={role} choice={choice} /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}

function WithMayfly({ role }: { role: RoleAddress }) {
  const { instance } = useSignedIn().me
  const address = { sessionName: sessionNameOf(instance.name), startUrl: instance.startUrl, region: instance.region }
  const profile = profileNameOf(role)
  return (
    <SpaceBetween size="m">
      <Step text="Run this, and answer its questions with the start URL and the Region above:">
        <TextBlock label="the command that configures a profile" text={`mayfly configure sso --profile ${profile}`} />
      </Step>
      <Step text="Or put these two sections into ~/.aws/config, in place of any of the same name, and sign in:">
        <SpaceBetween size="xs">
          <TextBlock label="the profile" text={`${ssoSessionBlock(address)}\n\n${profileBlock(role, address)}`} />
          <TextBlock label="the sign-in command" text={`mayfly sso login --profile ${profile}`} />
        </SpaceBetween>
      </Step>
      <Step text="See who you are:">
        <TextBlock label="the command that shows who you are" text={`mayfly whoami --profile ${profile}`} />
      </Step>
    </SpaceBetween>
  )
}
