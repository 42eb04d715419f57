/** Hands mails to an SMTP server, or writes them into a folder where none is configured. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seconds } from '@mayfly/identity-center/duration'
import type { Mail } from '@mayfly/identity-center/mail'
import type { Config } from '../context/settings.ts'
import type { Send } from './deliver.ts'

const TIMEOUTS = { connectionTimeout: seconds(10), greetingTimeout: seconds(10), socketTimeout: seconds(30) }

/** Loads what composes mails when the first one is sent. */
export function createSend(config: Config): Send {
  return config.smtp === undefined ? writeInto(config) : sendBySmtp(config.smtp, config)
}

function sendBySmtp(smtp: NonNullable<Config['smtp']>, config: Config): Send {
  let transport: ReturnType<typeof import('nodemailer').createTransport> | undefined
  return async (mail, id) => {
    const { createTransport } = await import('nodemailer')
    transport ??= createTransport({
      host: smtp.host,
      port: smtp.port,
      secure: smtp.tls === 'always',
      // Opportunistic encryption is no encryption for whoever stands between.
      requireTLS: smtp.tls === 'starttls',
      ignoreTLS: smtp.tls === 'off',
      ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
      ...TIMEOUTS,
    })
    await transport.sendMail(contentOf(mail, id, config))
  }
}

function writeInto(config: Config): Send {
  const folder = join(config.dataFolder, 'outbox')
  return async (mail, id) => {
    const { createTransport } = await import('nodemailer')
    const composer = createTransport({ streamTransport: true, buffer: true })
    const { message } = await composer.sendMail(contentOf(mail, id, config))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // It may hold a link that lets somebody in.
    await writeFile(join(folder, `${id}.eml`), message as Buffer, { mode: 0o600 })
  }
}

function contentOf({ to, subject, text, html }: Mail, id: string, config: Config) {
  const from = config.mailFrom ?? `no-reply@${hostOf(config)}`
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    // The same for each try, so that a mail that came twice is shown once.
    messageId: `<${id}@${hostOf(config)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const hostOf = ({ publicUrl }: Config): string =>
  publicUrl === undefined ? 'localhost' : new URL(publicUrl).hostname.replace(/[[\]]/g, '')
