/** What the example organization holds that the journeys rely on (examples/acme.yaml). */

export const DEVELOPMENT = '222233334444'
export const PRODUCTION = '333344445555'

export const alice = { userName: 'alice', password: 'mayfly-example' } as const
export const bob = { userName: 'bob', password: 'mayfly-example' } as const
