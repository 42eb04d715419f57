/** A browser for replayed sessions: asks the replay server for a page, whatever host it is said to be on, and follows it back. */

const [address = ''] = process.argv.slice(2)
const replay = process.env['MAYFLY_TEST_REPLAY'] ?? ''
const url = new URL(address)
const page = await fetch(`${replay}${url.pathname}${url.search}`, { redirect: 'manual' })
const location = page.headers.get('location')
if (location !== null) await (await fetch(location)).text()
