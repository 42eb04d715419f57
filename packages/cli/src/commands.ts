/** Every command, by its words. A command's file is read when it is called. */

import type { Command } from './commands/command.ts'

export interface CommandEntry {
  readonly words: string
  readonly summary: string
  /** The words of the command that this is a short form of. */
  readonly shortFor?: string
  load(): Promise<Command>
}

const listProfiles = async (): Promise<Command> =>
  (await import('./commands/configure/list-profiles.ts')).configureListProfiles

export const commands: readonly CommandEntry[] = [
  {
    words: 'configure sso',
    summary: 'set up a profile that signs in',
    load: async () => (await import('./commands/configure/sso.ts')).configureSso,
  },
  {
    words: 'configure sso-session',
    summary: 'set up an sso-session that profiles share',
    load: async () => (await import('./commands/configure/sso-session.ts')).configureSsoSession,
  },
  {
    words: 'configure list',
    summary: 'show the configuration in use, and where each value comes from',
    load: async () => (await import('./commands/configure/list.ts')).configureList,
  },
  { words: 'configure list-profiles', summary: 'list the profiles', load: listProfiles },
  {
    words: 'configure export-credentials',
    summary: 'print credentials, for a shell or as credential_process',
    load: async () => (await import('./commands/configure/export-credentials.ts')).configureExportCredentials,
  },
  {
    words: 'setup',
    summary: 'write a profile for every account and role that you reach',
    load: async () => (await import('./commands/setup.ts')).setup,
  },
  { words: 'sso login', summary: 'sign in', load: async () => (await import('./commands/sso/login.ts')).ssoLogin },
  {
    words: 'sso logout',
    summary: 'sign out everywhere on this computer',
    load: async () => (await import('./commands/sso/logout.ts')).ssoLogout,
  },
  {
    words: 'login',
    summary: 'sign in to one session, to some, or to all',
    load: async () => (await import('./commands/login.ts')).login,
  },
  {
    words: 'logout',
    summary: 'sign out of one session, of some, or of all',
    load: async () => (await import('./commands/logout.ts')).logout,
  },
  { words: 'profiles', summary: 'list the profiles', shortFor: 'configure list-profiles', load: listProfiles },
  {
    words: 'credentials',
    summary: 'print credentials, signing in first when that is needed',
    load: async () => (await import('./commands/credentials.ts')).credentials,
  },
  {
    words: 'use',
    summary: 'use a profile in this shell: sets AWS_PROFILE, and nothing secret',
    load: async () => (await import('./commands/use.ts')).use,
  },
  {
    words: 'tag',
    summary: 'tag and colour profiles, to find them and to tell them apart',
    load: async () => (await import('./commands/tag.ts')).tag,
  },
  {
    words: 'prompt',
    summary: "print the part of a shell's prompt that shows profile, account and time left",
    load: async () => (await import('./commands/prompt.ts')).prompt,
  },
  {
    words: 'hook',
    summary: "print the shell's part of mayfly use, with the completion",
    load: async () => (await import('./commands/hook.ts')).hook,
  },
  {
    words: 'hook install',
    summary: 'let a shell read the hook when it starts',
    load: async () => (await import('./commands/hook.ts')).hookInstall,
  },
  {
    words: 'hook remove',
    summary: 'take the hook out of the files of all shells',
    load: async () => (await import('./commands/hook.ts')).hookRemove,
  },
  {
    words: 'completion',
    summary: "print a shell's completion alone",
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  {
    words: 'complete',
    summary: 'answer a shell that completes a command line',
    load: async () => (await import('./commands/complete.ts')).createComplete(commands),
  },
  {
    words: 'storage',
    summary: 'show how tokens and credentials are kept, and what stands in their way',
    load: async () => (await import('./commands/storage.ts')).storage,
  },
  {
    words: 'storage sealed',
    summary: 'encrypt tokens and credentials; profiles then run a credential_process. Nobody signs in again',
    load: async () => (await import('./commands/storage.ts')).storageSealed,
  },
  {
    words: 'storage shared',
    summary: "put tokens and profiles back where AWS's tools find them, in plain text. Nobody signs in again",
    load: async () => (await import('./commands/storage.ts')).storageShared,
  },
  {
    words: 'storage check',
    summary: 'look for settings that lead to other credentials, and for secrets in plain text',
    load: async () => (await import('./commands/storage.ts')).storageCheck,
  },
  {
    words: 'storage unlock',
    summary: 'say the passphrase once: the agent keeps the key until it stops or is told to forget it',
    load: async () => (await import('./commands/storage/unlock.ts')).storageUnlock,
  },
  {
    words: 'storage lock',
    summary: 'let the agent forget the key of the sealed store',
    load: async () => (await import('./commands/storage/unlock.ts')).storageLock,
  },
  {
    words: 'uninstall',
    summary: 'take everything out of this home that Mayfly put there, and leave working profiles behind',
    load: async () => (await import('./commands/uninstall.ts')).uninstall,
  },
  {
    words: 'status',
    summary: 'show who is signed in, and how long sessions and credentials last',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    words: 'exec',
    summary: "run a program with a profile's credentials, or one in each of many accounts",
    load: async () => (await import('./commands/exec.ts')).exec,
  },
  {
    words: 'env',
    summary: "print a profile's credentials as variables, for a shell or a .env file",
    load: async () => (await import('./commands/env.ts')).env,
  },
  {
    words: 'console',
    summary: 'open the AWS console, or the access portal, for a role, a service and a region',
    load: async () => (await import('./commands/console.ts')).console,
  },
  {
    words: 'serve',
    summary: "serve a profile's credentials to containers, other hosts and every SDK",
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    words: 'whoami',
    summary: 'ask AWS whose credentials these are',
    load: async () => (await import('./commands/whoami.ts')).whoami,
  },
  {
    words: 'why',
    summary: 'say why a profile does not work, and what to do about it',
    load: async () => (await import('./commands/why.ts')).why,
  },
  {
    words: 'keys audit',
    summary: 'list the long-term keys of every account that you reach, and in which order to retire them',
    load: async () => (await import('./commands/keys/audit.ts')).keysAudit,
  },
  {
    words: 'keys check',
    summary: 'ask AWS whether long-term keys live, whose they are, when they were used and what they may do',
    load: async () => (await import('./commands/keys/check.ts')).keysCheck,
  },
  {
    words: 'keys find',
    summary: 'find the long-term access keys that lie on this computer',
    load: async () => (await import('./commands/keys/find.ts')).keysFind,
  },
  {
    words: 'keys guard',
    summary: 'show whether hooks of Git look for long-term keys before a commit and a push',
    load: async () => (await import('./commands/keys/guard.ts')).keysGuard,
  },
  {
    words: 'keys guard install',
    summary: 'let Git look for long-term keys in what is about to be committed',
    load: async () => (await import('./commands/keys/guard.ts')).keysGuardInstall,
  },
  {
    words: 'keys guard remove',
    summary: 'take the hooks away again, and put those back that were there before',
    load: async () => (await import('./commands/keys/guard.ts')).keysGuardRemove,
  },
  {
    words: 'keys plan',
    summary: 'show what would take the place of long-term keys, and every line that would change; writes nothing',
    load: async () => (await import('./commands/keys/plan.ts')).keysPlan,
  },
  {
    words: 'keys retire',
    summary: 'let a profile take the place of a long-term key, then switch the key off and delete it, step by step',
    load: async () => (await import('./commands/keys/retire.ts')).keysRetire,
  },
  {
    words: 'keys undo',
    summary: 'take the retirement of a key back: switch it on again, and give the files back what they held',
    load: async () => (await import('./commands/keys/undo.ts')).keysUndo,
  },
  {
    words: 'keys status',
    summary: 'show the retirement of every key: how far it is, since when, and what is next',
    load: async () => (await import('./commands/keys/status.ts')).keysStatus,
  },
  {
    words: 'agent status',
    summary: 'show whether the agent runs, and what it keeps ready',
    load: async () => (await import('./commands/agent.ts')).agentStatus,
  },
  {
    words: 'agent start',
    summary: 'start the agent in the background, and put its helper in place',
    load: async () => (await import('./commands/agent.ts')).agentStart,
  },
  {
    words: 'agent stop',
    summary: 'stop the agent; it forgets what it holds',
    load: async () => (await import('./commands/agent.ts')).agentStop,
  },
  {
    words: 'agent run',
    summary: 'be the agent, in the foreground; it is started by itself otherwise',
    load: async () => (await import('./commands/agent.ts')).agentRun,
  },
]
