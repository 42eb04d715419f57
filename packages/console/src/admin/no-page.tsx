/** Shown where no page is. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'

export default function NoPage() {
  return (
    <Box textAlign="center" padding="xxl">
      <Box variant="h1">There is no such page</Box>
      <Box padding="s">
        <Button variant="primary" href="#/admin">
          Go to the dashboard
        </Button>
      </Box>
    </Box>
  )
}
