/** What kind of file a path names, as the tools name theirs. */

import type { PlaceKind } from '../key/key-place.ts'

/** Paths as they end, with `/` between names whatever the system; the first that fits counts. */
const ENDS: readonly (readonly [RegExp, PlaceKind])[] = [
  // Vim's own record of a file that is being edited, or was when the computer went down.
  [/\.sw[a-p]$/, 'other'],
  [/\/\.aws\/credentials([._-][^/]*)?$/, 'aws-credentials'],
  [/\/\.aws\/config([._-][^/]*)?$/, 'aws-config'],
  [
    /\/(\.(bash|zsh|sh|mksh|ksh|ash|fish|psql|python|node_repl|irb|pry|sqlite|mysql|lesshst|lldb|gdb)?_?history|\.histfile|[a-z]+_history|ConsoleHost_history\.txt|\.zhistory|\.sh_history)$/i,
    'shell-history',
  ],
  [
    /\/(fish\/fish_history|\.zsh_sessions\/[^/]*|\.bash_sessions\/[^/]*|atuin\/[^/]*\.db|nushell\/history\.(txt|sqlite3)|xonsh\/[^/]*\.json|\.local\/share\/mcfly\/[^/]*)$/,
    'shell-history',
  ],
  [
    /\/(\.(bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|zlogout|zsh_aliases|kshrc|mkshrc|shrc|cshrc|tcshrc|login|logout|inputrc|xprofile|xinitrc|xsessionrc|pam_environment|envrc|aliases|exports|functions|path|extra|secrets|localrc)(\.local|\.d\/[^/]*)?|Microsoft\.[A-Za-z.]*profile\.ps1|profile\.ps1|config\.fish|fish_variables|env\.nu|config\.nu|rc\.xsh|\.xonshrc)$/,
    'shell-startup',
  ],
  [
    /\/(fish\/(conf\.d|functions)\/[^/]*\.fish|environment\.d\/[^/]*\.conf|\.(bashrc|zshrc|profile)\.d\/[^/]*|(powershell|WindowsPowerShell|PowerShell)\/[^/]*\.ps1|Library\/LaunchAgents\/[^/]*\.plist|systemd\/user\/[^/]*)$/,
    'shell-startup',
  ],
  [/\/((docker-)?compose([._-][^/]*)?\.ya?ml)$/, 'compose'],
  [
    /\/(\.docker\/[^/]*|[^/]*\.dockerfile|(Docker|Container)file([._-][^/]*)?|\.devcontainer(\/[^/]*)?|devcontainer\.json|containers\/auth\.json|daemon\.json)$/i,
    'docker',
  ],
  [
    /\/(\.env([._-][^/]*)?|[^/]+\.env|\.flaskenv|\.dev\.vars|env\.(local|production|development|staging|test)|local\.env)$/,
    'dotenv',
  ],
  [/\.tfstate(\.[^/]*)?$|\.tfstate\.backup$/, 'terraform-state'],
  [/\.(auto\.)?tfvars(\.json)?([._-][^/]*)?$|\/terraform\.tfvars[^/]*$/, 'terraform-variables'],
  [/\/(\.terraformrc|terraform\.rc|\.terraform\.d\/[^/]*|\.tofurc|tofu\.rc|\.terragrunt[^/]*)$/, 'terraform-cli'],
  [/\.(tf|tofu|tfbackend)(\.json)?$|\/terragrunt\.hcl$|\.hcl$|\.tfplan$/, 'terraform'],
  [/\/\.kube\/[^/]*$|\/kubeconfig[^/]*$|\.kubeconfig$/, 'kubeconfig'],
  [
    /\/(k8s|kubernetes|manifests|kustomize|helm|charts)\/.*\.(ya?ml|json)$|\/(kustomization|values([._-][^/]*)?)\.ya?ml$|[._-]secrets?\.ya?ml$/i,
    'kubernetes',
  ],
  [
    /\/\.(github\/(workflows|actions)\/.*|gitlab-ci[^/]*|gitlab\/ci\/.*|circleci\/.*|travis\.yml|drone\.yml|buildkite\/.*|woodpecker[^/]*|woodpecker\/.*|appveyor\.yml|cirrus\.yml|semaphore\/.*|azure-pipelines\/.*|gitea\/workflows\/.*|forgejo\/workflows\/.*|secrets|actrc)$/,
    'ci',
  ],
  [
    /\/(Jenkinsfile[^/]*|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.yml|buildspec[^/]*\.ya?ml|appveyor\.yml|codefresh\.ya?ml|cloudbuild\.ya?ml|wercker\.yml|\.jenkins\/.*|serverless\.ya?ml|samconfig\.toml)$/,
    'ci',
  ],
  [
    /\/(\.idea|\.vscode|\.vscode-server|\.fleet|\.zed|\.cursor|\.settings|\.run|nbproject)\/.*$|\.(code-workspace|iml|sublime-(project|settings|workspace)|run\.xml)$/,
    'ide',
  ],
  [
    /\/(JetBrains|Code|Code - Insiders|VSCodium|Cursor|zed|sublime-text|Sublime Text[^/]*|DataGrip|DBeaverData)\/.*$|\/\.(dbeaver4|eclipse|IntelliJIdea[^/]*|vim|emacs\.d|config\/nvim)\/.*$|\/\.(vimrc|emacs)$/,
    'ide',
  ],
  [/\/(\.npmrc|\.yarnrc(\.yml)?|\.pnpmrc|npmrc|bunfig\.toml|\.bunfig\.toml)$/, 'npm'],
  [
    /\/(pip\.(conf|ini)|\.pypirc|requirements[^/]*\.txt|Pipfile|poetry\/auth\.toml|uv\.toml|pypoetry\/auth\.toml)$/,
    'pip',
  ],
  [
    /\/(\.m2\/[^/]*|settings(-security)?\.xml|pom\.xml|gradle\.properties|\.gradle\/[^/]*\.(properties|gradle)|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|\.sbt\/.*|build\.sbt)$/,
    'maven',
  ],
  [/\/(\.s3cfg[^/]*|s3cmd\.ini|\.s3cmd[^/]*)$/, 's3cmd'],
  [/\/(rclone\.conf[^/]*|\.rclone\.conf)$/, 'rclone'],
  [/\/(\.boto|boto\.cfg|\.boto\.cfg)$/, 'boto'],
  [/\/[^/]*restic[^/]*(\/[^/]*)?$|\/\.?autorestic\.ya?ml$|\/resticprofile[^/]*$|\/profiles\.(ya?ml|toml)$/i, 'restic'],
  [/\/[^/]*(duplicity|duply|deja-dup)[^/]*(\/.*)?$/i, 'duplicity'],
]

