/** Tags: keys with values. */
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { TextField } from './fields.tsx'
import type { Tag } from './operations/paging.ts'

export function TagsField({ tags, onChange }: { tags: readonly Tag[]; onChange: (tags: readonly Tag[]) => void }) {
  const change = (at: number, part: Partial<Tag>) =>
    onChange(tags.map((tag, other) => (other === at ? { ...tag, ...part } : tag)))
  return (
    <SpaceBetween size="s">
      {tags.map((tag, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal while they are written
        <SpaceBetween key={at} direction="horizontal" size="xs" alignItems="end">
          <TextField label="Key" value={tag.Key} onChange={(Key) => change(at, { Key })} />
          <TextField label="Value" value={tag.Value} onChange={(Value) => change(at, { Value })} />
          <Button
            iconName="remove"
            formAction="none"
            ariaLabel={`Remove the tag ${tag.Key}`}
            onClick={() => onChange(tags.filter((_, other) => other !== at))}
          />
        </SpaceBetween>
      ))}
      <FormField label="Tags (optional)" description="Up to 50.">
        <Button formAction="none" onClick={() => onChange([...tags, { Key: '', Value: '' }])}>
          Add tag
        </Button>
      </FormField>
    </SpaceBetween>
  )
}
