/** Lets the person say which shell the lines are for. */
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { TextBlock } from '../components/text-block.tsx'
import { formatVariables, SHELLS, type Shell, type Variables } from './shell-lines.ts'

export interface ShellChoice {
  shell: Shell
  onShell(shell: Shell): void
}

export function ShellPicker({ choice }: { choice: ShellChoice }) {
  return (
    <SegmentedControl
      label="Shell"
      selectedId={choice.shell}
      options={SHELLS.map(({ id, text }) => ({ id, text }))}
      onChange={({ detail }) => {
        const chosen = SHELLS.find(({ id }) => id === detail.selectedId)
        if (chosen) choice.onShell(chosen.id)
      }}
    />
  )
}

/** The lines for the chosen shell. `instead` shows other values in their place. */
export function ShellLines(props: { label: string; shell: Shell; variables: Variables; instead?: Variables }) {
  const { label, shell, variables, instead } = props
  const text = formatVariables(shell, variables)
  if (text === undefined) return <p>The Command Prompt has no way to write one of these values. Use PowerShell.</p>
  const shown = instead && formatVariables(shell, instead)
  return <TextBlock label={label} text={text} {...(shown === undefined ? {} : { instead: shown })} />
}
