/** Servers and containers: on AWS the place itself has a role; elsewhere a certificate stands in for one. */

import { roleSnippets } from './role-commands.ts'
import { jsonLines, type RolePlace, roleArnOf, type Snippet } from './snippet.ts'

/** In China some services have another ending; those below have the same everywhere, but EC2. */
const ec2Principal = ({ partition }: RolePlace): string =>
  partition === 'aws-cn' ? 'ec2.amazonaws.com.cn' : 'ec2.amazonaws.com'

/** Amazon EC2 User Guide, "IAM roles for Amazon EC2". */
export function instanceSnippets(place: RolePlace): readonly Snippet[] {
  const { roleName } = place
  return roleSnippets(place, {
    machine: 'server',
    title: 'A server on EC2',
    trusted: { principal: { Service: ec2Principal(place) }, actions: ['sts:AssumeRole'] },
    after: [
      `aws iam create-instance-profile --instance-profile-name ${roleName}`,
      `aws iam add-role-to-instance-profile --instance-profile-name ${roleName} --role-name ${roleName}`,
      `aws ec2 associate-iam-instance-profile --instance-id INSTANCE_ID --iam-instance-profile Name=${roleName}`,
    ],
  })
}

/** IAM Roles Anywhere User Guide: trust model, credential helper. */
export function anywhereSnippets(place: RolePlace): readonly Snippet[] {
  const { partition, accountId, region, roleName } = place
  const machine = 'server'
  const title = 'A server elsewhere (IAM Roles Anywhere)'
  const anchor = `arn:${partition}:rolesanywhere:${region}:${accountId}:trust-anchor/TRUST_ANCHOR_ID`
  const profile = `arn:${partition}:rolesanywhere:${region}:${accountId}:profile/PROFILE_ID`
  const helper = [
    'aws_signing_helper credential-process',
    '--certificate /etc/pki/tls/certs/HOST.pem',
    '--private-key /etc/pki/tls/private/HOST.key',
    `--trust-anchor-arn ${anchor}`,
    `--profile-arn ${profile}`,
    `--role-arn ${roleArnOf(place)}`,
  ]
  return [
    ...roleSnippets(place, {
      machine,
      title,
      trusted: {
        principal: { Service: 'rolesanywhere.amazonaws.com' },
        actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        condition: {
          ArnEquals: { 'aws:SourceArn': anchor },
          StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'HOST' },
        },
      },
      before: [
        `aws rolesanywhere create-trust-anchor --region ${region} --name own-ca --enabled --source "sourceType=CERTIFICATE_BUNDLE,sourceData={x509CertificateData=$(cat ca.pem)}"`,
      ],
      after: [
        `aws rolesanywhere create-profile --region ${region} --name ${roleName} --enabled --role-arns ${roleArnOf(place)}`,
      ],
    }),
    {
      machine,
      heading: `${title}: in ~/.aws/config of the server, in place of the key`,
      language: 'ini',
      lines: ['[default]', `region = ${region}`, `credential_process = ${helper.join(' ')}`],
    },
  ]
}

/** Amazon ECS Developer Guide, "Task IAM role". */
export function taskSnippets(place: RolePlace): readonly Snippet[] {
  const { accountId } = place
  return [
    ...roleSnippets(place, {
      machine: 'container',
      title: 'A container on ECS',
      trusted: {
        principal: { Service: 'ecs-tasks.amazonaws.com' },
        actions: ['sts:AssumeRole'],
        condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    }),
    {
      machine: 'container',
      heading: 'A container on ECS: in the task definition, in place of the key',
      language: 'json',
      lines: jsonLines({ taskRoleArn: roleArnOf(place) }),
    },
  ]
}

/** Amazon EKS User Guide, "Create IAM role with trust policy required by EKS Pod Identity". */
export function podSnippets(place: RolePlace): readonly Snippet[] {
  const { region } = place
  const machine = 'kubernetes'
  const title = 'A pod on EKS'
  const association = [
    'aws eks create-pod-identity-association',
    `--region ${region} --cluster-name CLUSTER --namespace NAMESPACE`,
    `--service-account SERVICE_ACCOUNT --role-arn ${roleArnOf(place)}`,
  ]
  return [
    ...roleSnippets(place, {
      machine,
      title,
      trusted: {
        principal: { Service: 'pods.eks.amazonaws.com' },
        actions: ['sts:AssumeRole', 'sts:TagSession'],
        condition: {
          StringEquals: {
            'aws:RequestTag/kubernetes-namespace': 'NAMESPACE',
            'aws:RequestTag/kubernetes-service-account': 'SERVICE_ACCOUNT',
          },
        },
      },
      after: [association.join(' ')],
    }),
    serviceAccountSnippet(title, ['# and in the spec of the pod:', '#   serviceAccountName: SERVICE_ACCOUNT']),
    ...clusterSnippets(place),
  ]
}

/** Amazon EKS User Guide, "IAM roles for service accounts": for clusters without the Pod Identity agent. */
function clusterSnippets(place: RolePlace): readonly Snippet[] {
  const { partition, accountId, region } = place
  const machine = 'kubernetes'
  const title = 'A pod on a cluster without the Pod Identity agent'
  const issuer = `oidc.eks.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/id/CLUSTER_ID`
  return [
    ...roleSnippets(place, {
      machine,
      title,
      trusted: {
        principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}` },
        actions: ['sts:AssumeRoleWithWebIdentity'],
        condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:sub`]: 'system:serviceaccount:NAMESPACE:SERVICE_ACCOUNT',
          },
        },
      },
    }),
    serviceAccountSnippet(title, ['  annotations:', `    eks.amazonaws.com/role-arn: ${roleArnOf(place)}`]),
  ]
}

const serviceAccountSnippet = (title: string, rest: readonly string[]): Snippet => ({
  machine: 'kubernetes',
  heading: `${title}: in the manifest, in place of the Secret`,
  language: 'yaml',
  lines: [
    'apiVersion: v1',
    'kind: ServiceAccount',
    'metadata:',
    '  name: SERVICE_ACCOUNT',
    '  namespace: NAMESPACE',
    ...rest,
  ],
})
