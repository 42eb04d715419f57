/** Lines for the scheduler of a system, with which what is due is done every day. */

import type { Machine } from '../../../machine/machine.ts'
import { shellWord } from '../../../shared-config/shell-word.ts'
import { timerVariables } from './timer-surroundings.ts'

export const TIMERS = ['crontab', 'systemd', 'launchd', 'schtasks'] as const
export type Timer = (typeof TIMERS)[number]

const WORDS = ['keys', 'retire', '--due'] as const

/**
 * What to put where, as text to paste. The program is named in full: a scheduler has no path of a person's shell. The hour
 * is one at which a laptop is mostly on; systemd and launchd catch up on what a sleeping one has missed.
 */
export function formatTimer(
  timer: Timer,
  { ownProgram, platform, home, env }: Pick<Machine, 'ownProgram' | 'platform' | 'home' | 'env'>,
): string {
  const variables = timerVariables(env)
  const words = [ownProgram.node, ownProgram.script, ...WORDS].filter((word) => word !== undefined)
  const line = words.map((word) => shellWord(word, platform)).join(' ')
  switch (timer) {
    case 'crontab':
      return formatCrontab(line, variables)
    case 'systemd':
      return [
        '# ~/.config/systemd/user/mayfly-keys.service',
        '[Unit]',
        'Description=Long-term keys whose next step is due',
        '',
        '[Service]',
        'Type=oneshot',
        ...variables.map(([name, value]) => `Environment=${systemdWord(`${name}=${value}`)}`),
        `ExecStart=${words.map(systemdWord).join(' ')}`,
        '',
        '# ~/.config/systemd/user/mayfly-keys.timer',
        '[Timer]',
        'OnCalendar=*-*-* 10:17',
        'Persistent=true',
        '',
        '[Install]',
        'WantedBy=timers.target',
        '',
        '# then: systemctl --user enable --now mayfly-keys.timer',
        '# what came of it: journalctl --user --unit mayfly-keys',
        '',
      ].join('\n')
    case 'launchd':
      return formatPropertyList(words, variables, home)
    case 'schtasks':
      return `schtasks /Create /TN "Mayfly keys" /SC DAILY /ST 10:17 /TR "${line.replaceAll('"', '\\"')}"\n`
  }
}

type Variables = ReturnType<typeof timerVariables>

/** A percent sign ends a crontab's command. What it prints comes as a mail. */
function formatCrontab(line: string, variables: Variables): string {
  const given = variables.map(([name, value]) => `${name}=${shellWord(value, 'linux')} `).join('')
  return `# crontab -e\n17 10 * * * ${(given + line).replaceAll('%', '\\%')}\n`
}

/** systemd replaces % and $, and understands C's escapes within quotes. */
const systemdWord = (word: string): string => {
  const text = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w@+=:,./%$-]+$/.test(text) ? text : `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
}

function formatPropertyList(words: readonly string[], variables: Variables, home: string): string {
  const entries = variables.map(([name, value]) => `    <key>${name}</key><string>${escapeXml(value)}</string>\n`)
  const given =
    entries.length === 0 ? '' : `  <key>EnvironmentVariables</key>\n  <dict>\n${entries.join('')}  </dict>\n`
  const strings = words.map((word) => `    <string>${escapeXml(word)}</string>\n`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- ${escapeXml(home)}/Library/LaunchAgents/mayfly.keys.plist; then: launchctl load -w that file -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>mayfly.keys</string>
  <key>ProgramArguments</key>
  <array>
${strings}  </array>
${given}  <key>StartCalendarInterval</key>
  <dict><key>Hour</key><integer>10</integer><key>Minute</key><integer>17</integer></dict>
</dict>
</plist>
`
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
