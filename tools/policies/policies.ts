/** The predefined policies: what each one is for, as a selection of actions. */

import { type Action, compact, type Patterns } from './actions.ts'
import { allOf, anyOf, auditing, named, networking, reading, readingOf, viewing } from './selections.ts'

interface WrittenStatement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions?: Patterns
  readonly notActions?: Patterns
  readonly resource?: string
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface WrittenPolicy {
  readonly arn: string
  readonly statements: readonly WrittenStatement[]
}

const READS = 'Describe* Get* List* Search*'
/** What `mayfly` tells of people, and what of the audit trail and the settings. */
const PEOPLE_READS = 'DescribeUserAccess ListEffectiveAccess* ListUserSessions Search'
const PEOPLE = `${PEOPLE_READS} DeleteUserMfaDevice EndUserSession* InviteUser ResetUser* SetUserStatus UnlockUser`

/** How a policy is written down: from selections of these actions. */
function createWriter(actions: readonly Action[]) {
  return {
    allow: (...selections: Parameters<typeof anyOf>): WrittenStatement => ({
      effect: 'Allow',
      actions: compact(actions, anyOf(...selections)),
    }),
    name: (...names: string[]) => named(actions, ...names),
    mayfly: (patterns: string): WrittenStatement => ({ effect: 'Allow', actions: { mayfly: patterns } }),
    policy: (path: string, ...statements: WrittenStatement[]): WrittenPolicy => ({
      arn: `arn:aws:iam::aws:policy/${path}`,
      statements,
    }),
  }
}

type Writer = ReturnType<typeof createWriter>

/** Those for whole jobs first, then those for administration. */
export function writePolicies(actions: readonly Action[]): WrittenPolicy[] {
  const writer = createWriter(actions)
  return [...writeJobPolicies(writer), ...writeAdministrationPolicies(writer)]
}

function writeJobPolicies({ allow, name, mayfly, policy }: Writer): WrittenPolicy[] {
  return [
    policy('AdministratorAccess', { effect: 'Allow', actions: { '*': '*' } }),
    policy('AWSDenyAll', { effect: 'Deny', actions: { '*': '*' } }),
    policy(
      'PowerUserAccess',
      { effect: 'Allow', notActions: { account: '*', iam: '*', mayfly: '*', organizations: '*' } },
      allow(
        name('account:GetAccountInformation', 'account:GetPrimaryEmail', 'account:ListRegions'),
        name('iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles'),
        name('organizations:DescribeEffectivePolicy', 'organizations:DescribeOrganization'),
      ),
    ),
    policy('ReadOnlyAccess', allow(reading), mayfly(READS)),
    policy('job-function/ViewOnlyAccess', allow(viewing), mayfly(PEOPLE_READS)),
    policy('SecurityAudit', allow(auditing), mayfly(READS)),
    policy('job-function/Billing', allow(allOf(...BILLING), name('account:GetAccountInformation'))),
    policy('job-function/SupportUser', allow(allOf(...SUPPORT), viewing)),
    policy(
      'job-function/SystemAdministrator',
      allow(allOf(...SYSTEM), readingOf(...AROUND_SYSTEMS)),
      passRole('ec2.amazonaws.com'),
    ),
    policy(
      'job-function/NetworkAdministrator',
      allow(allOf(...NETWORK), networking, readingOf('ec2', 'acm', 'logs', 'cloudwatch', 'autoscaling', 'wafv2')),
    ),
    policy(
      'job-function/DatabaseAdministrator',
      allow(allOf(...DATABASE), readingOf('cloudwatch', 'logs', 'sns'), name(...AROUND_DATABASES)),
      passRole('rds.amazonaws.com'),
    ),
    policy(
      'job-function/DataScientist',
      allow(allOf(...DATA), readingOf('cloudformation', 'logs', 'sns'), name(...AROUND_DATA)),
      passRole('sagemaker.amazonaws.com'),
    ),
  ]
}

