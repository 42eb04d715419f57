/** Other shells, other prompts, and what starts programs with variables. */

import type { Place } from './held-out.ts'

export const shells: readonly Place[] = [
  ['tcsh', '~/.tcshrc', 'set prompt="%~ "\nsetenv AWS_ACCESS_KEY_ID ID\nsetenv AWS_SECRET_ACCESS_KEY SECRET\n', 'lf'],
  [
    'nushell',
    '~/.config/nushell/env.nu',
    '$env.AWS_ACCESS_KEY_ID = "ID"\n$env.AWS_SECRET_ACCESS_KEY = "SECRET"\n',
    'lf',
  ],
  ['xonsh', '~/.xonshrc', "$AWS_ACCESS_KEY_ID = 'ID'\n$AWS_SECRET_ACCESS_KEY = 'SECRET'\n", 'lf'],
  ['setx', 'setup.cmd', 'setx AWS_ACCESS_KEY_ID ID\nsetx AWS_SECRET_ACCESS_KEY SECRET /M\n', 'crlf'],
  [
    'docker run in a history',
    '~/.history',
    'ls\ndocker run -it -e AWS_ACCESS_KEY_ID=ID -e AWS_SECRET_ACCESS_KEY=SECRET WORD:latest sh\nexit\n',
    'lf',
  ],
  [
    'kubectl create secret',
    'notes/run.sh',
    "kubectl create secret generic WORD --from-literal=access-key-id=ID --from-literal=secret-access-key='SECRET'\n",
    'lf',
  ],
  [
    'curl with a signature',
    'call.sh',
    'curl --aws-sigv4 "aws:amz:eu-west-1:s3" --user "ID:SECRET" https://WORD.s3.amazonaws.com/\n',
    'lf',
  ],
  ['heroku config', 'deploy.txt', 'heroku config:set S3_KEY=ID S3_SECRET=SECRET --app WORD\n'],
  [
    'aws configure, copied',
    'onboarding.md',
    '```\n$ aws configure\nAWS Access Key ID [None]: ID\nAWS Secret Access Key [None]: SECRET\nDefault region name [None]: eu-west-1\n```\n',
  ],
  ['two lines', '~/.awssecret', 'ID\nSECRET\n', 'lf'],
  [
    's3curl',
    '~/.s3curl',
    "%awsSecretAccessKeys = (\n    WORD => {\n        id => 'ID',\n        key => 'SECRET',\n    },\n);\n",
    'lf',
  ],
  [
    'launchd',
    '~/Library/LaunchAgents/backup.plist',
    '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>\n<key>EnvironmentVariables</key>\n<dict>\n<key>AWS_ACCESS_KEY_ID</key>\n<string>ID</string>\n<key>AWS_SECRET_ACCESS_KEY</key>\n<string>SECRET</string>\n</dict>\n</dict></plist>\n',
    'lf',
  ],
  [
    'supervisor',
    'supervisord.conf',
    '[program:WORD]\ncommand=/usr/bin/WORD\nenvironment=AWS_ACCESS_KEY_ID="ID",AWS_SECRET_ACCESS_KEY="SECRET",DEBUG="0"\n',
  ],
  [
    'Apache',
    'httpd.conf',
    '<VirtualHost *:80>\n  SetEnv AWS_ACCESS_KEY_ID ID\n  SetEnv AWS_SECRET_ACCESS_KEY SECRET\n</VirtualHost>\n',
  ],
  ['php-fpm', 'www.conf', '[www]\nenv[AWS_ACCESS_KEY_ID] = ID\nenv[AWS_SECRET_ACCESS_KEY] = SECRET\n'],
  [
    'Makefile',
    'Makefile',
    'export AWS_ACCESS_KEY_ID := ID\nexport AWS_SECRET_ACCESS_KEY ?= SECRET\n\nall:\n\taws s3 ls\n',
    'lf',
  ],
  ['pam_env', '~/.pam_environment', 'AWS_ACCESS_KEY_ID DEFAULT=ID\nAWS_SECRET_ACCESS_KEY DEFAULT=SECRET\n', 'lf'],
]
