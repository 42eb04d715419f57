/** What the example organization holds that the journeys rely on (examples/acme.yaml). */

export const INSTANCE_ARN = 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60'
export const IDENTITY_STORE_ID = 'd-9067a1b2c3'
export const MANAGEMENT = '111122223333'
export const DEVELOPMENT = '222233334444'
export const PRODUCTION = '333344445555'

export const alice = { userName: 'alice', password: 'mayfly-example' } as const
export const bob = { userName: 'bob', password: 'mayfly-example' } as const
