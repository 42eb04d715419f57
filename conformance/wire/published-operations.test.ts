/** The pinned models and the SDK's types speak of the same operations; where they differ, it is listed here. */

import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as portal from '@aws-sdk/client-sso'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import * as oidc from '@aws-sdk/client-sso-oidc'
import * as sts from '@aws-sdk/client-sts'
import { loadModel } from '@mayfly/wire/model/models'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import { expect, test } from 'vitest'

const sdks: [ServiceName, object][] = [
  ['sso', portal],
  ['sso-oidc', oidc],
  ['sts', sts],
  ['sso-admin', ssoAdmin],
  ['identitystore', identitystore],
  ['organizations', organizations],
]

/** Known to the SDK and not to the pinned model: may only shrink, by pinning a newer one. */
const NEWER: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {}

test.each(sdks)('%s', async (service, sdk) => {
  const published = Object.keys((await loadModel(service)).operations)
  const typed = Object.keys(sdk)
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.replace(/Command$/, ''))
  expect(published.filter((name) => !typed.includes(name))).toEqual([])
  expect(typed.filter((name) => !published.includes(name)).sort()).toEqual(NEWER[service] ?? [])
})
