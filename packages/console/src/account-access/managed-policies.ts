/** Policies that AWS manages: those that this server has documents for, and those that a predefined permission set is made of. */

const managed = (path: string) => `arn:aws:iam::aws:policy/${path}`

/** A permission set of the same name, for an hour (specification §3.5). */
export interface Predefined {
  name: string
  policyArn: string
  description: string
}

const predefined = (path: string, description: string): Predefined => ({
  name: path.split('/').at(-1) ?? path,
  policyArn: managed(path),
  description,
})

export const PREDEFINED: readonly Predefined[] = [
  predefined('AdministratorAccess', 'Everything, everywhere in the account'),
  predefined('PowerUserAccess', 'Everything but users, roles and permissions'),
  predefined('ReadOnlyAccess', 'To read everything, data included'),
  predefined('job-function/ViewOnlyAccess', 'To list what is there, without its content'),
  predefined('SecurityAudit', 'To read the settings that an audit looks at'),
  predefined('job-function/Billing', 'Bills, budgets and payment'),
  predefined('job-function/SupportUser', 'To look into problems and talk to support'),
  predefined('job-function/SystemAdministrator', 'Servers, databases and their monitoring'),
  predefined('job-function/NetworkAdministrator', 'Networks and what connects them'),
  predefined('job-function/DatabaseAdministrator', 'Databases and their backups'),
  predefined('job-function/DataScientist', 'Data lakes, notebooks and analysis'),
]

export const MANAGED_POLICIES: readonly string[] = [
  ...PREDEFINED.map(({ policyArn }) => policyArn),
  ...[
    'IAMFullAccess',
    'IAMReadOnlyAccess',
    'AWSSSOReadOnly',
    'AWSSSODirectoryReadOnly',
    'AWSSSODirectoryAdministrator',
    'AWSSSOMasterAccountAdministrator',
    'AWSSSOMemberAccountAdministrator',
    'AWSOrganizationsFullAccess',
    'AWSOrganizationsReadOnlyAccess',
  ].map(managed),
]

/** Whether a text is the ARN of a policy that AWS manages, in any partition. */
export function isManagedPolicyArn(text: string): boolean {
  return /^arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)$/.test(text)
}

export function policyNameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn
}
