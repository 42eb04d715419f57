/** Trusted token issuers: outside identity providers whose tokens stand for users here. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { TextField } from '../admin/fields.tsx'
import type { TrustedTokenIssuer } from '../admin/operations/applications.ts'
import { type Fetched, usePages } from '../admin/pages.ts'

export default function TokenIssuersPage() {
  const { api, instanceArn } = useAdministration()
  const [what, setWhat] = useState<{ what: 'create' } | { what: 'edit' | 'delete'; issuer: TrustedTokenIssuer }>()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<TrustedTokenIssuer>> => {
      const input = { InstanceArn: instanceArn, MaxResults: 25, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListTrustedTokenIssuers', input))
      const describe = ({ TrustedTokenIssuerArn }: TrustedTokenIssuer) =>
        api.send(prepare('sso-admin', 'DescribeTrustedTokenIssuer', { TrustedTokenIssuerArn }))
      return { items: await Promise.all(page.TrustedTokenIssuers.map(describe)), nextToken: page.NextToken }
    },
    [api, instanceArn],
  )
  const shown = usePages(load)
  const ends = { onClose: () => setWhat(undefined), onDone: shown.reload }
  const create = (
    <Button key="create" variant="primary" onClick={() => setWhat({ what: 'create' })}>
      Create trusted token issuer
    </Button>
  )
  return (
    <>
      <DataTable
        header="Trusted token issuers"
        variant="h1"
        description="Outside identity providers whose tokens an application may bring in place of a user's own."
        actions={[create]}
        shown={shown}
        trackBy={(one) => one.TrustedTokenIssuerArn}
        columns={[
          { id: 'name', header: 'Name', cell: (one) => one.Name },
          { id: 'url', header: 'Issuer URL', cell: (one) => configurationOf(one)?.IssuerUrl ?? '' },
          { id: 'claim', header: 'Claim', cell: (one) => configurationOf(one)?.ClaimAttributePath ?? '' },
          {
            id: 'attribute',
            header: 'Attribute',
            cell: (one) => configurationOf(one)?.IdentityStoreAttributePath ?? '',
          },
          {
            id: 'change',
            header: 'Change',
            cell: (issuer) => (
              <>
                <Button
                  variant="inline-link"
                  ariaLabel={`Edit ${issuer.Name}`}
                  onClick={() => setWhat({ what: 'edit', issuer })}
                >
                  Edit
                </Button>{' '}
                <Button
                  variant="inline-link"
                  ariaLabel={`Delete ${issuer.Name}`}
                  onClick={() => setWhat({ what: 'delete', issuer })}
                >
                  Delete
                </Button>
              </>
            ),
          },
        ]}
        empty={<Empty title="No trusted token issuers yet" action={create} />}
      />
      {what?.what === 'create' && <WriteIssuer {...ends} />}
      {what?.what === 'edit' && <WriteIssuer issuer={what.issuer} {...ends} />}
      {what?.what === 'delete' && (
        <Change
          header={`Delete ${what.issuer.Name}?`}
          action="Delete"
          calls={[
            prepare('sso-admin', 'DeleteTrustedTokenIssuer', {
              TrustedTokenIssuerArn: what.issuer.TrustedTokenIssuerArn,
            }),
          ]}
          done={`${what.issuer.Name} was deleted.`}
          confirmWith={what.issuer.Name}
          {...ends}
        >
          Applications get no more tokens for what it issued.
        </Change>
      )}
    </>
  )
}

const configurationOf = (issuer: TrustedTokenIssuer) => issuer.TrustedTokenIssuerConfiguration?.OidcJwtConfiguration

interface WriteProps {
  issuer?: TrustedTokenIssuer
  onClose(): void
  onDone(): void
}

function WriteIssuer({ issuer, onClose, onDone }: WriteProps) {
  const { instanceArn } = useAdministration()
  const before = issuer && configurationOf(issuer)
  const [name, setName] = useState(issuer?.Name ?? '')
  const [url, setUrl] = useState(before?.IssuerUrl ?? '')
  const [claim, setClaim] = useState(before?.ClaimAttributePath ?? 'email')
  const [attribute, setAttribute] = useState(before?.IdentityStoreAttributePath ?? 'emails.value')
  const paths = {
    ClaimAttributePath: claim,
    IdentityStoreAttributePath: attribute,
    JwksRetrievalOption: 'OPEN_ID_DISCOVERY' as const,
  }
  const call = issuer
    ? prepare('sso-admin', 'UpdateTrustedTokenIssuer', {
        TrustedTokenIssuerArn: issuer.TrustedTokenIssuerArn,
        Name: name,
        TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: paths },
      })
    : prepare('sso-admin', 'CreateTrustedTokenIssuer', {
        InstanceArn: instanceArn,
        Name: name,
        TrustedTokenIssuerType: 'OIDC_JWT',
        TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { IssuerUrl: url, ...paths } },
      })
  return (
    <Change
      header={issuer ? `Edit ${issuer.Name}` : 'Create a trusted token issuer'}
      action={issuer ? 'Save' : 'Create'}
      ready={/^[\w+=,.@-]+$/.test(name) && /^https?:\/\//.test(url) && claim !== '' && attribute !== ''}
      calls={[call]}
      done={`${name} was ${issuer ? 'changed' : 'created'}.`}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField label="Name" value={name} onChange={setName} constraint="Letters, digits, or any of + = , . @ - _" />
      <TextField
        label="Issuer URL"
        value={url}
        onChange={setUrl}
        disabled={issuer !== undefined}
        constraint="Its discovery document lies below it, at /.well-known/openid-configuration."
      />
      <TextField label="Claim" value={claim} onChange={setClaim} constraint="Of the token, such as email." />
      <TextField
        label="Attribute"
        value={attribute}
        onChange={setAttribute}
        constraint="Of the user, such as emails.value or userName."
      />
    </Change>
  )
}
