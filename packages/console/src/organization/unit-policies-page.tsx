/** The service control policies of an organizational unit or of the root. */
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { useLoaded } from '../components/loaded.ts'
import { AttachedPolicies } from './attached-policies.tsx'

export default function UnitPoliciesPage({ id }: { id: string }) {
  const { api } = useAdministration()
  const [name] = useLoaded(
    useCallback(async () => {
      if (id.startsWith('r-')) return 'Root'
      const ask = prepare('organizations', 'DescribeOrganizationalUnit', { OrganizationalUnitId: id })
      return (await api.send(ask)).OrganizationalUnit.Name ?? id
    }, [api, id]),
  )
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={id}>
        {name.status === 'loaded' ? name.value : id}
      </Header>
      <AttachedPolicies targetId={id} />
    </SpaceBetween>
  )
}
