/** What was typed: histories of shells and of other prompts. */

import type { Draft, Draw, Format } from '../draft.ts'

export const histories: readonly Format[] = [bash, zsh, fish, powershell, python, node, psql, less]

const chatter = ({ chance }: Draw): string[] =>
  Array.from({ length: 3 + chance.below(40) }, () =>
    chance.pick([`cd ${chance.name()}`, 'git status', `vim ${chance.word()}.txt`, `ssh ${chance.name()}`, 'ls -la']),
  )

/** The lines somewhere between others, in order. */
function among(draw: Draw, lines: readonly string[]): string[] {
  const all = chatter(draw)
  let at = 0
  for (const line of lines) {
    at += draw.chance.below(all.length - at + 1)
    all.splice(at, 0, line)
    at += 1
  }
  return all
}

function bash(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const lines = among(draw, [
    `export AWS_ACCESS_KEY_ID=${draw.id(one)}`,
    `export AWS_SECRET_ACCESS_KEY=${one.secretAccessKey}`,
    `AWS_ACCESS_KEY_ID=${draw.id(other)} AWS_SECRET_ACCESS_KEY=${chance.quoted(other.secretAccessKey, ["'", '"'])} aws sts get-caller-identity`,
  ])
  let second = 1_600_000_000 + chance.below(90_000_000)
  const stamped = lines.flatMap((line) => {
    second += chance.below(900)
    return [`#${second}`, line]
  })
  const text = `${(chance.isLikely(50) ? stamped : lines).join('\n')}\n`
  return { kind: 'bash history', path: '.bash_history', text, endings: 'lf', mode: 0o600 }
}

function zsh(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const lines = among(draw, [
    `aws configure set aws_access_key_id ${draw.id(key)} --profile ${chance.name()}`,
    `aws configure set aws_secret_access_key ${key.secretAccessKey}`,
  ])
  let second = 1_600_000_000 + chance.below(90_000_000)
  const stamped = lines.map((line) => {
    second += chance.below(900)
    return `: ${second}:${chance.below(9)};${line}\n`
  })
  const text = stamped.join('')
  return { kind: 'zsh history', path: '.zsh_history', text, endings: 'lf', mode: 0o600 }
}

function fish(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const lines = among(draw, [
    `set -gx AWS_ACCESS_KEY_ID ${draw.id(key)}; set -gx AWS_SECRET_ACCESS_KEY ${key.secretAccessKey}`,
  ])
  const text = lines.map((line) => `- cmd: ${line}\n  when: ${1_600_000_000 + chance.below(90_000_000)}\n`).join('')
  return { kind: 'fish history', path: '.local/share/fish/fish_history', text, endings: 'lf' }
}

/** What Windows PowerShell keeps, copied from the other machine. */
function powershell(draw: Draw): Draft {
  const key = draw.key()
  const lines = among(draw, [
    `Set-AWSCredential -AccessKey ${draw.id(key)} -SecretKey ${key.secretAccessKey} -StoreAs ${draw.chance.word()}`,
  ])
  return {
    kind: 'PowerShell history',
    path: '.local/share/powershell/PSReadLine/ConsoleHost_history.txt',
    text: `${lines.join('\n')}\n`,
    encoding: draw.chance.pick(['utf-8', 'utf-16le'] as const),
  }
}

function python(draw: Draw): Draft {
  const key = draw.key()
  const text = `import boto3\ns = boto3.Session("${draw.id(key)}", "${key.secretAccessKey}")\nprint(s.client('sts').get_caller_identity())\n`
  return { kind: 'Python history', path: '.python_history', text, endings: 'lf' }
}

/** Newest line first. */
function node(draw: Draw): Draft {
  const key = draw.key()
  const text = `.exit\nawait s3.send(new ListBucketsCommand({}))\nprocess.env.AWS_SECRET_ACCESS_KEY = '${key.secretAccessKey}'\nprocess.env.AWS_ACCESS_KEY_ID = '${draw.id(key)}'\n`
  return { kind: 'Node.js history', path: '.node_repl_history', text, endings: 'lf' }
}

function psql(draw: Draw): Draft {
  const key = draw.key()
  const { chance } = draw
  const bucket = chance.name()
  const text = `select now();\n${chance.pick([
    `COPY ${chance.word()} FROM 's3://${bucket}/a' CREDENTIALS 'aws_access_key_id=${draw.id(key)};aws_secret_access_key=${key.secretAccessKey}' CSV;`,
    `copy ${chance.word()} from 's3://${bucket}/b' access_key_id '${draw.id(key)}' secret_access_key '${key.secretAccessKey}';`,
  ])}\n\\q\n`
  return { kind: 'psql history', path: '.psql_history', text, endings: 'lf' }
}

/** What was searched for: an id without its secret. */
function less(draw: Draw): Draft {
  const text = `.less-history-file:\n.search\n"${draw.chance.word()}\n"${draw.idAlone(draw.key())}\n.shell\n`
  return { kind: 'less history', path: '.lesshst', text, endings: 'lf' }
}
