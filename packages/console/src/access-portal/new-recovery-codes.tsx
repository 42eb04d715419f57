/** Recovery codes, shown this one time. */
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'

export function NewRecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const text = codes.join('\n')
  return (
    <Modal
      visible
      header="Save your recovery codes"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <CopyToClipboard
              textToCopy={text}
              copyButtonText="Copy all"
              copySuccessText="Copied"
              copyErrorText="Could not be copied"
            />
            <Button href={`data:text/plain,${encodeURIComponent(`${text}\n`)}`} download="mayfly-recovery-codes.txt">
              Download
            </Button>
            <Button variant="primary" onClick={onClose}>
              I have saved them
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning" statusIconAriaLabel="Warning">
          They are shown once. Each signs you in one time when your authenticator is lost.
        </Alert>
        <ul className="codes" aria-label="Recovery codes">
          {codes.map((code) => (
            <li key={code} className="code">
              {code}
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Modal>
  )
}
