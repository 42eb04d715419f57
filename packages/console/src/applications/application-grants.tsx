/** The ways in which an application gets tokens. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { ChoiceField, TextArea } from '../admin/fields.tsx'
import type { Grant, GrantType } from '../admin/operations/applications.ts'
import { useWhole } from '../admin/pages.ts'
import { useLoaded } from '../components/loaded.ts'

interface Granted {
  GrantType: GrantType
  Grant: Grant
}

const JWT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

const WORDS: Record<GrantType, string> = {
  authorization_code: 'Authorization code',
  refresh_token: 'Refresh token',
  [JWT]: 'Assertion of a trusted token issuer',
  [EXCHANGE]: 'Token exchange',
}

export function ApplicationGrants({ applicationArn }: { applicationArn: string }) {
  const { api } = useAdministration()
  const [chosen, setChosen] = useState<readonly Granted[]>([])
  const [what, setWhat] = useState<'add' | 'remove'>()
  const load = useCallback(
    () => api.listAll(prepare('sso-admin', 'ListApplicationGrants', { ApplicationArn: applicationArn }), 'Grants'),
    [api, applicationArn],
  )
  const shown = useWhole<Granted>(load)
  const close = () => setWhat(undefined)
  const done = () => {
    setChosen([])
    shown.reload()
  }
  return (
    <>
      <DataTable
        header="Grants"
        shown={shown}
        trackBy={(one) => one.GrantType}
        labelOf={(one) => WORDS[one.GrantType]}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setWhat('remove')}>
            Remove
          </Button>,
          <Button key="add" variant="primary" onClick={() => setWhat('add')}>
            Add or replace a grant
          </Button>,
        ]}
        columns={[
          { id: 'type', header: 'Grant', cell: (one) => WORDS[one.GrantType] },
          { id: 'detail', header: 'With', cell: (one) => detailOf(one.Grant) },
        ]}
        empty={<Empty title="No grants" text="Without one, the application gets no tokens." />}
      />
      {what === 'remove' && (
        <Change
          header={chosen.length === 1 ? 'Remove this grant?' : `Remove ${chosen.length} grants?`}
          action="Remove"
          calls={chosen.map((one) =>
            prepare('sso-admin', 'DeleteApplicationGrant', {
              ApplicationArn: applicationArn,
              GrantType: one.GrantType,
            }),
          )}
          done="Removed."
          onClose={close}
          onDone={done}
        />
      )}
      {what === 'add' && <AddGrant applicationArn={applicationArn} onClose={close} onDone={done} />}
    </>
  )
}

function AddGrant(props: { applicationArn: string; onClose: () => void; onDone: () => void }) {
  const { api, instanceArn } = useAdministration()
  const [type, setType] = useState<GrantType>('authorization_code')
  const [text, setText] = useState('')
  const [issuer, setIssuer] = useState('')
  const [issuers] = useLoaded(
    useCallback(
      () =>
        api.listAll(
          prepare('sso-admin', 'ListTrustedTokenIssuers', { InstanceArn: instanceArn }),
          'TrustedTokenIssuers',
        ),
      [api, instanceArn],
    ),
  )
  const lines = text.split(/\s+/).filter(Boolean)
  return (
    <Change
      header="Add or replace a grant"
      action="Save"
      ready={(type !== 'authorization_code' || lines.length > 0) && (type !== JWT || issuer !== '')}
      calls={[
        prepare('sso-admin', 'PutApplicationGrant', {
          ApplicationArn: props.applicationArn,
          GrantType: type,
          Grant: grantOf(type, lines, issuer),
        }),
      ]}
      done="The grant was saved."
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <ChoiceField
        label="Grant"
        value={type}
        choices={Object.entries(WORDS).map(([value, label]) => ({ value, label }))}
        onChange={(value) => setType(value as GrantType)}
      />
      {type === 'authorization_code' && (
        <TextArea label="Redirect URIs" value={text} onChange={setText} constraint="One a line." />
      )}
      {type === JWT && (
        <>
          <ChoiceField
            label="Trusted token issuer"
            value={issuer}
            placeholder="Choose an issuer"
            choices={
              issuers.status === 'loaded'
                ? issuers.value.map((one) => ({ value: one.TrustedTokenIssuerArn, label: one.Name }))
                : []
            }
            onChange={setIssuer}
          />
          <TextArea label="Audiences" value={text} onChange={setText} constraint="Of its tokens, one a line." />
        </>
      )}
    </Change>
  )
}

function grantOf(type: GrantType, lines: string[], issuer: string): Grant {
  switch (type) {
    case 'authorization_code':
      return { AuthorizationCode: { RedirectUris: lines } }
    case 'refresh_token':
      return { RefreshToken: {} }
    case JWT:
      return {
        JwtBearer: {
          AuthorizedTokenIssuers: [
            { TrustedTokenIssuerArn: issuer, ...(lines.length > 0 ? { AuthorizedAudiences: lines } : {}) },
          ],
        },
      }
    default:
      return { TokenExchange: {} }
  }
}

function detailOf({ AuthorizationCode, JwtBearer }: Grant): string {
  const issuers = JwtBearer?.AuthorizedTokenIssuers?.flatMap((one) => one.AuthorizedAudiences ?? [])
  return [...(AuthorizationCode?.RedirectUris ?? []), ...(issuers ?? [])].join(', ')
}
