/** AWS Query: a form with `Action` and `Version` in, XML out. */

import { ServiceException } from '../model/service-exception.ts'
import type { OperationModel, ServiceModel } from '../model/service-model.ts'
import { encodeComponent, parseForm } from './form.ts'
import type { Failure, IncomingResponse, OutgoingRequest, Protocol, WireRequest, WireResponse } from './message.ts'
import { readQuery, writeQuery } from './query-value.ts'
import { decodeUtf8, harmlessText } from './text.ts'
import { element, escapeXml, findChild, parseXml } from './xml.ts'
import { readXmlStructure, writeXmlStructure } from './xml-value.ts'

const XML_TYPE = 'text/xml'
const FORM_TYPE = 'application/x-www-form-urlencoded; charset=utf-8'

/** The form of a Query request: the body of a POST, the query of a GET. */
export function parseQueryForm(request: WireRequest): Map<string, string> {
  const text = request.method === 'POST' && request.body.length > 0 ? decodeUtf8(request.body) : request.rawQuery
  return parseForm(text)
}

function namespaceOf(model: ServiceModel | undefined): string {
  return model?.metadata.xmlNamespace ?? 'https://sts.amazonaws.com/doc/2011-06-15/'
}

function writeOutput(model: ServiceModel, operation: OperationModel, output: unknown, requestId: string): WireResponse {
  const result =
    operation.output === undefined
      ? ''
      : element(
          operation.output.resultWrapper ?? `${operation.name}Result`,
          writeXmlStructure(model, operation.output.shape, (output ?? {}) as Readonly<Record<string, unknown>>),
        )
  const metadata = element('ResponseMetadata', element('RequestId', escapeXml(requestId)))
  const name = `${operation.name}Response`
  const body = `<${name} xmlns="${escapeXml(namespaceOf(model))}">${result}${metadata}</${name}>`
  return { status: 200, headers: { 'content-type': XML_TYPE }, body }
}

function writeError({ model, error, status, requestId }: Failure): WireResponse {
  const shape = model !== undefined && Object.hasOwn(model.shapes, error.name) ? model.shapes[error.name] : undefined
  const details = [
    element('Type', status >= 500 ? 'Receiver' : 'Sender'),
    element('Code', escapeXml(shape?.error?.code ?? error.name)),
    element('Message', escapeXml(error.message)),
  ]
  const content = element('Error', details.join('')) + element('RequestId', escapeXml(requestId))
  const body = `<ErrorResponse xmlns="${escapeXml(namespaceOf(model))}">${content}</ErrorResponse>`
  return { status, headers: { 'content-type': XML_TYPE }, body }
}

function writeInput(
  model: ServiceModel,
  operation: OperationModel,
  input: Readonly<Record<string, unknown>>,
): OutgoingRequest {
  const fields = new Map([
    ['Action', operation.name],
    ['Version', model.metadata.apiVersion],
  ])
  if (operation.input !== undefined) writeQuery(model, operation.input.shape, input, '', fields)
  const body = [...fields].map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`).join('&')
  return { method: 'POST', path: '/', query: '', headers: { 'content-type': FORM_TYPE }, body }
}

function readError(response: IncomingResponse): ServiceException {
  const root = parseXml(response.body)
  const details = findChild(root, 'Error') ?? findChild(findChild(root, 'Errors'), 'Error')
  const code = findChild(details, 'Code')?.text.trim() ?? ''
  // It is shown on terminals: what no exception is called is none.
  const name = /^[\w.-]{1,128}$/.test(code) ? code : `Http${response.status}`
  return new ServiceException(name, harmlessText(findChild(details, 'Message')?.text ?? ''), {
    statusCode: response.status,
    fault: response.status >= 500 ? 'server' : 'client',
  })
}

export const awsQuery: Protocol = {
  readInput(model, operation, request) {
    const form = parseQueryForm(request)
    return operation.input === undefined ? {} : readQuery(model, operation.input.shape, form)
  },

  writeOutput,
  writeError,
  writeInput,

  readOutput(model, operation, response) {
    if (operation.output === undefined) return {}
    const root = parseXml(response.body)
    const result = findChild(root, operation.output.resultWrapper ?? `${operation.name}Result`)
    if (result === undefined)
      throw new ServiceException('SerializationException', 'The answer is not the XML expected.')
    return readXmlStructure(model, operation.output.shape, result)
  },
  readError,
}
