/** Options that single commands take, besides those of the server. */

export interface CommandOption {
  readonly type: 'string' | 'boolean'
  /** What stands behind the option in the help. */
  readonly value?: string
  readonly summary: string
}

/** By name. No variable stands for one of them. */
export const COMMAND_OPTIONS = {
  since: { type: 'string', value: 'TIME', summary: 'audit: from this moment on (2026-11-21, or 2026-11-21T08:00Z)' },
  until: { type: 'string', value: 'TIME', summary: 'audit: before this moment' },
  event: { type: 'string', value: 'NAME', summary: 'audit list: events of this name alone (CreateToken)' },
  source: { type: 'string', value: 'NAME', summary: 'audit list: events of this source alone (sts.amazonaws.com)' },
  user: { type: 'string', value: 'NAME', summary: 'audit list: what this user did, or was done to, alone' },
  errors: { type: 'boolean', summary: 'audit list: what was refused or failed alone' },
  limit: { type: 'string', value: 'N', summary: 'audit list: how many, newest first (50)' },
  json: { type: 'boolean', summary: 'audit list, audit verify, health: as JSON' },
  'with-key': {
    type: 'boolean',
    summary: 'backup: put the server key in, too; whoever has the file then has everything',
  },
} as const satisfies Record<string, CommandOption>

/** What was typed of them. */
export type CommandValues = { readonly [N in keyof typeof COMMAND_OPTIONS]?: string | boolean }
