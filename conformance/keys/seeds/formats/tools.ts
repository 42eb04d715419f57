/** Settings of package managers, of backups and of tools that copy to S3. */

import type { Draft, Draw, Format } from '../draft.ts'

export const tools: readonly Format[] = [
  npm,
  pip,
  maven,
  gradle,
  s3cmd,
  rclone,
  restic,
  systemd,
  duplicity,
  s3fs,
  cyberduck,
  hadoop,
  spark,
  crontab,
  netrc,
]

function npm(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `registry=https://registry.${chance.word()}.example/\n; for npm-publish-s3\ns3:access_key_id=${chance.quoted(draw.id(key), ['', '"'])}\ns3:secret_access_key=${chance.quoted(key.secretAccessKey, ['', '"'])}\n`
  return { kind: 'npm settings', path: '.npmrc', text }
}

/** User and password of an address are URL-encoded. */
function pip(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const user = `${draw.id(key)}:${encodeURIComponent(key.secretAccessKey)}`
  const text = `[global]\ntimeout${chance.equals()}60\nextra-index-url =\n    https://${chance.word()}.example/simple\n    s3://${user}@${chance.name()}/simple\n`
  return { kind: 'pip settings', path: '.config/pip/pip.conf', text }
}

function maven(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `<settings>\n  <servers>\n    <!-- ${chance.word()} -->\n    <server>\n      <id>${chance.name()}</id>\n      <username>${draw.id(key)}</username>\n      <password>${chance.xml(key.secretAccessKey)}</password>\n    </server>\n  </servers>\n</settings>\n`
  return { kind: 'Maven settings', path: '.m2/settings.xml', text }
}

function gradle(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const sign = chance.pick(['=', ' = ', ': ', ':'])
  const first = chance.pick(['aws', 's3', chance.word()])
  const text = `org.gradle.daemon=true\n${chance.comment('#')}${first}AccessKey${sign}${draw.id(key)}\n${first}SecretKey${sign}${key.secretAccessKey}\n`
  return { kind: 'Gradle properties', path: '.gradle/gradle.properties', text }
}

function s3cmd(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `[default]\naccess_key = ${draw.id(key)}\naccess_token = \nbucket_location = ${chance.region()}\nhost_base = s3.amazonaws.com\nsecret_key = ${key.secretAccessKey}\nuse_https = True\n`
  return { kind: 's3cmd', path: '.s3cfg', text, mode: 0o600 }
}

function rclone(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const text = `[${chance.name()}]\ntype = s3\nprovider = AWS\nenv_auth = false\naccess_key_id = ${draw.id(one)}\nsecret_access_key = ${one.secretAccessKey}\nregion = ${chance.region()}\n
[${chance.name()}]\ntype = s3\nprovider = AWS\nsecret_access_key = ${other.secretAccessKey}\naccess_key_id = ${draw.id(other)}\nacl = private\n\n[${chance.word()}]\ntype = drive\nscope = drive\n`
  return { kind: 'rclone', path: '.config/rclone/rclone.conf', text }
}

function restic(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `RESTIC_REPOSITORY=s3:s3.amazonaws.com/${chance.name()}\nRESTIC_PASSWORD_FILE=/etc/${chance.word()}\nAWS_ACCESS_KEY_ID=${draw.id(key)}\nAWS_SECRET_ACCESS_KEY=${key.secretAccessKey}\n`
  return { kind: 'restic environment', path: `.config/restic/${chance.word()}.env`, text, mode: 0o600 }
}

function systemd(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const environment = chance.pick([
    `Environment="AWS_ACCESS_KEY_ID=${draw.id(key)}" "AWS_SECRET_ACCESS_KEY=${key.secretAccessKey}"`,
    `Environment=AWS_ACCESS_KEY_ID=${draw.id(key)}\nEnvironment=AWS_SECRET_ACCESS_KEY=${key.secretAccessKey}`,
  ])
  const text = `[Unit]\nDescription=${chance.word()} backup\n\n[Service]\nType=oneshot\n${environment}\nExecStart=/usr/bin/restic backup %h\n`
  return { kind: 'systemd unit', path: `.config/systemd/user/${chance.name()}.service`, text, endings: 'lf' }
}

function duplicity(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `#!/bin/bash\nset -e\nTARGET='s3+http://${draw.id(key)}:${encodeURIComponent(key.secretAccessKey)}@${chance.name()}/${chance.word()}'\nPASSPHRASE="$(pass ${chance.word()})" duplicity ~/ "$TARGET"\n`
  return { kind: 'duplicity script', path: `bin/${chance.name()}`, text, endings: 'lf', mode: 0o755 }
}

function s3fs(draw: Draw): Draft {
  const [one, other] = [draw.key(), draw.key()]
  const text = `${draw.id(one)}:${one.secretAccessKey}\n${draw.chance.name()}:${draw.id(other)}:${other.secretAccessKey}\n`
  return { kind: 's3fs passwords', path: '.passwd-s3fs', text, endings: 'lf', mode: 0o600 }
}

/** A bookmark holds the user; the password is in the keychain. */
function cyberduck(draw: Draw): Draft {
  const { chance } = draw
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n\t<key>Protocol</key>\n\t<string>s3</string>\n\t<key>Hostname</key>\n\t<string>s3.amazonaws.com</string>\n\t<key>Username</key>\n\t<string>${draw.idAlone(draw.key())}</string>\n\t<key>UUID</key>\n\t<string>${chance.uuid()}</string>\n</dict>\n</plist>\n`
  return { kind: 'Cyberduck bookmark', path: `.duck/bookmarks/${chance.uuid()}.duck`, text }
}

function hadoop(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const scheme = chance.pick(['fs.s3a.access.key fs.s3a.secret.key', 'fs.s3n.awsAccessKeyId fs.s3n.awsSecretAccessKey'])
  const [id, secret] = scheme.split(' ')
  const text = `<?xml version="1.0"?>\n<configuration>\n  <property>\n    <name>${id}</name>\n    <value>${draw.id(key)}</value>\n  </property>\n  <property><name>${secret}</name><value>${chance.xml(key.secretAccessKey)}</value></property>\n</configuration>\n`
  return { kind: 'Hadoop core-site.xml', path: `opt/hadoop-3.${chance.below(5)}/etc/hadoop/core-site.xml`, text }
}

function spark(draw: Draw): Draft {
  const key = draw.key()
  const text = `# ${draw.chance.word()}\nspark.master                     local[2]\nspark.hadoop.fs.s3a.access.key   ${draw.id(key)}\nspark.hadoop.fs.s3a.secret.key   ${key.secretAccessKey}\n`
  return { kind: 'Spark defaults', path: `opt/spark/conf/spark-defaults.conf`, text }
}

function crontab(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `MAILTO=${chance.word()}@example.com\n${chance.below(60)} 3 * * * AWS_ACCESS_KEY_ID=${draw.id(key)} AWS_SECRET_ACCESS_KEY='${key.secretAccessKey}' /usr/bin/aws s3 sync /srv s3://${chance.name()} >/dev/null\n`
  return { kind: 'crontab', path: `crontab.${chance.pick(['bak', 'txt'])}`, text, endings: 'lf' }
}

function netrc(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const isOneLine = chance.isLikely(50)
  const gap = isOneLine ? ' ' : '\n  '
  const text = `machine ${chance.word()}.example login ${chance.word()} password ${chance.hex(12)}\nmachine s3.amazonaws.com${gap}login ${draw.id(key)}${gap}password ${key.secretAccessKey}\n`
  return { kind: 'netrc', path: '.netrc', text, endings: 'lf', mode: 0o600 }
}
