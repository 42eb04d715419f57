/** What a shell reads to complete Mayfly's command line: it asks `mayfly complete`, which reads files alone. */

import type { Shell } from './shells.ts'

/** What `mayfly complete` prints where a file is to be named. */
const FILES = ':files'

// What follows `--` is a program's own command line: bash-completion and compgen know about it, Mayfly does not.
const BASH = `_mayfly() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" line="\${COMP_LINE:0:COMP_POINT}" index reply
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    [ "\${COMP_WORDS[index]}" = -- ] || continue
    if declare -F _command_offset >/dev/null; then
      _command_offset $((index + 1))
    elif ((COMP_CWORD == index + 1)); then
      COMPREPLY=($(compgen -c -- "$cur"))
    else
      compopt -o default 2>/dev/null
    fi
    return
  done
  case "$cur" in [=:]) cur= ;; esac
  while IFS= read -r reply; do
    if [ "$reply" = ${FILES} ]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("$reply")
  done < <(command mayfly complete bash -- "$line" "$cur" 2>/dev/null)
  case "\${COMPREPLY[0]-}" in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _mayfly mayfly
`

const ZSH = `_mayfly() {
  local index reply
  local -a replies
  for ((index = 2; index < CURRENT; index++)); do
    [[ "\${words[index]}" == -- ]] || continue
    shift $index words
    ((CURRENT -= index))
    _normal
    return
  done
  replies=("\${(@f)$(command mayfly complete zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${replies[1]}" == ${FILES} ]]; then
    _files
    return
  fi
  [[ -n "\${replies[1]}" ]] && _describe -V mayfly replies
}
(( \${+functions[compdef]} )) && compdef _mayfly mayfly
`

const FISH = `function __mayfly_complete
    set -l before (commandline -opc)
    set -l dashes (contains -i -- -- $before)
    if test -n "$dashes"
        set -l program
        test (count $before) -gt $dashes; and set program (string escape -- $before[(math $dashes + 1)..-1])
        complete -C (string join ' ' -- $program (commandline -ct))
        return
    end
    set -l replies (command mayfly complete fish -- $before[2..-1] (commandline -ct) 2>/dev/null)
    if test "$replies[1]" = ${FILES}
        __fish_complete_path (commandline -ct)
    else
        string join \\n -- $replies
    end
end
complete -c mayfly -f -k -a '(__mayfly_complete)'
`

const POWERSHELL = `Register-ArgumentCompleter -Native -CommandName mayfly -ScriptBlock {
    param($word, $line, $position)
    $program = (Get-Command mayfly -CommandType Application, ExternalScript | Select-Object -First 1).Source
    $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | Select-Object -Skip 1 | ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { "$_" } })
    if ($before -contains '--') { return }
    & $program complete powershell '--' @before "word:$word" 2>$null | ForEach-Object {
        $value, $about = $_ -split "\`t", 2
        if ($value -eq '${FILES}') { return }
        $text = if ($value -match "[^\\w@%+=:,./-]") { "'" + ($value -replace "['\\u2018-\\u201b]", '$0$0') + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $(if ($about) { $about } else { $value }))
    }
}
`

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL }

export const completionScript = (shell: Shell): string => SCRIPTS[shell]
