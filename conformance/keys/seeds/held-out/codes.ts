/** Sources in other languages. */

import type { Place } from './held-out.ts'

export const codes: readonly Place[] = [
  ['Go', 'main.go', 'package main\n\nvar creds = credentials.NewStaticCredentialsProvider("ID", "SECRET", "")\n'],
  ['Java', 'src/S3.java', 'AWSCredentials c = new BasicAWSCredentials(\n        "ID",\n        "SECRET");\n'],
  [
    'Kotlin',
    'src/S3.kt',
    'val provider = StaticCredentialsProvider {\n    accessKeyId = "ID"\n    secretAccessKey = "SECRET"\n}\n',
  ],
  ['C#', 'S3.cs', 'var client = new AmazonS3Client("ID", @"SECRET", RegionEndpoint.EUWest1);\n'],
  ['Rust', 'src/main.rs', 'let c = Credentials::new("ID", "SECRET", None, None, "static");\n'],
  ['Ruby', 'lib/s3.rb', "Aws.config.update(credentials: Aws::Credentials.new('ID', 'SECRET'))\n"],
  [
    'Perl',
    's3.pl',
    "my $s3 = Amazon::S3->new({ aws_access_key_id => 'ID', aws_secret_access_key => 'SECRET', retry => 1 });\n",
  ],
  ['R', 'load.R', 'Sys.setenv("AWS_ACCESS_KEY_ID" = "ID",\n           "AWS_SECRET_ACCESS_KEY" = "SECRET")\n'],
  [
    'Elixir',
    'config/config.exs',
    'config :ex_aws,\n  access_key_id: ["ID", :instance_role],\n  secret_access_key: ["SECRET", :instance_role]\n',
  ],
  ['Clojure', 'src/core.clj', '(def cred {:access-key "ID" :secret-key "SECRET" :endpoint "eu-west-1"})\n'],
  ['Nix', 'shell.nix', 'mkShell {\n  AWS_ACCESS_KEY_ID = "ID";\n  AWS_SECRET_ACCESS_KEY = "SECRET";\n}\n'],
  ['Swift', 'App.swift', 'let p = AWSStaticCredentialsProvider(accessKey: "ID", secretKey: "SECRET")\n'],
  [
    'PHP SDK',
    's3.php',
    "<?php\n$s3 = new S3Client([\n  'credentials' => [\n    'key'    => 'ID',\n    'secret' => 'SECRET',\n  ],\n]);\n",
  ],
  [
    'Spark in Python',
    'job.py',
    'sc._jsc.hadoopConfiguration().set("fs.s3a.access.key", "ID")\nsc._jsc.hadoopConfiguration().set("fs.s3a.secret.key", "SECRET")\n',
  ],
  [
    'Scala settings',
    'application.conf',
    'WORD {\n  aws {\n    access-key-id = "ID"\n    secret-access-key = "SECRET"\n  }\n}\n',
  ],
  [
    'browser test',
    'test/login.spec.js',
    "const user = process.env.KEY || 'ID'\nconst password = process.env.SECRET_KEY || `SECRET`\n",
  ],
]