function writeAdministrationPolicies({ allow, name, mayfly, policy }: Writer): WrittenPolicy[] {
  const organizationReads = readingOf('organizations')
  return [
    policy('IAMFullAccess', allow(allOf('iam'), organizationReads)),
    policy(
      'IAMReadOnlyAccess',
      allow((action) => action.service === 'iam' && auditing(action)),
    ),
    policy('AWSSSOReadOnly', allow(readingOf('sso', 'ds'), name('iam:ListPolicies'), organizationReads), mayfly(READS)),
    policy('AWSSSODirectoryReadOnly', allow(readingOf(...DIRECTORY)), mayfly(PEOPLE_READS)),
    policy(
      'AWSSSODirectoryAdministrator',
      allow(allOf(...DIRECTORY), name('sso:ListDirectoryAssociations')),
      mayfly(PEOPLE),
    ),
    policy(
      'AWSSSOMasterAccountAdministrator',
      allow(allOf('sso', 'ds', ...DIRECTORY), name('iam:ListPolicies', ...TRUSTED_ACCESS), organizationReads),
      createServiceLinkedRole('sso.amazonaws.com'),
      mayfly('*'),
    ),
    policy(
      'AWSSSOMemberAccountAdministrator',
      allow(allOf('sso', ...DIRECTORY), name('iam:ListPolicies'), organizationReads),
      mayfly('*'),
    ),
    policy(
      'AWSOrganizationsFullAccess',
      allow(allOf('organizations', 'account')),
      createServiceLinkedRole('organizations.amazonaws.com'),
    ),
    policy('AWSOrganizationsReadOnlyAccess', allow(organizationReads, readingOf('account'))),
  ]
}

const passRole = (service: string): WrittenStatement => ({
  effect: 'Allow',
  actions: { iam: 'PassRole' },
  condition: { StringEquals: { 'iam:PassedToService': service } },
})

const createServiceLinkedRole = (service: string): WrittenStatement => ({
  effect: 'Allow',
  actions: { iam: 'CreateServiceLinkedRole' },
  condition: { StringEquals: { 'iam:AWSServiceName': service } },
})

const DIRECTORY = ['sso-directory', 'identitystore', 'identitystore-auth']
const TRUSTED_ACCESS = ['organizations:EnableAWSServiceAccess', 'organizations:DisableAWSServiceAccess']

const BILLING =
  'aws-portal bcm-dashboards bcm-data-exports bcm-pricing-calculator bcm-recommended-actions billing billingconductor budgets ce consolidatedbilling cost-optimization-hub cur freetier invoicing payments pricing purchase-orders savingsplans sustainability tax'.split(
    ' ',
  )
const SUPPORT = ['support', 'support-console', 'supportapp', 'supportplans', 'trustedadvisor', 'health']
const SYSTEM =
  'application-autoscaling autoscaling autoscaling-plans cloudformation cloudwatch codedeploy codepipeline config ec2 elasticfilesystem elasticloadbalancing events lambda logs resource-groups route53 route53domains s3 sns sqs ssm tag'.split(
    ' ',
  )
const AROUND_SYSTEMS =
  'acm backup cloudtrail codecommit dynamodb ecr ecs health iam inspector inspector2 kinesis kms rds servicequotas storagegateway trustedadvisor'.split(
    ' ',
  )
const NETWORK =
  'cloudfront directconnect elasticloadbalancing globalaccelerator network-firewall networkflowmonitor networkmanager networkmonitor internetmonitor route53 route53domains route53profiles route53resolver vpc-lattice'.split(
    ' ',
  )
const DATABASE =
  'cassandra datapipeline dax docdb-elastic dsql dynamodb elasticache memorydb neptune-db neptune-graph qldb rds rds-data redshift redshift-data redshift-serverless timestream timestream-influxdb'.split(
    ' ',
  )
const AROUND_DATABASES = [
  'cloudwatch:DeleteAlarms',
  'cloudwatch:PutMetricAlarm',
  'ec2:DescribeAccountAttributes',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'iam:GetRole',
  'iam:ListRoles',
  'kms:ListAliases',
  'lambda:ListFunctions',
  's3:ListAllMyBuckets',
  'sns:CreateTopic',
  'sns:Subscribe',
]
const DATA =
  'athena cloudwatch databrew datapipeline datazone dynamodb elasticmapreduce emr-containers emr-serverless firehose glue kinesis kinesisanalytics machinelearning quicksight rds-data redshift-data s3 sagemaker sdb'.split(
    ' ',
  )
const AROUND_DATA = [
  'ec2:DescribeInstances',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'iam:GetRole',
  'iam:ListRoles',
  'kms:ListAliases',
  'lambda:ListFunctions',
]
