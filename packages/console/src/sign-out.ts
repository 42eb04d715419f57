/** Signing out is the server's own page: a form is sent to it, as from the page at /sign-out that asks. */

/** Leaves the portal. The anti-forgery token travels in the body, never in an address. */
export function submitSignOut(antiForgeryToken: string): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/sign-out'
  for (const [name, value] of [
    ['anti_forgery', antiForgeryToken],
    ['use', 'portal'],
  ] as const) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
