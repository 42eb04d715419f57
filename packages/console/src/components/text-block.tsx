/** A block of text to paste elsewhere, with a button that copies it. Hidden text is copied as it is, too. */
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

interface Props {
  /** What it is, for a screen reader and the button: "the profile". */
  label: string
  text: string
  /** What is shown instead while the text is secret. */
  instead?: string
}

export function TextBlock({ label, text, instead }: Props) {
  return (
    <div className="block">
      {/* Long lines scroll, and the keyboard has to reach them (axe: scrollable-region-focusable). */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section tabIndex={0} aria-label={label}>
        <pre>{instead ?? text}</pre>
      </section>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy ${label}`}
        copySuccessText="Copied"
        copyErrorText="Could not be copied"
      />
    </div>
  )
}

/** A single value with a button that copies it. */
export function CopyValue({ label, value, instead }: { label: string; value: string; instead?: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={value}
      textToDisplay={<span className="code">{instead ?? value}</span>}
      copyButtonAriaLabel={`Copy ${label}`}
      copySuccessText="Copied"
      copyErrorText="Could not be copied"
    />
  )
}
