/** What a search and a plan load when they first need it, loaded at once. */

import { loadModel } from '@mayfly/wire/model/models'

/** For commands that search, ask and wait: an update may replace the files of this program meanwhile. */
export const loadPlanning = (): Promise<unknown> =>
  Promise.all([
    ...(['sso', 'sso-oidc', 'sts', 'iam'] as const).map((service) => loadModel(service)),
    import('yaml'),
    import('jsonc-parser'),
    import('@mayfly/identity-center/policy/predefined-policies'),
    import('../search/git-history.ts'),
  ])
