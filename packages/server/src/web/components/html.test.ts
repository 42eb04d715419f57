import { expect, test } from 'vitest'
import { html } from './html.ts'

test('a value is text, whatever it looks like', () => {
  const name = `<script>alert("1")</script>'&`
  expect(html`<p title="${name}">${name}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;</p>',
  )
})

test('markup inside markup stays markup, lists are joined, and what is absent writes nothing', () => {
  expect(html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}</ul>${undefined}${false}${3}`.text).toBe(
    '<ul><li>a</li><li>&lt;</li></ul>3',
  )
})

test('characters that hide or turn text around are shown as replaced', () => {
  expect(html`${'AWS\u202eIVO\u0000\u200b'}`.text).toBe('AWS\ufffdIVO\ufffd\ufffd')
})
