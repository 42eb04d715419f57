/** Settings of services and of tools that deploy them. */

import type { Place } from './held-out.ts'

export const services: readonly Place[] = [
  [
    'Vagrant',
    'Vagrantfile',
    'config.vm.provider :aws do |aws|\n  aws.access_key_id = "ID"\n  aws.secret_access_key = "SECRET"\nend\n',
  ],
  ['Packer', 'image.pkr.json', '{"builders":[{"type":"amazon-ebs","access_key":"ID","secret_key":"SECRET"}]}\n'],
  ['Chef', '~/.chef/knife.rb', 'knife[:aws_access_key_id] = "ID"\nknife[:aws_secret_access_key] = "SECRET"\n'],
  ['Hiera', 'hieradata/common.yaml', "---\nprofile::backup::access_key: ID\nprofile::backup::secret_key: 'SECRET'\n"],
  ['Salt', 'cloud.providers', "ec2-WORD:\n  id: 'ID'\n  key: 'SECRET'\n  driver: ec2\n"],
  [
    'Fluentd',
    'fluent.conf',
    '<match WORD.**>\n  @type s3\n  aws_key_id ID\n  aws_sec_key SECRET\n  s3_bucket WORD\n</match>\n',
  ],
  [
    'Logstash',
    'pipeline.conf',
    'output {\n  s3 {\n    access_key_id => "ID"\n    secret_access_key => "SECRET"\n  }\n}\n',
  ],
  ['Thanos', 'objstore.yml', 'type: S3\nconfig:\n  bucket: WORD\n  access_key: ID\n  secret_key: SECRET\n'],
  ['Loki', 'loki.yaml', 'storage_config:\n  aws:\n    s3: s3://ID:URL@eu-west-1/WORD\n'],
  [
    'Docker registry',
    'config.yml',
    'storage:\n  s3:\n    accesskey: ID\n    secretkey: SECRET\n    region: eu-west-1\n',
  ],
  [
    'GitLab',
    'gitlab.rb',
    "gitlab_rails['backup_upload_connection'] = {\n  'provider' => 'AWS',\n  'aws_access_key_id' => 'ID',\n  'aws_secret_access_key' => 'SECRET'\n}\n",
  ],
  [
    'Drone',
    '.drone.yml',
    'steps:\n- name: upload\n  image: plugins/s3\n  settings:\n    access_key: ID\n    secret_key: SECRET\n',
  ],
  [
    'Azure Pipelines',
    'azure-pipelines.yml',
    'variables:\n- name: AWS_ACCESS_KEY_ID\n  value: ID\n- name: AWS_SECRET_ACCESS_KEY\n  value: SECRET\n',
  ],
  [
    'TeamCity',
    'project-config.xml',
    '<params>\n  <param name="env.AWS_ACCESS_KEY_ID" value="ID" />\n  <param name="env.AWS_SECRET_ACCESS_KEY" value="SECRET" />\n</params>\n',
  ],
  [
    'Jenkins credentials',
    'credentials.xml',
    '<com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl>\n  <id>WORD</id>\n  <accessKey>ALONE</accessKey>\n  <secretKey>{AQAAABAAAAAwWORD}</secretKey>\n</com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl>\n',
  ],
  [
    'ECS task definition',
    'task.json',
    '{"containerDefinitions":[{"environment":[{"name":"AWS_ACCESS_KEY_ID","value":"ID"},{"name":"AWS_SECRET_ACCESS_KEY","value":"SECRET"}]}]}\n',
  ],
  [
    'CloudFormation parameters',
    'parameters.json',
    '[\n  {"ParameterKey": "AccessKey", "ParameterValue": "ID"},\n  {"ParameterKey": "SecretKey", "ParameterValue": "SECRET"}\n]\n',
  ],
  [
    'SAM',
    'samconfig.toml',
    '[default.deploy.parameters]\nparameter_overrides = "AccessKey=\\"ID\\" SecretKey=\\"SECRET\\""\n',
  ],
  [
    'Kustomize',
    'kustomization.yaml',
    'secretGenerator:\n- name: WORD\n  literals:\n  - AWS_ACCESS_KEY_ID=ID\n  - AWS_SECRET_ACCESS_KEY=SECRET\n',
  ],
  [
    'Elastic Beanstalk',
    '.ebextensions/env.config',
    'option_settings:\n  - option_name: AWS_ACCESS_KEY_ID\n    value: ID\n  - option_name: AWS_SECRET_KEY\n    value: SECRET\n',
  ],
  ['Ansible inventory', 'hosts.ini', '[WORD]\n10.0.0.1 aws_access_key=ID aws_secret_key=SECRET ansible_user=root\n'],
  [
    'MinIO client',
    '~/.mc/config.json',
    '{"version":"10","aliases":{"s3":{"url":"https://s3.amazonaws.com","accessKey":"ID","secretKey":"SECRET","api":"S3v4"}}}\n',
  ],
  ['fog', '~/.fog', ':default:\n  :aws_access_key_id:     ID\n  :aws_secret_access_key: SECRET\n'],
  [
    'FileZilla',
    '~/.config/filezilla/sitemanager.xml',
    '<FileZilla3><Servers><Server>\n<Host>s3.amazonaws.com</Host>\n<User>ID</User>\n<Pass encoding="base64">BASE64</Pass>\n</Server></Servers></FileZilla3>\n',
  ],
  ['Airflow', 'airflow.env', "AIRFLOW_CONN_AWS_DEFAULT='aws://ID:URL@/?region_name=eu-west-1'\n"],
  ['authorization in base64', 'client.json', '{"headers":{"Authorization":"Basic BOTH64"}}\n'],
]
