import { expect, test } from 'vitest'
import { applySplices, sortSplices } from '../text/splice.ts'
import { editDotenv } from './dotenv.ts'
import type { Format } from './format.ts'
import { editHistory } from './history.ts'
import { editJson } from './json.ts'
import { editKubeconfig } from './kubeconfig.ts'
import { editRclone } from './rclone.ts'
import { editShell } from './shell.ts'
import { editBackendFile, editTerraform } from './terraform.ts'
import { editCrontab, editUnit } from './unit-files.ts'
import { editBatch, editPowerShell } from './windows-scripts.ts'
import { editXml } from './xml.ts'

const ID = `AKIA${'QWERTYUIOPASDFG2'}`
const OTHER_ID = `AKIA${'QWERTYUIOPASDFG3'}`
const SECRET = `${'abcdEFGH/'.repeat(4)}wXyZ`
const OTHER_SECRET = `${'zyxwVUTS+'.repeat(4)}AbCd`

/** `ID` and `SECRET` in a text stand for the key, `ID2` and `SECRET2` for another one. */
const fill = (text: string): string =>
  text
    .replaceAll('SECRET2', OTHER_SECRET)
    .replaceAll('ID2', OTHER_ID)
    .replaceAll(/(?<!_)\bSECRET\b/g, SECRET)
    .replaceAll(/(?<!_)\bID\b/g, ID)

async function edit(format: Format, written: string, profileName = 'prod'): Promise<string> {
  const text = fill(written)
  const answer = await format({ text, accessKeyId: ID, secrets: [SECRET], profileName })
  return applySplices(text, sortSplices(answer.splices))
}

