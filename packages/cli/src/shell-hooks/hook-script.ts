/** What a shell reads so that `mayfly use` can change its environment: a function around the program. */

import { completionScript } from './completion-script.ts'
import { HOOK_VARIABLE, type Shell } from './shells.ts'

/** The last line of what a hook may run. Anything else that Mayfly prints, a help text for one, is only shown. */
export const RUNS = '# mayfly use'

/** Colours by the hook's own variable, which `mayfly use` sets: `31:prod-admin`. */
const COLOUR_VARIABLE = 'mayfly_colour'

const POSIX = (shell: 'bash' | 'zsh', [on, off]: readonly [string, string]): string => `mayfly() {
  if [ "\${1-}" != use ]; then
    command mayfly "$@"
    return
  fi
  local mayfly_lines mayfly_status
  mayfly_lines="$(${HOOK_VARIABLE}=${shell} command mayfly "$@")"
  mayfly_status=$?
  case "$mayfly_lines" in
    *'${RUNS}') eval "$mayfly_lines" ;;
    ?*) printf '%s\\n' "$mayfly_lines" ;;
  esac
  return "$mayfly_status"
}

# The profile of this shell for its prompt, without starting a program.
mayfly_segment() {
  local mayfly_name="\${AWS_PROFILE:-\${MAYFLY_PROFILE-}}"
  [ -n "$mayfly_name" ] || return 0
  case "\${NO_COLOR-}:\${${COLOUR_VARIABLE}-}" in
    :[0-9]*":$mayfly_name") printf '${on}\\033[%sm${off}%s${on}\\033[0m${off}' "\${${COLOUR_VARIABLE}%%:*}" ${NAME_IN[shell]} ;;
    *) printf '%s' ${NAME_IN[shell]} ;;
  esac
}
`

/** In zsh's prompt a percent sign begins an escape. */
const NAME_IN = { bash: '"$mayfly_name"', zsh: `"\${mayfly_name//\\%/%%}"` } as const

const FISH = `function mayfly --wraps mayfly
    if test "$argv[1]" != use
        command mayfly $argv
        return
    end
    set -l mayfly_lines (${HOOK_VARIABLE}=fish command mayfly $argv)
    set -l mayfly_status $status
    if test "$mayfly_lines[-1]" = '${RUNS}'
        string join \\n -- $mayfly_lines | source
    else if test (count $mayfly_lines) -gt 0
        string join \\n -- $mayfly_lines
    end
    return $mayfly_status
end

# The profile of this shell for its prompt, without starting a program.
function mayfly_segment
    set -l mayfly_name $AWS_PROFILE
    test -n "$mayfly_name"; or set mayfly_name $MAYFLY_PROFILE
    test -n "$mayfly_name"; or return 0
    set -l mayfly_parts (string split -m 1 : -- "$${COLOUR_VARIABLE}")
    if test -z "$NO_COLOR"; and test "$mayfly_parts[2]" = "$mayfly_name"
        printf '\\e[%sm%s\\e[0m' $mayfly_parts[1] $mayfly_name
    else
        printf '%s' $mayfly_name
    end
end
`

const POWERSHELL = `function mayfly {
    $program = (Get-Command mayfly -CommandType Application, ExternalScript -ErrorAction Stop | Select-Object -First 1).Source
    if ($args.Count -eq 0 -or $args[0] -ne 'use') {
        if ($MyInvocation.ExpectingInput) { $input | & $program @args } else { & $program @args }
        return
    }
    $env:${HOOK_VARIABLE} = 'powershell'
    try { $lines = @(& $program @args) } finally { Remove-Item Env:${HOOK_VARIABLE} -ErrorAction SilentlyContinue }
    if ($lines.Count -gt 0 -and $lines[-1] -eq '${RUNS}') { Invoke-Expression ($lines -join "\`n") } else { $lines }
}

# The profile of this shell for its prompt, without starting a program.
function mayfly_segment {
    $name = if ($env:AWS_PROFILE) { $env:AWS_PROFILE } else { $env:MAYFLY_PROFILE }
    if (-not $name) { return '' }
    $colour, $of = "$global:${COLOUR_VARIABLE}" -split ':', 2
    if (-not $env:NO_COLOR -and $of -eq $name) { return "$([char]27)[\${colour}m$name$([char]27)[0m" }
    return $name
}
`

const FUNCTIONS: Readonly<Record<Shell, string>> = {
  bash: POSIX('bash', ['\\001', '\\002']),
  zsh: POSIX('zsh', ['%%{', '%%}']),
  fish: FISH,
  powershell: POWERSHELL,
}

/** Everything that the shell reads: the function, the segment, the completion. */
export const hookScript = (shell: Shell): string =>
  `# Mayfly in this shell. Written by mayfly hook; changes here are lost.\n${FUNCTIONS[shell]}\n${completionScript(shell)}`

/** Lines beside the exported ones: not exported, and only where a hook runs them. */
export function colourLine(shell: Shell, value: string): string {
  if (shell === 'fish') return `set -g ${COLOUR_VARIABLE} '${value.replace(/[\\']/g, '\\$&')}';`
  if (shell === 'powershell') return `$global:${COLOUR_VARIABLE} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}';`
  return `${COLOUR_VARIABLE}='${value.replaceAll("'", `'\\''`)}';`
}