/** Of a path of any system. The home decides nothing but that its own name is no sign. */
export function kindOfPath(path: string, home: string): PlaceKind {
  const whole = path.replaceAll('\\', '/')
  const own = home.replaceAll('\\', '/')
  const place = own !== '' && whole.startsWith(`${own}/`) ? whole.slice(own.length) : whole
  return ENDS.find(([end]) => end.test(place))?.[1] ?? 'other'
}

/** What a file says of itself where its path says nothing. */
export function kindOfText(kind: PlaceKind, path: string, text: string): PlaceKind {
  if (kind !== 'other') return kind
  if (/\.(ya?ml|json)$/.test(path)) {
    if (/^\s*"?apiVersion"?\s*:/m.test(text) && /^\s*"?kind"?\s*:\s*"?(Config)\b/m.test(text)) return 'kubeconfig'
    if (/^\s*"?apiVersion"?\s*:/m.test(text) && /"?kind"?\s*:/.test(text)) return 'kubernetes'
    if (/^services:/m.test(text) && /^\s+(image|build):/m.test(text)) return 'compose'
  }
  if (/(RESTIC_|restic )/.test(text)) return 'restic'
  if (/(PASSPHRASE=|duplicity )/.test(text) && /duplicity/.test(text)) return 'duplicity'
  return kind
}
