import { expect, test } from 'vitest'
import { kindOfPath, kindOfText } from './place-kind.ts'

const HOME = '/home/alice'

test.each([
  ['.aws/credentials', 'aws-credentials'],
  ['.aws/credentials.bak', 'aws-credentials'],
  ['.aws/config', 'aws-config'],
  ['.bashrc', 'shell-startup'],
  ['.config/fish/config.fish', 'shell-startup'],
  ['.config/fish/conf.d/aws.fish', 'shell-startup'],
  ['Documents/PowerShell/Microsoft.PowerShell_profile.ps1', 'shell-startup'],
  ['.bash_history', 'shell-history'],
  ['.zsh_history', 'shell-history'],
  ['.python_history', 'shell-history'],
  ['.local/share/fish/fish_history', 'shell-history'],
  ['work/.env', 'dotenv'],
  ['work/.env.production.local', 'dotenv'],
  ['work/app.env', 'dotenv'],
  ['work/.env.swp', 'other'],
  ['.docker/config.json', 'docker'],
  ['work/Dockerfile.prod', 'docker'],
  ['work/docker-compose.yml', 'compose'],
  ['work/compose.override.yaml', 'compose'],
  ['work/main.tf', 'terraform'],
  ['work/prod.auto.tfvars', 'terraform-variables'],
  ['work/terraform.tfstate.backup', 'terraform-state'],
  ['.terraformrc', 'terraform-cli'],
  ['.terraform.d/credentials.tfrc.json', 'terraform-cli'],
  ['work/k8s/secret.yaml', 'kubernetes'],
  ['.kube/config', 'kubeconfig'],
  ['work/.github/workflows/deploy.yml', 'ci'],
  ['work/.gitlab-ci.yml', 'ci'],
  ['work/Jenkinsfile', 'ci'],
  ['work/.idea/workspace.xml', 'ide'],
  ['work/.vscode/settings.json', 'ide'],
  ['.npmrc', 'npm'],
  ['.config/pip/pip.conf', 'pip'],
  ['.m2/settings.xml', 'maven'],
  ['.gradle/gradle.properties', 'maven'],
  ['.s3cfg', 's3cmd'],
  ['.config/rclone/rclone.conf', 'rclone'],
  ['.boto', 'boto'],
  ['bin/restic-backup.sh', 'restic'],
  ['.duplicity/conf', 'duplicity'],
  ['notes.txt', 'other'],
])('~/%s is %s', (path, kind) => {
  expect(kindOfPath(`${HOME}/${path}`, HOME)).toBe(kind)
})

test('the separators of Windows are separators', () => {
  expect(kindOfPath('C:\\Users\\alice\\.aws\\credentials', 'C:\\Users\\alice')).toBe('aws-credentials')
})

test('what the home is called decides nothing', () => {
  expect(kindOfPath('/home/restic/notes.txt', '/home/restic')).toBe('other')
})

test('where the path says nothing, the text may', () => {
  expect(kindOfText('other', '/a/x.yaml', 'apiVersion: v1\nkind: Secret\n')).toBe('kubernetes')
  expect(kindOfText('other', '/a/x.yaml', 'services:\n  a:\n    image: b\n')).toBe('compose')
  expect(kindOfText('other', '/a/backup', 'export RESTIC_REPOSITORY=s3:x\n')).toBe('restic')
  expect(kindOfText('dotenv', '/a/.env', 'RESTIC_REPOSITORY=s3:x\n')).toBe('dotenv')
})
