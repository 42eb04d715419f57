/** In which order `mayfly --help` lists the commands: what people begin with first. */

export interface CommandGroup {
  readonly title: string
  /** First words of commands. */
  readonly words: readonly string[]
}

export const commandGroups: readonly CommandGroup[] = [
  { title: 'Signing in', words: ['setup', 'login', 'status', 'logout'] },
  { title: 'Using credentials', words: ['use', 'exec', 'env', 'credentials', 'console', 'serve', 'whoami'] },
  { title: 'When something does not work', words: ['why'] },
  { title: 'Long-term keys', words: ['keys'] },
  { title: 'The shell', words: ['profiles', 'tag', 'prompt', 'hook', 'completion', 'complete'] },
  { title: 'Storage', words: ['storage', 'agent', 'uninstall'] },
  { title: 'As in the AWS CLI', words: ['configure', 'sso'] },
]
