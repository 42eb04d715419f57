/** Pipelines: their forge vouches for them with a token (OpenID Connect), and no secret is kept anywhere. */

import { roleSnippets, type TrustedPrincipal } from './role-commands.ts'
import { type RolePlace, roleArnOf, type Snippet, stsAudience } from './snippet.ts'

interface Issuer {
  /** Without `https://`. */
  readonly issuer: string
  readonly audience: string
  readonly subject: string
}

const trustedIssuer = (place: RolePlace, { issuer, audience, subject }: Issuer): TrustedPrincipal => ({
  principal: { Federated: `arn:${place.partition}:iam::${place.accountId}:oidc-provider/${issuer}` },
  actions: ['sts:AssumeRoleWithWebIdentity'],
  condition: subject.includes('*')
    ? { StringEquals: { [`${issuer}:aud`]: audience }, StringLike: { [`${issuer}:sub`]: subject } }
    : { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
})

/** What the forge itself calls the repository. Where the remote is another forge's, it is a mirror, and nobody knows. */
function ownRemote({ remote }: RolePlace, others: RegExp): RolePlace['remote'] {
  return remote && others.test(remote.host) ? undefined : remote
}

const createProvider = ({ issuer, audience }: Issuer): string =>
  `aws iam create-open-id-connect-provider --url https://${issuer} --client-id-list ${audience}`

/** docs.github.com, "Configuring OpenID Connect in Amazon Web Services". */
export function githubSnippets(place: RolePlace): readonly Snippet[] {
  const machine = 'github-actions'
  const title = 'GitHub Actions'
  const audience = stsAudience(place)
  const issuer: Issuer = {
    issuer: 'token.actions.githubusercontent.com',
    audience,
    subject: `repo:${ownRemote(place, /^(gitlab|bitbucket)\./)?.path ?? 'OWNER/REPOSITORY'}:ref:refs/heads/main`,
  }
  const lines = [
    'jobs:',
    '  deploy:',
    '    permissions:',
    '      id-token: write',
    '      contents: read',
    '    steps:',
    '      - uses: aws-actions/configure-aws-credentials@v5',
    '        with:',
    `          role-to-assume: ${roleArnOf(place)}`,
    `          aws-region: ${place.region}`,
    ...(audience === 'sts.amazonaws.com' ? [] : [`          audience: ${audience}`]),
  ]
  return [
    ...roleSnippets(place, { machine, title, trusted: trustedIssuer(place, issuer), before: [createProvider(issuer)] }),
    { machine, heading: `${title}: in the workflow, in place of the key`, language: 'yaml', lines },
  ]
}

/** docs.gitlab.com, "OpenID Connect (OIDC) Authentication Using ID Tokens". */
export function gitlabSnippets(place: RolePlace): readonly Snippet[] {
  const machine = 'gitlab-ci'
  const title = 'GitLab CI'
  const { host, path } = ownRemote(place, /^(github|bitbucket)\./) ?? { host: 'gitlab.com', path: 'GROUP/PROJECT' }
  const issuer: Issuer = {
    issuer: host,
    audience: `https://${host}`,
    subject: `project_path:${path}:ref_type:branch:ref:main`,
  }
  const lines = [
    'deploy:',
    '  id_tokens:',
    '    AWS_TOKEN:',
    `      aud: ${issuer.audience}`,
    '  variables:',
    `    AWS_ROLE_ARN: ${roleArnOf(place)}`,
    `    AWS_REGION: ${place.region}`,
    '  before_script:',
    '    - export AWS_WEB_IDENTITY_TOKEN_FILE="$(mktemp)"',
    `    - printf '%s' "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"`,
  ]
  return [
    ...roleSnippets(place, { machine, title, trusted: trustedIssuer(place, issuer), before: [createProvider(issuer)] }),
    { machine, heading: `${title}: in .gitlab-ci.yml, in place of the key`, language: 'yaml', lines },
  ]
}

/** developer.hashicorp.com, "Use dynamic credentials with the AWS provider". */
export function terraformCloudSnippets(place: RolePlace): readonly Snippet[] {
  const machine = 'terraform-cloud'
  const title = 'HCP Terraform'
  const issuer: Issuer = {
    issuer: 'app.terraform.io',
    audience: 'aws.workload.identity',
    subject: 'organization:ORGANIZATION:project:PROJECT:workspace:WORKSPACE:run_phase:*',
  }
  const lines = ['TFC_AWS_PROVIDER_AUTH=true', `TFC_AWS_RUN_ROLE_ARN=${roleArnOf(place)}`]
  return [
    ...roleSnippets(place, { machine, title, trusted: trustedIssuer(place, issuer), before: [createProvider(issuer)] }),
    { machine, heading: `${title}: variables of the workspace, in place of the key`, language: 'text', lines },
  ]
}

/** Any other forge that issues tokens: Bitbucket, CircleCI, Buildkite … */
export function otherPipelineSnippets(place: RolePlace): readonly Snippet[] {
  const machine = 'other-ci'
  const title = 'A pipeline with OpenID Connect'
  const issuer: Issuer = { issuer: 'ISSUER', audience: 'AUDIENCE', subject: 'SUBJECT' }
  const lines = [
    `AWS_ROLE_ARN=${roleArnOf(place)}`,
    'AWS_WEB_IDENTITY_TOKEN_FILE=FILE_THAT_HOLDS_THE_TOKEN_OF_THE_JOB',
    `AWS_REGION=${place.region}`,
  ]
  return [
    ...roleSnippets(place, { machine, title, trusted: trustedIssuer(place, issuer), before: [createProvider(issuer)] }),
    { machine, heading: `${title}: variables of the job, in place of the key`, language: 'text', lines },
  ]
}
