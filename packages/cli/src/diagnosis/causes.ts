/** Every cause that `why` can name. The names are for programs too: none is ever renamed (docs/reference/exit-codes.md). */

export const CAUSES = {
  'config-unreadable': 'A configuration file cannot be read.',
  'config-unparsable': 'A configuration file has a line that no tool of AWS can read.',
  'profile-missing': 'There is no such profile.',
  'session-missing': 'The profile names an sso-session that is not there.',
  'keys-missing': 'The profile or its sso-session lacks a key.',
  'keys-inconsistent': 'The profile and its sso-session say different things.',
  'start-url-invalid': 'The start URL is no address that a sign-in may use.',
  'wrong-region': "The region is not the sign-in's.",
  'kind-not-read': 'The profile takes its credentials from something that Mayfly does not read.',
  'no-credentials': 'The profile says nothing about credentials.',
  'name-needs-quotes': 'Some SDKs cannot read the name.',
  'environment-keys-win': 'Keys in the environment go before the profile.',
  'long-term-keys-win': 'Long-term access keys stand beside the sign-in, and several SDKs take them.',
  'process-beside-sign-in': 'The profile has both a sign-in and a credential_process; the sign-in wins.',
  'profile-not-sealed': 'The store is sealed and the profile is not: SDKs find no token.',
  'other-profile-in-environment': 'The environment names another profile.',
  'cache-not-accessible': 'A file of the token cache, or its folder, keeps you out.',
  'cache-open-to-others': 'Other users can read a file with tokens.',
  'cache-damaged': 'A file of the token cache is torn, or no JSON.',
  'cache-foreign': 'The token file holds a token of another start URL, or what another program left there.',
  'token-unsealed': 'A token in plain text lies where the sealed mode does not look.',
  'storage-unreadable': '~/.mayfly/storage.json cannot be understood.',
  'keychain-entry-lost': 'The keychain does not hold the key of the sealed store.',
  'keychain-out-of-reach': 'The keychain is locked, or cannot be reached.',
  'passphrase-needed': 'The sealed store waits for its passphrase.',
  'helper-missing': 'The program that credential_process names is not there.',
  'signed-out': 'Nobody has signed in.',
  'session-expired': 'The session has expired.',
  'registration-expired': 'The session cannot be refreshed: the client registration has run out.',
  'refresh-refused': 'The session has expired, and the server refused to refresh it.',
  'session-ended': 'The portal does not take the token: the session was ended, or the person disabled.',
  'clock-skew': 'The clock of this computer is wrong.',
  'proxy-unreachable': 'The proxy does not answer.',
  'proxy-refused': 'The proxy refuses to connect.',
  'certificate-untrusted': 'The certificate is signed by an authority that is not trusted here.',
  'certificate-other-name': 'The certificate is for another name.',
  'certificate-expired': 'The certificate is not valid now.',
  'ca-bundle-missing': 'The file of certificates to trust is missing or holds none.',
  'host-unknown': 'No name server knows the host.',
  unreachable: 'The host does not answer.',
  'no-identity-center': 'What answers there is no Identity Center.',
  throttled: 'The service asks for patience.',
  'service-failing': 'The service failed.',
  'service-refused': 'The service refused for another reason.',
  'role-not-granted': 'The account is assigned, the role is not: mistyped, or withdrawn.',
  'account-not-assigned': 'The account is not assigned: mistyped, or withdrawn.',
  'role-credentials-ended': 'The cached role credentials were ended before their time.',
  'keys-refused': 'STS does not take the long-term access keys.',
  'process-failed': 'The program of credential_process failed.',
} as const

export type CauseName = keyof typeof CAUSES

export interface Finding {
  readonly cause: CauseName
  /** A fault keeps the profile from working, or gives other credentials than it names; a warning does neither. */
  readonly severity: 'fault' | 'warning'
  /** What is wrong with which thing, in one sentence. */
  readonly message: string
  /** What was seen: places in files, values, answers. Never a secret. */
  readonly evidence: readonly string[]
  /** A command, or what to change where. */
  readonly next: string
}

export const fault = (cause: CauseName, message: string, evidence: readonly string[], next: string): Finding => ({
  cause,
  severity: 'fault',
  message,
  evidence,
  next,
})

export const warning = (cause: CauseName, message: string, evidence: readonly string[], next: string): Finding => ({
  ...fault(cause, message, evidence, next),
  severity: 'warning',
})
