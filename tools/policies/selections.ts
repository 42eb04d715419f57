/** Which actions belong to reading, to looking without content, to an audit, to a network. */

import type { Action, Selection } from './actions.ts'

/** These do something, although AWS counts them as reads. */
const DOING = new Set(
  'Assume Call Complete Connect Create Execute Introspect Invoke Issue Receive Request Reveal Send Start'.split(' '),
)

/** What hands out a secret, or what stands for somebody. */
const SECRET =
  /^(Batch)?(Get|Download|Test).*(AccessKeys|AccessToken|AuthToken|Authorizer|BearerToken|ChallengePassword|ChatToken|ConnectionToken|Credentials?|DecryptedAPIKey|EmbedUrl|KeyPair|MasterUserPassword|Oauth2Token|PasswordData|PaymentToken|PresignedUrl|SecretValue|UserPassword)$/
const SECRETS = new Set([
  'amplifybackend:GetToken',
  'cognito-identity:GetCredentialsForIdentity',
  'cognito-identity:GetOpenIdToken',
  'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'cognito-idp:ListUserPoolClientSecrets',
  'lightsail:GetInstanceAccessDetails',
  'sts:GetFederationToken',
  'sts:GetServiceBearerToken',
  'sts:GetWebIdentityToken',
])

/** Everything that only reads, but for secrets. */
export const reading: Selection = ({ service, name, verb, reads }) =>
  reads && !DOING.has(verb) && !SECRET.test(name) && !SECRETS.has(`${service}:${name}`)

/** What there is and how it is set up, without what lies in it. */
export const viewing: Selection = (action) =>
  reading(action) && (action.lists || ['Describe', 'List'].includes(action.verb))

const AUDITED =
  /(Acl|Attributes?|Block|Certificate|Compliance|Config|Configuration|Context|Encryption|Evaluation|Findings?|Key|Location|Logging|Permissions?|Policies|Policy|Posture|Protection|Report|Role|Rotation|Rules?|Settings?|Status|Summary|Tagging|Tags|Trails?|Trust|Version|Versioning|Website)/

/** What an auditor needs: what is there, who may do what, and how it is guarded. */
export const auditing: Selection = (action) =>
  viewing(action) ||
  (reading(action) && action.verb === 'Get' && (AUDITED.test(action.name) || action.service === 'iam')) ||
  (action.service === 'iam' && ['Generate', 'Simulate'].includes(action.verb))

const NETWORK =
  /(Address|AssociateSubnet|CarrierGateway|ClassicLink|ClientVpn|CustomerGateway|DhcpOptions|FlowLogs?|InternetGateway|LocalGateway|ManagedPrefixList|NatGateway|NetworkAcl|NetworkInsights|NetworkInterface|PlacementGroup|RouteServer|RouteTable|Route$|SecurityGroup|Subnet|TrafficMirror|TransitGateway|VpcEndpoint|VpcPeering|Vpc$|VpcAttribute|VpcCidr|VpcTenancy|VpnConnection|VpnGateway|VgwRoutePropagation)/

/** The actions of ec2 that shape a network. */
export const networking: Selection = (action) => action.service === 'ec2' && NETWORK.test(action.name)

/** Everything of these services. */
export const allOf = (...services: string[]): Selection => {
  const wanted = new Set(services)
  return ({ service }) => wanted.has(service)
}

/** What these services are asked without changing anything. */
export const readingOf = (...services: string[]): Selection => {
  const wanted = new Set(services)
  return (action) => wanted.has(action.service) && reading(action)
}

/** These actions, by name; a name that is no action is told. */
export function named(actions: readonly Action[], ...names: string[]): Selection {
  const known = new Set(actions.map(({ service, name }) => `${service}:${name}`))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`AWS has no action ${unknown.join(', ')}`)
  const wanted = new Set(names)
  return ({ service, name }) => wanted.has(`${service}:${name}`)
}

export const anyOf =
  (...selections: Selection[]): Selection =>
  (action) =>
    selections.some((selection) => selection(action))
