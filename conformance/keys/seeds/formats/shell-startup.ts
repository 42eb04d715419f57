/** What shells run when they start. */

import type { Draft, Draw, Format } from '../draft.ts'

export const shellStartup: readonly Format[] = [bashrc, zshrc, profile, fish, powershell, batch, environmentD]

const aliases = ({ chance }: Draw): string =>
  `${chance.comment('#')}alias ${chance.word()}='ls -la'\nPATH="$HOME/bin:$PATH"\n${chance.comment('#')}`

function bashrc(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const lines = chance.shuffled([
    `export AWS_ACCESS_KEY_ID=${chance.quoted(draw.id(key))}`,
    `export AWS_SECRET_ACCESS_KEY=${chance.quoted(key.secretAccessKey)}`,
    `export AWS_DEFAULT_REGION=${chance.region()}`,
  ])
  const tail = chance.isLikely(50) ? ' # old' : ''
  return { kind: 'bash start-up', path: '.bashrc', text: `${aliases(draw)}${lines.join(`${tail}\n`)}\n`, endings: 'lf' }
}

/** Both in one line, and a function that sets another pair. */
function zshrc(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const text = `${aliases(draw)}export AWS_ACCESS_KEY_ID=${chance.quoted(draw.id(one))} AWS_SECRET_ACCESS_KEY=${chance.quoted(one.secretAccessKey)}
${chance.word()}() {
  local AWS_ACCESS_KEY_ID=${draw.id(other)}
\tlocal AWS_SECRET_ACCESS_KEY="${other.secretAccessKey}"
  aws s3 ls "$@"
}
`
  return { kind: 'zsh start-up', path: '.zshrc', text, endings: 'lf' }
}

/** Set first and exported later, one of them commented out: still a key that works. */
function profile(draw: Draw): Draft {
  const key = draw.key()
  const text = `${aliases(draw)}# AWS_ACCESS_KEY_ID=${draw.id(key)}
# AWS_SECRET_ACCESS_KEY='${key.secretAccessKey}'
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
`
  return { kind: 'login profile', path: '.profile', text, endings: 'lf' }
}

function fish(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const flags = chance.pick(['-gx', '-Ux', '--global --export', '-x'])
  const text = `${chance.comment('#')}if status is-interactive
    set ${flags} AWS_ACCESS_KEY_ID ${chance.quoted(draw.id(key))}
    set ${flags} AWS_SECRET_ACCESS_KEY ${chance.quoted(key.secretAccessKey)}
end
`
  return { kind: 'fish start-up', path: '.config/fish/config.fish', text, endings: 'lf' }
}

function powershell(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const quote = chance.pick(['"', "'"])
  const name = chance.pick(['$env:', '$Env:', '$env:'])
  const lines = chance.shuffled([
    `${name}AWS_ACCESS_KEY_ID${chance.equals()}${quote}${draw.id(key)}${quote}`,
    `${name}AWS_SECRET_ACCESS_KEY${chance.equals()}${quote}${key.secretAccessKey}${quote}`,
  ])
  return {
    kind: 'PowerShell profile in UTF-16',
    path: '.config/powershell/profile.ps1',
    text: `${chance.comment('#')}${lines.join('\n')}\n`,
    endings: 'crlf',
    encoding: 'utf-16le',
  }
}

function batch(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const isQuoted = chance.isLikely(50)
  const set = (name: string, text: string): string => (isQuoted ? `set "${name}=${text}"` : `set ${name}=${text}`)
  const text = `@echo off\nrem ${chance.word()}\n${set('AWS_ACCESS_KEY_ID', draw.id(key))}\n${set('AWS_SECRET_ACCESS_KEY', key.secretAccessKey)}\naws s3 sync . s3://${chance.name()}\n`
  return { kind: 'batch file', path: `${chance.project()}/${chance.word()}.bat`, text, endings: 'crlf' }
}

/** systemd's environment.d: lines without `export`. */
function environmentD(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `${chance.comment('#')}AWS_SECRET_ACCESS_KEY=${chance.quoted(key.secretAccessKey, ['', '"'])}\nAWS_ACCESS_KEY_ID=${draw.id(key)}\n`
  return { kind: 'environment.d', path: `.config/environment.d/${chance.below(90)}-${chance.word()}.conf`, text }
}