const claims: readonly (readonly [claim: string, format: Format, before: string, after: string, profile?: string])[] = [
  [
    'the id of a .env file becomes AWS_PROFILE, the secret and the token go, and all else stays',
    editDotenv,
    '# prod\r\nA=1\r\nAWS_ACCESS_KEY_ID=ID # mine\r\nAWS_SECRET_ACCESS_KEY="SECRET"\r\nAWS_SESSION_TOKEN=x\r\n\r\nB=2',
    '# prod\r\nA=1\r\nAWS_PROFILE=prod # mine\r\n\r\nB=2',
  ],
  [
    'a .env file that says AWS_PROFILE already keeps it',
    editDotenv,
    'AWS_PROFILE=dev\nexport AWS_ACCESS_KEY_ID=ID\nexport AWS_SECRET_ACCESS_KEY=SECRET # rotate!\n',
    'AWS_PROFILE=dev\n# rotate!\n',
  ],
  [
    'a .env file with two keys loses the one alone',
    editDotenv,
    'AWS_ACCESS_KEY_ID=ID2\nAWS_SECRET_ACCESS_KEY=SECRET2\nAWS_ACCESS_KEY_ID=ID\nAWS_SECRET_ACCESS_KEY=SECRET\n',
    'AWS_ACCESS_KEY_ID=ID2\nAWS_SECRET_ACCESS_KEY=SECRET2\nAWS_PROFILE=prod\n',
  ],
  [
    'a name with a blank is quoted in a .env file',
    editDotenv,
    "AWS_ACCESS_KEY_ID='ID'\nAWS_SECRET_ACCESS_KEY: SECRET",
    "AWS_PROFILE='my work'\n",
    'my work',
  ],
  [
    'what a value of several lines says in a .env file is none of its variables',
    editDotenv,
    'PEM="-----\nAWS_ACCESS_KEY_ID=ID\n-----"\nAWS_ACCESS_KEY_ID=ID\n',
    'PEM="-----\nAWS_ACCESS_KEY_ID=ID\n-----"\nAWS_PROFILE=prod\n',
  ],
  [
    'exports of a shell file become one',
    editShell('sh'),
    '# keys\nexport AWS_ACCESS_KEY_ID="ID"   # work\nexport AWS_SECRET_ACCESS_KEY=\'SECRET\'\nalias ll="ls -l"\n',
    '# keys\nexport AWS_PROFILE="prod"   # work\nalias ll="ls -l"\n',
  ],
  [
    'several variables of one export go one by one',
    editShell('sh'),
    'export EDITOR=vi AWS_ACCESS_KEY_ID=ID AWS_SECRET_ACCESS_KEY=SECRET LANG=C\n',
    'export EDITOR=vi AWS_PROFILE=prod LANG=C\n',
  ],
  [
    'the last word of an export goes with the blank before it',
    editShell('sh'),
    'export AWS_ACCESS_KEY_ID=ID AWS_SECRET_ACCESS_KEY=SECRET\n',
    'export AWS_PROFILE=prod\n',
  ],
  [
    'statements on one line go with what joins them',
    editShell('sh'),
    'export AWS_ACCESS_KEY_ID=ID; export AWS_SECRET_ACCESS_KEY=SECRET; export AWS_REGION=eu-west-1\n',
    'export AWS_PROFILE=prod; export AWS_REGION=eu-west-1\n',
  ],
  [
    'a secret that comes first goes with what joins it',
    editShell('sh'),
    'export AWS_SECRET_ACCESS_KEY=SECRET && export AWS_ACCESS_KEY_ID=ID\n',
    'export AWS_PROFILE=prod\n',
  ],
  [
    'variables before a command are its own',
    editShell('sh'),
    'AWS_ACCESS_KEY_ID=ID AWS_SECRET_ACCESS_KEY=SECRET aws s3 ls\n',
    'AWS_PROFILE=prod aws s3 ls\n',
  ],
  [
    'a block that would be left empty gets a command that does nothing',
    editShell('sh'),
    'if true; then\n  export AWS_SECRET_ACCESS_KEY=SECRET\nfi\nexport AWS_ACCESS_KEY_ID=ID\n',
    'if true; then\n  :\nfi\nexport AWS_PROFILE=prod\n',
  ],
  [
    'a function keeps what else is in it',
    editShell('sh'),
    'prod() {\n\texport AWS_ACCESS_KEY_ID=ID\n\texport AWS_SECRET_ACCESS_KEY=SECRET\n}\n',
    'prod() {\n\texport AWS_PROFILE=prod\n}\n',
  ],
  [
    'a secret that a command would tell goes too',
    editShell('sh'),
    'export AWS_ACCESS_KEY_ID=ID\nexport AWS_SECRET_ACCESS_KEY="$(pass show aws | head -n "1")"\necho hi\n',
    'export AWS_PROFILE=prod\necho hi\n',
  ],
  [
    'variables in here-documents, comments and quotes are text',
    editShell('sh'),
    "cat <<'EOF'\nexport AWS_ACCESS_KEY_ID=ID\nEOF\n# export AWS_ACCESS_KEY_ID=ID\necho 'export AWS_ACCESS_KEY_ID=ID'\n",
    "cat <<'EOF'\nexport AWS_ACCESS_KEY_ID=ID\nEOF\n# export AWS_ACCESS_KEY_ID=ID\necho 'export AWS_ACCESS_KEY_ID=ID'\n",
  ],
  [
    'a value that counts where nothing else is set stays such a one',
    editShell('sh'),
    'export AWS_ACCESS_KEY_ID="\x24{AWS_ACCESS_KEY_ID:-ID}"\nexport AWS_SECRET_ACCESS_KEY="\x24{AWS_SECRET_ACCESS_KEY:-SECRET}"\n',
    'export AWS_PROFILE="\x24{AWS_PROFILE:-prod}"\n',
  ],
  [
    'a profile that one function sets is not set for another',
    editShell('sh'),
    'dev() {\n  export AWS_PROFILE=dev\n}\nexport AWS_ACCESS_KEY_ID=ID AWS_SECRET_ACCESS_KEY=SECRET\n',
    'dev() {\n  export AWS_PROFILE=dev\n}\nexport AWS_PROFILE=prod\n',
  ],
  [
    'fish sets a profile',
    editShell('fish'),
    'set -gx AWS_ACCESS_KEY_ID ID\nset -gx AWS_SECRET_ACCESS_KEY "SECRET" # old\nset -e AWS_SESSION_TOKEN\n',
    'set -gx AWS_PROFILE prod\n# old\nset -e AWS_SESSION_TOKEN\n',
  ],
  [
    'csh sets a profile',
    editShell('csh'),
    'setenv AWS_ACCESS_KEY_ID ID\nsetenv AWS_SECRET_ACCESS_KEY SECRET\n',
    'setenv AWS_PROFILE prod\n',
  ],
  [
    'PowerShell sets a profile',
    editPowerShell,
    '\ufeff$env:AWS_ACCESS_KEY_ID = \'ID\'\r\n$Env:AWS_SECRET_ACCESS_KEY="SECRET" # old\r\nfunction f {}\r\n',
    "\ufeff$env:AWS_PROFILE = 'prod'\r\n# old\r\nfunction f {}\r\n",
  ],
  [
    'a batch file sets a profile',
    editBatch,
    '@echo off\r\nset AWS_ACCESS_KEY_ID=ID\r\nset "AWS_SECRET_ACCESS_KEY=SECRET"\r\nsetx AWS_ACCESS_KEY_ID ID\r\n',
    '@echo off\r\nset AWS_PROFILE=prod\r\nsetx AWS_PROFILE prod\r\n',
  ],
  [
    'a unit of systemd sets a profile',
    editUnit,
    '[Service]\nEnvironment=AWS_ACCESS_KEY_ID=ID "AWS_SECRET_ACCESS_KEY=SECRET" LANG=C\nExecStart=/bin/true\n',
    '[Service]\nEnvironment=AWS_PROFILE=prod LANG=C\nExecStart=/bin/true\n',
  ],
  [
    'a crontab sets a profile',
    editCrontab,
    'AWS_ACCESS_KEY_ID=ID\nAWS_SECRET_ACCESS_KEY = "SECRET"\n0 3 * * * backup\n',
    'AWS_PROFILE=prod\n0 3 * * * backup\n',
  ],
  [
    'the provider of Terraform takes a profile, with its signs of equality where they were',
    editTerraform,
    'provider "aws" {\n  region     = "eu-west-1" # home\n  access_key = "ID"\n  secret_key = "SECRET" // old\n}\nresource "x" "y" {\n  access_key = "ID"\n}\n',
    'provider "aws" {\n  region     = "eu-west-1" # home\n  profile    = "prod"\n  // old\n}\nresource "x" "y" {\n  access_key = "ID"\n}\n',
  ],
  [
    'the s3 backend and a remote state take a profile',
    editTerraform,
    'terraform {\n  backend "s3" {\n    access_key="ID"\n    secret_key="SECRET"\n  }\n}\ndata "terraform_remote_state" "n" {\n  backend = "s3"\n  config = {\n    bucket     = "b"\n    access_key = "ID"\n    secret_key = "SECRET"\n  }\n}\n',
    'terraform {\n  backend "s3" {\n    profile="prod"\n  }\n}\ndata "terraform_remote_state" "n" {\n  backend = "s3"\n  config = {\n    bucket     = "b"\n    profile    = "prod"\n  }\n}\n',
  ],
  [
    'a file of a backend takes a profile',
    editBackendFile,
    'bucket = "b"\naccess_key = "ID"\nsecret_key = "SECRET"\n',
    'bucket = "b"\nprofile    = "prod"\n',
  ],
  [
    'a remote of rclone takes a profile',
    editRclone,
    '[s3]\ntype = s3\nprovider = AWS\nenv_auth = false\naccess_key_id = ID\nsecret_access_key = SECRET\nregion = eu-west-1\n\n[minio]\ntype = s3\nprovider = Minio\naccess_key_id = ID2\n',
    '[s3]\ntype = s3\nprovider = AWS\nenv_auth = true\nprofile = prod\nregion = eu-west-1\n\n[minio]\ntype = s3\nprovider = Minio\naccess_key_id = ID2\n',
  ],
  [
    'settings in JSON with comments take a profile',
    editJson,
    '{\n  // terminal\n  "terminal.integrated.env.linux": {\n    "AWS_ACCESS_KEY_ID": "ID",\n    "AWS_SECRET_ACCESS_KEY": "SECRET"\n  },\n  "a": 1,\n}\n',
    '{\n  // terminal\n  "terminal.integrated.env.linux": {\n    "AWS_PROFILE": "prod"\n  },\n  "a": 1,\n}\n',
  ],
  [
    'JSON on one line keeps its commas right',
    editJson,
    '{"env":{"A":"1","AWS_ACCESS_KEY_ID":"ID","AWS_SECRET_ACCESS_KEY":"SECRET","B":"2"}}',
    '{"env":{"A":"1","AWS_PROFILE":"prod","B":"2"}}',
  ],
  [
    'a kubeconfig takes a profile',
    editKubeconfig,
    'apiVersion: v1\nusers:\n- name: eks # main\n  user:\n    exec:\n      command: aws\n      env:\n      - name: AWS_ACCESS_KEY_ID\n        value: ID\n      - name: "AWS_SECRET_ACCESS_KEY"\n        value: \'SECRET\'\n      - {name: LANG, value: C}\n',
    'apiVersion: v1\nusers:\n- name: eks # main\n  user:\n    exec:\n      command: aws\n      env:\n      - name: AWS_PROFILE\n        value: prod\n      - {name: LANG, value: C}\n',
  ],
  [
    'a run configuration in XML takes a profile',
    editXml,
    '<envs>\n  <env name="LANG" value="C" />\n  <env name="AWS_ACCESS_KEY_ID" value="ID" />\n  <env name="AWS_SECRET_ACCESS_KEY" value="SECRET" />\n</envs>\n',
    '<envs>\n  <env name="LANG" value="C" />\n  <env name="AWS_PROFILE" value="prod" />\n</envs>\n',
  ],
  [
    'the history of zsh loses the entry, all lines of it',
    editHistory('zsh'),
    ': 1:0;ls\n: 2:0;export AWS_ACCESS_KEY_ID=ID \\\nAWS_SECRET_ACCESS_KEY=SECRET\n: 3:0;pwd\n',
    ': 1:0;ls\n: 3:0;pwd\n',
  ],
  [
    'the history of bash loses the entry and its time',
    editHistory('bash'),
    '#1700000000\nls\n#1700000001\nexport AWS_ACCESS_KEY_ID=ID\n#1700000002\npwd\n',
    '#1700000000\nls\n#1700000002\npwd\n',
  ],
  [
    'the history of fish loses the entry',
    editHistory('fish'),
    '- cmd: ls\n  when: 1\n- cmd: set -x AWS_ACCESS_KEY_ID ID\n  when: 2\n- cmd: pwd\n  when: 3\n',
    '- cmd: ls\n  when: 1\n- cmd: pwd\n  when: 3\n',
  ],
]

for (const [claim, format, before, after, profile] of claims)
  test(claim, async () => expect(await edit(format, before, profile)).toBe(fill(after)))

test('where two keys share a file and no secret is known, nothing is changed', async () => {
  const text = fill(
    'AWS_ACCESS_KEY_ID=ID\nAWS_SECRET_ACCESS_KEY=SECRET\nAWS_ACCESS_KEY_ID=ID2\nAWS_SECRET_ACCESS_KEY=SECRET2\n',
  )
  const answer = await editDotenv({ text, accessKeyId: ID, secrets: [], profileName: 'prod' })
  expect(answer).toMatchObject({ splices: [], leaves: expect.stringContaining('cannot be told') })
})
