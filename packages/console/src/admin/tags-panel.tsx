/** The tags of something, to look at and to change. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useCallback, useState } from 'react'
import { useLoaded } from '../components/loaded.ts'
import { useAdministration } from './administration.ts'
import { type Call, prepare } from './call.ts'
import { Change } from './change.tsx'
import { Empty } from './data-table.tsx'
import type { Tag } from './operations/paging.ts'
import { Show } from './show.tsx'
import { TagsField } from './tags-field.tsx'

type Tagging = 'sso-admin' | 'organizations'

interface Props {
  service: Tagging
  /** An ARN, or for organizations the id. */
  id: string
}

export function TagsPanel({ service, id }: Props) {
  const { api, instanceArn } = useAdministration()
  const [editing, setEditing] = useState(false)
  const load = useCallback(
    () =>
      service === 'sso-admin'
        ? api.listAll(prepare(service, 'ListTagsForResource', { InstanceArn: instanceArn, ResourceArn: id }), 'Tags')
        : api.listAll(prepare(service, 'ListTagsForResource', { ResourceId: id }), 'Tags'),
    [api, service, instanceArn, id],
  )
  const [loaded, reload] = useLoaded<Tag[]>(load)
  return (
    <Show loaded={loaded} failed="The tags cannot be shown" onRetry={reload}>
      {(tags) => (
        <Container
          header={
            <Header variant="h2" actions={<Button onClick={() => setEditing(true)}>Edit tags</Button>}>
              Tags
            </Header>
          }
        >
          {tags.length === 0 && <Empty title="No tags" />}
          <KeyValuePairs columns={3} items={tags.map(({ Key, Value }) => ({ label: Key, value: Value || '–' }))} />
          {editing && (
            <EditTags service={service} id={id} before={tags} onClose={() => setEditing(false)} onDone={reload} />
          )}
        </Container>
      )}
    </Show>
  )
}

function EditTags(props: Props & { before: readonly Tag[]; onClose: () => void; onDone: () => void }) {
  const { service, id, before, onClose, onDone } = props
  const { instanceArn } = useAdministration()
  const [tags, setTags] = useState(before)
  const Tags = tags.filter(({ Key, Value }) => !before.some((tag) => tag.Key === Key && tag.Value === Value))
  const TagKeys = before.map(({ Key }) => Key).filter((key) => !tags.some(({ Key }) => Key === key))
  const calls: Call[] = []
  if (service === 'sso-admin') {
    const of = { InstanceArn: instanceArn, ResourceArn: id }
    if (Tags.length > 0) calls.push(prepare(service, 'TagResource', { ...of, Tags }))
    if (TagKeys.length > 0) calls.push(prepare(service, 'UntagResource', { ...of, TagKeys }))
  } else {
    if (Tags.length > 0) calls.push(prepare(service, 'TagResource', { ResourceId: id, Tags }))
    if (TagKeys.length > 0) calls.push(prepare(service, 'UntagResource', { ResourceId: id, TagKeys }))
  }
  return (
    <Change
      header="Edit tags"
      action="Save"
      calls={calls}
      ready={tags.every(({ Key }) => Key.trim() !== '')}
      done="The tags were changed."
      onClose={onClose}
      onDone={onDone}
    >
      <TagsField tags={tags} onChange={setTags} />
    </Change>
  )
}
