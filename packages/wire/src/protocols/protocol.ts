/** The protocol that a model names. */

import type { ProtocolName, ServiceModel } from '../model/service-model.ts'
import { awsJson } from './aws-json.ts'
import { awsQuery } from './aws-query.ts'
import type { Protocol } from './message.ts'
import { restJson } from './rest-json.ts'

const protocols: Readonly<Record<ProtocolName, Protocol>> = { json: awsJson, 'rest-json': restJson, query: awsQuery }

export function protocolOf(model: ServiceModel): Protocol {
  return protocols[model.metadata.protocol]
}
