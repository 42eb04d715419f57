/** Exports, dumps, logs and notes. */

import type { Place } from './held-out.ts'

export const texts: readonly Place[] = [
  [
    'password export, CSV',
    '~/Downloads/passwords.csv',
    'name,url,username,password\naws,https://console.aws.amazon.com,ID,SECRET\n',
  ],
  [
    'Bitwarden export',
    '~/Downloads/bitwarden.json',
    '{"items":[{"name":"aws","login":{"username":"ID","password":"SECRET","totp":null}}]}\n',
  ],
  [
    'Postman',
    'api.postman_collection.json',
    '{"auth":{"type":"awsv4","awsv4":[{"key":"secretKey","value":"SECRET","type":"string"},{"key":"accessKey","value":"ID","type":"string"}]}}\n',
  ],
  [
    'Snowflake',
    'stage.sql',
    "CREATE STAGE WORD URL='s3://WORD/' CREDENTIALS=(AWS_KEY_ID='ID' AWS_SECRET_KEY='SECRET');\n",
  ],
  ['ClickHouse', 'load.sql', "SELECT * FROM s3('https://WORD.s3.amazonaws.com/a.csv', 'ID', 'SECRET', 'CSV');\n"],
  ['database dump', 'dump.sql', "INSERT INTO `settings` VALUES (1,'s3_key','ID'),(2,'s3_secret','SECRET');\n"],
  [
    'log of a program',
    'logs/app.log',
    '2025-01-02T03:04:05Z INFO starting accessKey=ID, secretKey=SECRET, region=eu-west-1\n',
  ],
  [
    'create-access-key, kept',
    'key.json',
    '{\n    "AccessKey": {\n        "UserName": "WORD",\n        "AccessKeyId": "ID",\n        "Status": "Active",\n        "SecretAccessKey": "SECRET"\n    }\n}\n',
  ],
  ['chat export', 'export/general.json', '[{"user":"U1","text":"key: `ID`\\nsecret: `SECRET`\\nplease rotate"}]\n'],
  ['table in Markdown', 'wiki/keys.md', '| user | access key | secret key |\n|---|---|---|\n| WORD | ID | SECRET |\n'],
  ['note', '~/Desktop/aws.txt', 'AWS WORD\nkey ID\nsecret SECRET\n'],
  [
    'colours of a terminal',
    '~/typescript',
    'Script started\n\u001b[32m$\u001b[0m export AWS_ACCESS_KEY_ID=ID\n\u001b[1mexport\u001b[0m AWS_SECRET_ACCESS_KEY=SECRET\n',
    'lf',
  ],
  [
    'difference of files',
    'fix.patch',
    '--- a/.env\n+++ b/.env\n@@ -1,2 +1,2 @@\n-AWS_ACCESS_KEY_ID=ID\n-AWS_SECRET_ACCESS_KEY=SECRET\n+AWS_PROFILE=WORD\n',
    'lf',
  ],
  [
    'YAML with anchors',
    'stack.yml',
    'x-aws: &aws\n  AWS_ACCESS_KEY_ID: &id "ID"\n  AWS_SECRET_ACCESS_KEY: !!str SECRET\n',
  ],
  [
    'id in a signed address',
    'link.txt',
    'https://WORD.s3.amazonaws.com/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ALONE%2F20250101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Expires=900\n',
  ],
  [
    'quoted-printable mail',
    '~/Mail/sent',
    'From a@example.com Tue Mar  4 05:06:07 2025\nContent-Transfer-Encoding: quoted-printable\n\nAWS_ACCESS_KEY_ID=3DID\nAWS_SECRET_ACCESS_KEY=3DSECRET\n',
    'lf',
  ],
]
