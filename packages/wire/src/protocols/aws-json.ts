/** AWS JSON 1.1: every operation is a POST to `/`, named by `X-Amz-Target`. */

import type { OperationModel, ServiceModel } from '../model/service-model.ts'
import { readJsonError, writeJsonError } from './json-error.ts'
import { parseJson, parseJsonBody } from './json-text.ts'
import { readJson, readJsonAnswer, writeJson } from './json-value.ts'
import type { OutgoingRequest, Protocol } from './message.ts'

export const AWS_JSON_TYPE = 'application/x-amz-json-1.1'

function writeInput(
  model: ServiceModel,
  operation: OperationModel,
  input: Readonly<Record<string, unknown>>,
): OutgoingRequest {
  const body = operation.input === undefined ? {} : writeJson(model, operation.input.shape, input)
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      'content-type': `application/x-amz-json-${model.metadata.jsonVersion ?? '1.1'}`,
      'x-amz-target': `${model.metadata.targetPrefix}.${operation.name}`,
    },
    body: JSON.stringify(body),
  }
}

export const awsJson: Protocol = {
  readInput(model, operation, request) {
    const value = parseJsonBody(request.body)
    if (operation.input === undefined) return {}
    return readJson(model, operation.input.shape, value) as Record<string, unknown>
  },

  writeOutput(model, operation, output) {
    const body = operation.output === undefined ? {} : writeJson(model, operation.output.shape, output ?? {})
    return { status: 200, headers: { 'content-type': AWS_JSON_TYPE }, body: JSON.stringify(body) }
  },

  writeError(failure) {
    return writeJsonError(failure, AWS_JSON_TYPE)
  },

  writeInput,

  readOutput(model, operation, response) {
    if (operation.output === undefined || response.body === '') return {}
    return readJsonAnswer(model, operation.output.shape, parseJson(response.body)) as Record<string, unknown>
  },
  readError: readJsonError,
}
