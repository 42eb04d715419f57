/** The console: signs the browser in if need be, then shows the access portal or the admin console. */
import '@cloudscape-design/global-styles/index.css'
import './styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyAppearance, readAppearance } from './appearance.ts'
import { Waiting } from './components/waiting.tsx'
import { createOperations, loadMe, OperationRefused } from './operations.ts'
import { Part } from './part.tsx'
import { Unavailable } from './unavailable.tsx'

const element = document.getElementById('root')
if (element) void start(element)

// Going back after a sign-out would show the page as it was, with everything that stood on it.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

async function start(element: HTMLElement): Promise<void> {
  // Shown at once, so that nothing flashes; the bar takes over, and follows the system.
  applyAppearance(readAppearance())()
  const root = createRoot(element)
  root.render(<Waiting />)
  try {
    const me = await loadMe()
    const operations = createOperations(me.antiForgeryToken, goToSignIn)
    root.render(
      <StrictMode>
        <Part me={me} operations={operations} onSignedOut={goToSignIn} />
      </StrictMode>,
    )
  } catch (failure) {
    if (failure instanceof OperationRefused && failure.status === 401) return goToSignIn()
    root.render(<Unavailable failure={failure} />)
  }
}

/** The fragment never reaches the server by itself, so it travels inside `next`. */
function goToSignIn(): void {
  location.assign(`/sign-in?next=${encodeURIComponent(`/start${location.hash}`)}`)
}
