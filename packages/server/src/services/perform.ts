/** The one way in: check, authorize, handle, audit. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { Instance } from '@mayfly/identity-center/instance'
import { withoutTokens } from '@mayfly/identity-center/oauth/token-format'
import { checkInput, createValidationException } from '@mayfly/wire/model/constraints'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { getOperation, type ServiceModel, type ServiceName } from '@mayfly/wire/model/service-model'
import { type Caller, isAccountCaller } from '../caller/caller.ts'
import { createAuditEvent, hideSecrets } from '../context/audit.ts'
import type { RequestContext, ServerContext } from '../context/context.ts'
import { describeError } from '../context/log.ts'
import type { OperationContext } from '../operation/operation-context.ts'
import type { Service } from '../operation/service.ts'
import { authorize } from './authorization.ts'
import { faultException, findException } from './exceptions.ts'
import { actedForOf, userIdentityOf } from './user-identity.ts'

/** One operation that somebody asks for. */
export interface Asked extends RequestContext {
  readonly service: ServiceName
  readonly operation: string
  readonly input: unknown
  readonly caller: Caller
}

interface Answerer {
  readonly service: Service
  readonly model: ServiceModel
}

/** Performs an operation and records it. Throws nothing but what the caller may be told: a `ServiceException`. */
export async function performWith(answerer: Answerer, asked: Asked, server: ServerContext): Promise<unknown> {
  try {
    return await performAndRecord(answerer, asked, server)
  } catch (error) {
    // A fault of the record too: what cannot be recorded is not answered.
    throw toldTo(asked, error, server)
  }
}

async function performAndRecord(answerer: Answerer, asked: Asked, server: ServerContext): Promise<unknown> {
  const { caller, requestId, requester, origin } = asked
  const instance = await server.instance()
  let recorded = false
  const context: OperationContext = {
    ...server,
    requestId,
    requester,
    origin,
    caller,
    actingFor: {},
    async record(tx, output) {
      await tx.auditEvents.insert(describe(answerer, asked, { output }, { context, instance }))
      recorded = true
    },
  }
  let output: unknown
  try {
    output = await handle(answerer, asked, context)
  } catch (error) {
    const exception = toldTo(asked, error, server)
    // Strangers who are refused without end are seen in the log; they shall not fill the disk with records.
    if (caller.type !== 'anonymous' || server.refusedCalls.take(requester.address)) {
      await server.store.auditEvents.insert(describe(answerer, asked, { exception }, { context, instance }))
    }
    throw exception
  }
  if (!recorded) await server.store.auditEvents.insert(describe(answerer, asked, { output }, { context, instance }))
  return output
}

async function handle({ service, model }: Answerer, asked: Asked, context: OperationContext): Promise<unknown> {
  const { operation, input } = asked
  const handler = service.operations[operation]
  if (service.audiences[operation] === undefined || handler === undefined) {
    throw new ServiceException(service.unknownOperation, `This server does not answer ${operation}.`, {
      statusCode: 400,
    })
  }
  // Asked first, so that a stranger learns nothing from what is wrong with the input.
  await authorize({ ...asked, definition: service }, context)
  const wrong = checkInput(model, operation, input)
  if (wrong.length > 0) throw createValidationException(asked.service, wrong)
  const output = await handler(input as never, context)
  // What an operation has just changed counts for whoever hears of its success.
  if (!service.readOnly.has(operation) && isAccountCaller(asked.caller)) await context.policies.refresh()
  return output
}

function toldTo({ service, operation, requestId }: Asked, error: unknown, { log }: ServerContext): ServiceException {
  const exception = findException(service, error)
  if (exception) return exception
  log.error('An operation failed.', { requestId, service, operation, ...describeError(error) })
  return faultException(service, requestId)
}

/** Validation names every rule that was broken, with what broke it. */
const LONGEST_MESSAGE = 2048

interface Outcome {
  readonly output?: unknown
  readonly exception?: ServiceException
}

function eventNameOf({ eventNames }: Service, operation: string, input: unknown): string {
  const name = eventNames?.[operation]
  return typeof name === 'function' ? name((input ?? {}) as Record<string, unknown>) : (name ?? operation)
}

function describe(
  { service, model }: Answerer,
  { operation, input }: Asked,
  { output, exception }: Outcome,
  { context, instance }: { readonly context: OperationContext; readonly instance: Instance },
): AuditEvent {
  const { input: inputShape, output: outputShape } = getOperation(model, operation)
  const readOnly = service.readOnly.has(operation)
  const requestParameters = hideSecrets(model, inputShape?.shape, input)
  const responseElements = readOnly ? undefined : hideSecrets(model, outputShape?.shape, output)
  return createAuditEvent(
    {
      eventSource: service.eventSource,
      eventName: eventNameOf(service, operation, input),
      userIdentity: userIdentityOf(context, instance),
      ...actedForOf(context, instance),
      readOnly,
      ...(requestParameters === undefined ? {} : { requestParameters }),
      ...(responseElements === undefined ? {} : { responseElements }),
      ...(exception
        ? { errorCode: exception.name, errorMessage: withoutTokens(exception.message.slice(0, LONGEST_MESSAGE)) }
        : {}),
    },
    context,
  )
}
