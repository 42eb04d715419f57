/** Which exceptions the published models give an operation, and which of them this server never raises, and why. */

import { readFileSync } from 'node:fs'
import { getOperation, getShape, type ServiceModel } from '../../../packages/wire/src/model/service-model.ts'
import type { CaseService } from './case.ts'

type Reasons = Readonly<Record<string, string>>

/** By service: `*` for all its operations, then by operation; each exception with the reason. */
const cannotRaise: Readonly<Record<string, Readonly<Record<string, Reasons>>>> = JSON.parse(
  readFileSync(new URL('cannot-raise.json', import.meta.url), 'utf8'),
)

/** The names of the exceptions in the model of an operation, as they stand on the wire. */
export function modelledExceptions(model: ServiceModel, operation: string): string[] {
  return (getOperation(model, operation).errors ?? []).map(({ shape }) => getShape(model, shape).error?.code ?? shape)
}

/** Those of them that an answer may name. */
export function raisableExceptions(service: CaseService, model: ServiceModel, operation: string): string[] {
  const never = reasonsFor(service, operation)
  return modelledExceptions(model, operation).filter((name) => never[name] === undefined)
}

/** Why an operation never raises an exception; or never succeeds, being there for its modelled refusal. */
export const reasonsFor = (service: CaseService, operation: string): Reasons => ({
  ...cannotRaise[service]?.['*'],
  ...cannotRaise[service]?.[operation],
})

/** Reasons for exceptions that no model gives the operation: they are left over. */
export function leftOverReasons(service: CaseService, model: ServiceModel): string[] {
  return Object.entries(cannotRaise[service] ?? {}).flatMap(([operation, reasons]) =>
    Object.keys(reasons)
      .filter(
        (name) =>
          operation !== '*' &&
          name !== 'success' &&
          name !== VALIDATION[service] &&
          !modelledExceptions(model, operation).includes(name),
      )
      .map((name) => `${service}:${operation} ${name}`),
  )
}

/** What a broken constraint is called. */
export const VALIDATION: Readonly<Record<CaseService, string>> = {
  'sso-admin': 'ValidationException',
  identitystore: 'ValidationException',
  organizations: 'InvalidInputException',
  sts: 'ValidationError',
  iam: 'ValidationError',
  sso: 'InvalidRequestException',
  'sso-oidc': 'InvalidRequestException',
}
