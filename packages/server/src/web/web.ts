/** Every page and its path. */

import type { FastifyInstance } from 'fastify'
import type { ServerContext } from '../context/context.ts'
import { PasswordHasher } from '../sign-in/password-hasher.ts'
import { decide, showConsent } from './authorize/authorize.ts'
import { enterCodeOrDecide, showDevice } from './authorize/device.ts'
import { answerConsoleSignIn } from './federation/console-sign-in.ts'
import { federate } from './federation/federation.ts'
import { createPages, type WebContext } from './pages.ts'
import { addPortal } from './portal/portal.ts'
import { firstSignIn, showFirstSignIn } from './sign-in/first-sign-in.ts'
import { forgotPassword, showForgotPassword } from './sign-in/forgot-password.ts'
import { followLink, showLink } from './sign-in/link.ts'
import { showMfa, signInWithMfa } from './sign-in/mfa.ts'
import { registerMfa, showMfaRegistration } from './sign-in/mfa-registration.ts'
import { showSignIn, signIn } from './sign-in/sign-in.ts'
import { showSignOut, signOut } from './sign-in/sign-out.ts'
import { addStatic } from './static.ts'

/** Adds the pages, the portal's endpoints and the console to `app`. */
export function registerWeb(app: FastifyInstance, server: ServerContext): void {
  const web: WebContext = { server, hasher: new PasswordHasher() }
  // Else the first unknown user name would take twice as long as a known one.
  app.addHook('onListen', () => web.hasher.prepare())
  app.register(async (pages) => addPages(pages, web))
  app.register(async (portal) => addPortal(portal, web))
  addStatic(app, server)
}

function addPages(app: FastifyInstance, web: WebContext): void {
  const page = createPages(app, web)
  page('GET', '/sign-in', showSignIn)
  page('POST', '/sign-in', signIn)
  page('GET', '/sign-in/mfa', showMfa)
  page('POST', '/sign-in/mfa', signInWithMfa)
  page('GET', '/sign-in/mfa/register', showMfaRegistration)
  page('POST', '/sign-in/mfa/register', registerMfa)
  page('GET', '/sign-in/forgot-password', showForgotPassword)
  page('POST', '/sign-in/forgot-password', forgotPassword)
  page('GET', '/sign-in/first', showFirstSignIn)
  page('POST', '/sign-in/first', firstSignIn)
  page('GET', '/sign-out', showSignOut)
  page('POST', '/sign-out', signOut)
  page('GET', '/authorize', showConsent)
  page('POST', '/authorize', decide)
  page('GET', '/device', showDevice)
  page('POST', '/device', enterCodeOrDecide)
  page('GET', '/federation', federate)
  page('POST', '/federation', federate)
  app.get('/federation/console', (request, reply) => answerConsoleSignIn(request, reply, web.server))
  page('GET', '/link/:token', showLink)
  page('POST', '/link/:token', followLink)
}
