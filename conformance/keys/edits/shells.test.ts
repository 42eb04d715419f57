/** Shells and Terraform read the files that were edited, and find the profile in them and no key. */

import { existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Home } from '../../harness/home.ts'
import { runProgram } from '../../harness/run-program.ts'
import { editHome, undoEdits } from './edited-home.ts'

/** Nobody's: made of parts, so that no scanner of secrets takes this file for a leak. */
const ID = `AKIA${'QZ5TQ7WERTYUI2OP'}`
const SECRET = ['8fGh2Kq9', 'Lm3Np7Rs', 'T1vWx4Yz', '6AbCdEf0', 'JkMnPwXz'].join('')
const replacement = {
  profileName: 'work',
  role: { sessionName: 'corp', accountId: '111122223333', roleName: 'Developer' },
  session: { startUrl: 'https://corp.awsapps.example/start', region: 'eu-west-1' },
}

let home: Home
beforeEach(() => {
  home = new Home()
})
afterEach(() => home.remove())

const SHOW = 'echo "<$AWS_PROFILE|$AWS_ACCESS_KEY_ID|$AWS_SECRET_ACCESS_KEY>"'

/** An old start-up file, with most of what a shell can say. */
const BASH = `# ~/.bashrc: für mich
case $- in *i*) ;; *) : ;; esac
[ -z "$PS1" ] || export PS1='\\u@\\h:\\w\\$ '
f() {
  local x="$(printf '%s' "a)b")" # )
  export AWS_SECRET_ACCESS_KEY=${SECRET}
}
cat >/dev/null <<-'EOF'
	export AWS_ACCESS_KEY_ID=not-here
	EOF
if true; then
  # the company's
  export AWS_ACCESS_KEY_ID="${ID}"   # ask Bob
  export AWS_SECRET_ACCESS_KEY="${SECRET}"
fi
export EDITOR=vi AWS_ACCESS_KEY_ID=${ID} AWS_SECRET_ACCESS_KEY=${SECRET} LC_ALL=C
export A=1; export AWS_SECRET_ACCESS_KEY='${SECRET}'; export B=2
true && export AWS_ACCESS_KEY_ID=${ID} && export AWS_SECRET_ACCESS_KEY=${SECRET}
alias s3='AWS_DEFAULT_REGION=eu-west-1 aws s3'
`

const FISH = `# config.fish
set -gx PATH $PATH ~/bin
function f
    set -gx AWS_SECRET_ACCESS_KEY '${SECRET}'
end
if status is-login; or true
    set -gx AWS_ACCESS_KEY_ID ${ID} # ask Bob
    set -gx AWS_SECRET_ACCESS_KEY "${SECRET}"
end
`

for (const [shell, name, text] of [
  ['bash', '.bashrc', BASH],
  ['dash', '.profile', BASH],
  ['zsh', '.zshrc', BASH],
  ['fish', '.config/fish/config.fish', FISH],
] as const)
  test(`${shell} reads its edited start-up file, and has the profile and no key`, async (context) => {
    const program = ['/usr/bin', '/bin'].map((folder) => join(folder, shell)).find(existsSync)
    context.skip(program === undefined, `there is no ${shell} (Debian: apt-get install ${shell})`)
    home.write(name, text, 0o640)
    const edited = await editHome(home, [name], replacement)
    const after = home.read(name) ?? ''
    expect(edited.byHand).toEqual([])
    expect(after).not.toContain(ID)
    expect(after).not.toContain(SECRET)
    const path = join(home.path, name)
    const checked = await runProgram(program ?? '', ['-n', path], { env: home.env() })
    expect([checked.status, checked.stderr]).toEqual([0, ''])
    const script = shell === 'fish' ? `source ${path}; f; ${SHOW}` : `. ${path}; f; ${SHOW}`
    const run = await runProgram(program ?? '', ['-c', script], { env: home.env() })
    expect(run.stdout, run.stderr).toContain('<work||>')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    await undoEdits(edited)
    expect(home.read(name)).toBe(text)
  })

test('Terraform reads its edited configuration', async (context) => {
  const terraform = ['/usr/local/bin/terraform', '/usr/bin/terraform'].find(existsSync)
  context.skip(terraform === undefined, 'there is no terraform')
  const text = `provider "aws" {
  region     = "eu-west-1"
  access_key = "${ID}" # ask Bob
  secret_key = "${SECRET}"
}

terraform {
  backend "s3" {
    bucket     = "state"
    secret_key = "${SECRET}"
    access_key = "${ID}"
  }
}
`
  home.write('main.tf', text)
  await editHome(home, ['main.tf'], replacement)
  const { status, stderr } = await runProgram(
    terraform ?? '',
    ['fmt', '-write=false', '-list=false', join(home.path, 'main.tf')],
    {
      env: home.env({ CHECKPOINT_DISABLE: '1' }),
    },
  )
  expect([status, stderr]).toEqual([0, ''])
  expect(home.read('main.tf')).toContain('  profile    = "work" # ask Bob\n')
})

test('a symbolic link stays one, and the file behind it is edited', async () => {
  home.write('dotfiles/bashrc', `export AWS_ACCESS_KEY_ID=${ID}\nexport AWS_SECRET_ACCESS_KEY=${SECRET}\n`)
  symlinkSync('dotfiles/bashrc', join(home.path, '.bashrc'))
  await editHome(home, ['.bashrc'], replacement)
  expect(lstatSync(join(home.path, '.bashrc')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(home.path, 'dotfiles/bashrc'), 'utf8')).toBe('export AWS_PROFILE=work\n')
})
