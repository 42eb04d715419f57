import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { parsePolicy } from './parse-policy.ts'
import { findPredefinedPolicy, listPredefinedPolicies } from './predefined-policies.ts'

const managed = (path: string) => {
  const found = findPredefinedPolicy(`arn:aws:iam::aws:policy/${path}`)
  if (!found) throw new Error(`There is no ${path}.`)
  return parsePolicy(found.document, 'identity')
}

const allows = (path: string, action: string): boolean =>
  evaluate({ action, resource: '*', context: new Map() }, { identity: [managed(path)] }).allowed

/** What each policy must allow, and what it must not: the point of its name. */
const PROBES: Readonly<Record<string, { readonly yes: string; readonly no: string }>> = {
  AdministratorAccess: {
    yes: 's3:PutObject iam:CreateUser organizations:CloseAccount sso:CreatePermissionSet mayfly:ResetUserMfa kms:Decrypt',
    no: '',
  },
  AWSDenyAll: { yes: '', no: 's3:GetObject sso:ListInstances sts:AssumeRole' },
  PowerUserAccess: {
    yes: 's3:PutObject ec2:RunInstances iam:CreateServiceLinkedRole iam:ListRoles organizations:DescribeOrganization account:ListRegions lambda:InvokeFunction',
    no: 'iam:CreateUser iam:PutRolePolicy organizations:CloseAccount organizations:ListAccounts account:PutContactInformation mayfly:SetUserStatus',
  },
  ReadOnlyAccess: {
    yes: 's3:GetObject s3:ListAllMyBuckets ec2:DescribeInstances iam:GetRole iam:ListRoles dynamodb:Query sso:ListPermissionSets sso:DescribePermissionSet identitystore:ListUsers organizations:ListAccounts sts:GetCallerIdentity mayfly:ListUserSessions mayfly:Search logs:FilterLogEvents',
    no: 's3:PutObject s3:DeleteBucket ec2:RunInstances iam:CreateRole dynamodb:PutItem sso:CreatePermissionSet identitystore:CreateUser organizations:CreateAccount sts:AssumeRole secretsmanager:GetSecretValue ec2:GetPasswordData kms:Decrypt mayfly:ResetUserPassword lambda:InvokeFunction bedrock:InvokeModel states:RevealSecrets sagemaker:InvokeEndpoint codeconnections:GetConnectionToken eks-auth:AssumeRoleForPodIdentity',
  },
  'job-function/ViewOnlyAccess': {
    yes: 's3:ListAllMyBuckets ec2:DescribeInstances iam:ListRoles rds:DescribeDBInstances lambda:ListFunctions dynamodb:ListTables sso:ListInstances',
    no: 's3:GetObject dynamodb:GetItem dynamodb:Scan lambda:GetFunction s3:PutObject logs:GetLogEvents ssm:GetParameter',
  },
  SecurityAudit: {
    yes: 'iam:GetAccountAuthorizationDetails iam:GenerateCredentialReport iam:SimulatePrincipalPolicy s3:GetBucketPolicy s3:GetEncryptionConfiguration ec2:DescribeSecurityGroups kms:GetKeyPolicy cloudtrail:GetTrailStatus organizations:ListPolicies mayfly:ListAuditEvents',
    no: 's3:GetObject dynamodb:GetItem iam:CreateUser ec2:RunInstances secretsmanager:GetSecretValue kms:Decrypt sqs:ReceiveMessage',
  },
  'job-function/Billing': {
    yes: 'aws-portal:ViewBilling ce:GetCostAndUsage budgets:ModifyBudget payments:MakePayment tax:PutTaxRegistration account:GetAccountInformation',
    no: 'ec2:DescribeInstances s3:GetObject iam:ListUsers organizations:ListAccounts mayfly:Search',
  },
  'job-function/SupportUser': {
    yes: 'support:CreateCase support:DescribeCases trustedadvisor:ListChecks ec2:DescribeInstances',
    no: 's3:GetObject ec2:RunInstances iam:CreateUser',
  },
  'job-function/SystemAdministrator': {
    yes: 'ec2:RunInstances cloudwatch:PutMetricAlarm cloudformation:CreateStack iam:GetRole ssm:SendCommand',
    no: 'iam:CreateUser iam:PutRolePolicy organizations:CreateAccount sso:CreatePermissionSet iam:PassRole kms:Decrypt rds:DeleteDBInstance',
  },
  'job-function/NetworkAdministrator': {
    yes: 'ec2:CreateVpc ec2:AuthorizeSecurityGroupIngress route53:ChangeResourceRecordSets directconnect:CreateConnection ec2:DescribeInstances cloudfront:CreateDistribution',
    no: 'ec2:RunInstances ec2:TerminateInstances s3:GetObject iam:CreateRole',
  },
  'job-function/DatabaseAdministrator': {
    yes: 'rds:CreateDBInstance dynamodb:DeleteTable redshift:CreateCluster elasticache:CreateCacheCluster cloudwatch:PutMetricAlarm',
    no: 'ec2:RunInstances iam:CreateRole s3:PutObject',
  },
  'job-function/DataScientist': {
    yes: 'sagemaker:CreateTrainingJob elasticmapreduce:RunJobFlow s3:PutObject athena:StartQueryExecution glue:CreateJob',
    no: 'iam:CreateRole ec2:TerminateInstances organizations:ListAccounts',
  },
  IAMFullAccess: {
    yes: 'iam:CreateUser iam:DeleteRole organizations:ListRoots',
    no: 'organizations:CreateAccount s3:GetObject sts:AssumeRole',
  },
  IAMReadOnlyAccess: {
    yes: 'iam:GetUser iam:ListPolicies iam:SimulateCustomPolicy',
    no: 'iam:CreateUser iam:PassRole s3:GetObject',
  },
  AWSSSOReadOnly: {
    yes: 'sso:ListPermissionSets sso:DescribeInstance organizations:DescribeOrganization mayfly:GetSettings',
    no: 'sso:CreatePermissionSet identitystore:CreateUser organizations:CreateAccount mayfly:UpdateSettings',
  },
  AWSSSODirectoryReadOnly: {
    yes: 'identitystore:ListUsers identitystore:DescribeUser sso-directory:SearchUsers mayfly:DescribeUserAccess',
    no: 'identitystore:CreateUser sso:ListPermissionSets mayfly:InviteUser mayfly:ListAuditEvents',
  },
  AWSSSODirectoryAdministrator: {
    yes: 'identitystore:CreateUser identitystore:DeleteGroup sso-directory:UpdatePassword mayfly:InviteUser mayfly:EndUserSessions mayfly:ResetUserMfa',
    no: 'sso:CreatePermissionSet sso:CreateAccountAssignment mayfly:UpdateSettings',
  },
  AWSSSOMasterAccountAdministrator: {
    yes: 'sso:CreateAccountAssignment identitystore:CreateUser organizations:ListAccounts organizations:EnableAWSServiceAccess mayfly:UpdateSettings',
    no: 'organizations:CloseAccount iam:CreateUser s3:GetObject iam:CreateServiceLinkedRole',
  },
  AWSSSOMemberAccountAdministrator: {
    yes: 'sso:CreateAccountAssignment identitystore:CreateUser organizations:ListAccounts',
    no: 'organizations:EnableAWSServiceAccess iam:CreateUser s3:GetObject',
  },
  AWSOrganizationsFullAccess: {
    yes: 'organizations:CreateAccount organizations:AttachPolicy account:PutAlternateContact',
    no: 'iam:CreateUser s3:GetObject',
  },
  AWSOrganizationsReadOnlyAccess: {
    yes: 'organizations:ListAccounts organizations:DescribePolicy',
    no: 'organizations:CreateAccount account:PutAlternateContact',
  },
}

