/** Refusals for services that are not served, in the XML that their clients read: a bare AWS_ENDPOINT_URL sends us S3 too (§1.6). */

import { ServiceException } from '../model/service-exception.ts'
import type { WireRequest, WireResponse } from './message.ts'
import { element, escapeXml } from './xml.ts'

const XML_TYPE = 'application/xml'

/** How errors look in XML: bare for S3, in two wrappings for EC2, in one for Route 53 and CloudFront. */
type Dialect = 'bare' | 'ec2' | 'wrapped'

/** By the name that requests are signed for. Services that are not here read what our own services write. */
const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ['s3', 'bare'],
  ['s3express', 'bare'],
  ['s3-object-lambda', 'bare'],
  ['s3-outposts', 'bare'],
  ['ec2', 'ec2'],
  ['route53', 'wrapped'],
  ['cloudfront', 'wrapped'],
])

/** The service in the credential scope of a signature, in a header or in the query; undefined when there is none. */
export function signedServiceOf({ headers, rawQuery }: WireRequest): string | undefined {
  const inHeader = /\bCredential=[^/,\s]+\/\d{8}\/[^/,\s]*\/([a-z0-9-]{1,64})\/aws4_request/
  const inQuery =
    /(?:^|&)X-Amz-Credential=[^&%/]+(?:%2F|\/)\d{8}(?:%2F|\/)[^&%/]*(?:%2F|\/)([a-z0-9-]{1,64})(?:%2F|\/)/i
  return inHeader.exec(String(headers['authorization'] ?? ''))?.[1] ?? inQuery.exec(rawQuery)?.[1]
}

/** Tells whoever set one variable too many which service he has reached, and which variables would have been enough. */
export function foreignServiceException(service: string, unknown: ServiceException): ServiceException {
  const message = `Nothing here answers what is signed for ${service}. AWS_ENDPOINT_URL sends every service here: set AWS_ENDPOINT_URL_SSO, AWS_ENDPOINT_URL_SSO_OIDC and AWS_ENDPOINT_URL_STS in its place.`
  // To S3 clients 404 says that an object is not there, and some then write it; HEAD has nothing but the status to say it.
  return DIALECTS.get(service) === 'bare'
    ? new ServiceException('NotImplemented', message, { statusCode: 501 })
    : new ServiceException(
        unknown.name,
        message,
        unknown.statusCode === undefined ? {} : { statusCode: unknown.statusCode },
      )
}

/** The answer, when the service that the request was signed for reads an XML of its own. */
export function writeForeignError(
  service: string | undefined,
  { name, message }: ServiceException,
  { status, requestId }: { readonly status: number; readonly requestId: string },
): WireResponse | undefined {
  const dialect = service === undefined ? undefined : DIALECTS.get(service)
  if (dialect === undefined) return undefined
  const type = dialect === 'wrapped' ? element('Type', status >= 500 ? 'Receiver' : 'Sender') : ''
  const details = type + element('Code', escapeXml(name)) + element('Message', escapeXml(message))
  const id = escapeXml(requestId)
  const bodies: Readonly<Record<Dialect, string>> = {
    bare: element('Error', details + element('RequestId', id)),
    ec2: element('Response', element('Errors', element('Error', details)) + element('RequestID', id)),
    wrapped: element('ErrorResponse', element('Error', details) + element('RequestId', id)),
  }
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${bodies[dialect]}`
  return { status, headers: { 'content-type': XML_TYPE, 'x-amz-request-id': requestId }, body }
}
