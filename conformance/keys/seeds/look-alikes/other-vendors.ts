/** Keys of other vendors, some of them under AWS's own names, because their tools speak S3. */

import type { Draft, Draw } from '../draft.ts'
import { newSecret } from '../key.ts'

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const LETTERS = `${UPPER}abcdefghijklmnopqrstuvwxyz`

export function otherVendors(draw: Draw): Draft[] {
  const { chance } = draw
  return [
    { kind: 'tokens', path: `${chance.project()}/.env`, text: tokens(draw) },
    { kind: 'tokens', path: `${chance.project()}/secrets.yml`, text: tokens(draw).replaceAll('=', ': ') },
    ...storages(draw),
  ]
}

function tokens(draw: Draw): string {
  const { chance } = draw
  const text = (length: number): string => chance.letters(LETTERS, length)
  const all: [string, string, string][] = [
    ['GitHub', 'GITHUB_TOKEN', `${'gh'}p_${text(36)}`],
    ['GitHub', 'GH_OAUTH_SECRET', `${'gh'}o_${text(36)}`],
    ['Slack', 'SLACK_TOKEN', `${'xo'}xb-${chance.digits(12)}-${chance.digits(12)}-${text(24)}`],
    ['Slack', 'SLACK_SIGNING_SECRET', chance.hex(32)],
    ['Stripe', 'STRIPE_SECRET_KEY', `${'sk'}_live_${text(24)}`],
    ['Google', 'GOOGLE_API_KEY', `${'AI'}za${text(35)}`],
    ['Azure', 'AZURE_CLIENT_SECRET', `${text(3)}8Q~${text(34)}`],
    ['Azure', 'AZURE_STORAGE_KEY', chance.bytes(64).toString('base64')],
    ['npm', 'NPM_TOKEN', `${'np'}m_${text(36)}`],
    ['Heroku', 'HEROKU_API_KEY', chance.uuid()],
    ['Datadog', 'DD_APP_KEY', chance.hex(40)],
    ['Twilio', 'TWILIO_AUTH_TOKEN', chance.hex(32)],
    ['Alibaba Cloud', 'ALIBABA_ACCESS_KEY_ID', `${'LT'}AI${text(20)}`],
    ['Alibaba Cloud', 'ALIBABA_ACCESS_KEY_SECRET', text(30)],
    ['Tencent Cloud', 'TENCENTCLOUD_SECRET_ID', `${'AK'}ID${text(32)}`],
    ['Cloudinary', 'CLOUDINARY_SECRET', text(27)],
    ['Algolia', 'ALGOLIA_ADMIN_KEY', chance.hex(32)],
    ['Sentry', 'SENTRY_AUTH_TOKEN', chance.hex(64)],
    ['Bitbucket', 'BITBUCKET_SECRET', text(40)],
    ['Facebook', 'FACEBOOK_APP_SECRET', chance.hex(32)],
    ['Dropbox', 'DROPBOX_REFRESH', text(40)],
    ['Rails', 'SECRET_KEY_BASE', chance.hex(128)],
    ['Django', 'DJANGO_SECRET_KEY', text(50)],
    ['Laravel', 'APP_KEY', `base64:${chance.bytes(32).toString('base64')}`],
  ]
  return all.map(([vendor, name, value]) => `${name}=${draw.mark({ why: `a key of ${vendor}` }, value)}\n`).join('')
}

/** Storages that speak S3; their secrets have 40 characters as well. */
function storages(draw: Draw): Draft[] {
  const { chance } = draw
  const vendors: [string, string, string, string][] = [
    ['Wasabi', 's3.wasabisys.com', chance.letters(UPPER, 20), chance.letters(LETTERS, 40)],
    ['MinIO', `minio.${chance.word()}.example`, `Q3${chance.letters(UPPER, 18)}`, newSecret(chance)],
    ['Cloudflare', `${chance.hex(32)}.r2.cloudflarestorage.com`, chance.hex(32), chance.hex(64)],
    [
      'DigitalOcean',
      'fra1.digitaloceanspaces.com',
      `${'DO'}00${chance.letters(UPPER, 16)}`,
      chance.letters(LETTERS, 43),
    ],
    ['Backblaze', 's3.eu-central-003.backblazeb2.com', `003${chance.hex(22)}`, `K003${chance.letters(LETTERS, 27)}`],
    ['Scaleway', 's3.fr-par.scw.cloud', `SCW${chance.letters(UPPER, 17)}`, chance.uuid()],
    ['Ceph', `rgw.${chance.word()}.example`, chance.letters(UPPER, 20), newSecret(chance)],
    ['Linode', 'eu-central-1.linodeobjects.com', chance.letters(UPPER, 20), chance.letters(LETTERS, 40)],
  ]
  return vendors.map(([vendor, host, id, secret]) => {
    const marked = draw.mark({ why: `a key of ${vendor}` }, /^AKIA/.test(id) ? `B${id.slice(1)}` : id)
    const [path, text] = chance.pick<[string, string]>([
      [
        `.config/rclone/${vendor.toLowerCase()}.conf`,
        `[${chance.word()}]\ntype = s3\nprovider = ${vendor}\naccess_key_id = ${marked}\nsecret_access_key = ${secret}\nendpoint = ${host}\n`,
      ],
      [
        `${chance.project()}/.env`,
        `AWS_ACCESS_KEY_ID=${marked}\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_ENDPOINT_URL=https://${host}\n`,
      ],
      [
        `.s3cfg-${vendor.toLowerCase()}`,
        `[default]\naccess_key = ${marked}\nhost_base = ${host}\nsecret_key = ${secret}\n`,
      ],
    ])
    return { kind: 'S3 of other vendors', path, text }
  })
}