const actionsIn = (text: string): string[] => text.split(' ').filter((action) => action !== '')

const probes = Object.entries(PROBES).flatMap(([policy, { yes, no }]) => [
  ...actionsIn(yes).map((action) => ({ policy, action, answer: true })),
  ...actionsIn(no).map((action) => ({ policy, action, answer: false })),
])

test.each(probes)('$policy and $action: $answer', ({ policy, action, answer }) => {
  expect(allows(policy, action)).toBe(answer)
})

test('every predefined policy is probed, and counts in every partition', () => {
  const paths = listPredefinedPolicies().map(({ arn }) => arn.replace('arn:aws:iam::aws:policy/', ''))
  expect(paths.toSorted()).toEqual(Object.keys(PROBES).toSorted())
  expect(findPredefinedPolicy('arn:aws-cn:iam::aws:policy/ReadOnlyAccess')?.name).toBe('ReadOnlyAccess')
  expect(findPredefinedPolicy('arn:aws:iam::aws:policy/AmazonS3FullAccess')).toBeUndefined()
})

test('roles are passed to the one service that the job is about', () => {
  const request = (service: string) => ({
    action: 'iam:PassRole',
    resource: 'arn:aws:iam::111122223333:role/x',
    context: new Map([['iam:passedtoservice', [service]]]),
  })
  const identity = [managed('job-function/SystemAdministrator')]
  expect(evaluate(request('ec2.amazonaws.com'), { identity }).allowed).toBe(true)
  expect(evaluate(request('lambda.amazonaws.com'), { identity }).allowed).toBe(false)
})
