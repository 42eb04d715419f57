/** What a published model can say: metadata, operations, shapes, pagination (botocore's `service-2.json`, without prose). */

export type ServiceName =
  | 'sso'
  | 'sso-oidc'
  | 'sts'
  | 'sso-admin'
  | 'identitystore'
  | 'organizations'
  | 'iam'
  | 'signin'
  | 'mayfly'

export type ProtocolName = 'json' | 'rest-json' | 'query'

export interface ShapeReference {
  readonly shape: string
  /** Where a REST member travels; without it, in the body. */
  readonly location?: 'header' | 'querystring'
  /** The member's name on the wire. */
  readonly locationName?: string
  readonly idempotencyToken?: boolean
}

export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'integer'
    | 'long'
    | 'boolean'
    | 'timestamp'
    | 'blob'
    | 'float'
    | 'double'
  readonly members?: Readonly<Record<string, ShapeReference>>
  readonly required?: readonly string[]
  readonly member?: ShapeReference
  readonly key?: ShapeReference
  readonly value?: ShapeReference
  readonly enum?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  /** Never echoed, never logged. */
  readonly sensitive?: boolean
  /** Exactly one member is set. */
  readonly union?: boolean
  /** Free-form JSON. */
  readonly document?: boolean
  /** The member that is the whole REST body. */
  readonly payload?: string
  readonly exception?: boolean
  readonly fault?: boolean
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean }
}

export interface OperationModel {
  readonly name: string
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number }
  readonly input?: { readonly shape: string }
  readonly output?: { readonly shape: string; readonly resultWrapper?: string }
  readonly errors?: readonly { readonly shape: string }[]
  readonly auth?: readonly string[]
  readonly authtype?: string
}

export interface Pagination {
  readonly input_token?: string | readonly string[]
  readonly output_token?: string | readonly string[]
  readonly limit_key?: string
  readonly result_key?: string | readonly string[]
}

export interface ServiceModel {
  readonly metadata: {
    readonly apiVersion: string
    readonly endpointPrefix: string
    readonly protocol: ProtocolName
    readonly serviceId: string
    readonly signingName?: string
    readonly targetPrefix?: string
    readonly jsonVersion?: string
    readonly xmlNamespace?: string
  }
  readonly operations: Readonly<Record<string, OperationModel>>
  readonly shapes: Readonly<Record<string, Shape>>
  readonly pagination?: Readonly<Record<string, Pagination>>
}

/** The shape of that name. The models are closed: a name without a shape is a broken model. */
export function getShape(model: ServiceModel, name: string): Shape {
  const shape = Object.hasOwn(model.shapes, name) ? model.shapes[name] : undefined
  if (shape === undefined) throw new Error(`The model of ${model.metadata.serviceId} has no shape ${name}.`)
  return shape
}

/** The operation of that name in AWS's spelling, or undefined. */
export function findOperation(model: ServiceModel, name: string): OperationModel | undefined {
  return Object.hasOwn(model.operations, name) ? model.operations[name] : undefined
}

/** As `findOperation`, for a name that our own code holds. */
export function getOperation(model: ServiceModel, name: string): OperationModel {
  const operation = findOperation(model, name)
  if (operation === undefined) throw new Error(`${model.metadata.serviceId} has no operation ${name}.`)
  return operation
}

/** True where AWS asks for no signature (the portal, most of OIDC, the web identity calls). */
export function isUnsigned(operation: OperationModel): boolean {
  return operation.authtype === 'none' || operation.auth?.includes('smithy.api#noAuth') === true
}

/** The service name in a signature's credential scope. */
export function signingNameOf(model: ServiceModel): string {
  return model.metadata.signingName ?? model.metadata.endpointPrefix
}
