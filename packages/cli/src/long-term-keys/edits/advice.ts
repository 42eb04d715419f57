/** What to do about a key in a file that nothing but a person can change. */

import type { Platform } from '../../machine/machine.ts'
import { shellWord } from '../../shared-config/shell-word.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { PlaceKind } from '../key/key-place.ts'

export interface Advice {
  /** Sentences. */
  readonly why: string
  readonly advice: string
}

type Tell = (profile: string) => Advice

/** A program that has no profiles, and takes what the environment has. */
export const byEnvironment =
  (tool: string, program: string): Tell =>
  (profile) => ({
    why: `${tool} reads no profile from this file.`,
    advice: `Take the key's lines out, and run it with short-lived credentials: mayfly exec ${profile} -- ${program}`,
  })

const PASSED_ON = '-e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY -e AWS_SESSION_TOKEN'

const OTHER_AWS_FILE: Tell = () => ({
  why: "It is none of the two files that AWS's tools read here.",
  advice:
    'Delete it when it is a copy. When a program names it by AWS_SHARED_CREDENTIALS_FILE or AWS_CONFIG_FILE, set that and plan again.',
})

const BY_KIND: Partial<Record<PlaceKind, Tell>> = {
  'aws-credentials': OTHER_AWS_FILE,
  'aws-config': OTHER_AWS_FILE,
  'shell-history': () => ({
    why: "A history is the person's own.",
    advice:
      'The key in it is worth nothing once it is deactivated. To delete the entries too: mayfly keys plan --delete-history',
  }),
  'git-history': () => ({
    why: 'A history that others have copies of is never rewritten.',
    advice: 'The key in it is worth nothing once it is deactivated: let the retirement go on to its end.',
  }),
  docker: (profile) => ({
    why: 'An image or a container knows no profile of this computer.',
    advice: `Take the key out of the file (the layers of images that were built keep it), and pass credentials on: mayfly exec ${profile} -- docker run ${PASSED_ON} IMAGE`,
  }),
  compose: (profile) => ({
    why: 'A container knows no profile of this computer.',
    advice: `Name the variables without values (- AWS_ACCESS_KEY_ID, - AWS_SECRET_ACCESS_KEY, - AWS_SESSION_TOKEN), and start with: mayfly exec ${profile} -- docker compose up`,
  }),
  'terraform-variables': (profile) => ({
    why: 'What its configuration does with the variables is not known.',
    advice: `Delete the variables with the key, and say profile = ${JSON.stringify(profile)} in provider "aws"; or run: mayfly exec ${profile} -- terraform plan`,
  }),
  'terraform-state': () => ({
    why: "A state is Terraform's own record.",
    advice:
      'Take the key out of the configuration (a variable, an aws_iam_access_key), and let terraform apply write the state anew.',
  }),
  terraform: (profile) => ({
    why: 'It is none of the attributes that a profile can take the place of.',
    advice: `Take it out of the configuration, and run: mayfly exec ${profile} -- terraform plan`,
  }),
  kubernetes: () => ({
    why: 'A workload in a cluster is no person, and cannot sign in.',
    advice:
      'Give its service account a role (EKS Pod Identity, or IAM roles for service accounts), and delete the secret.',
  }),
  ci: () => ({
    why: 'A pipeline is no person, and cannot sign in.',
    advice: 'Let it take a role through OpenID Connect, and delete the key from its settings.',
  }),
  s3cmd: byEnvironment('s3cmd', 's3cmd ls'),
  boto: byEnvironment('boto 2', 'gsutil ls'),
  restic: byEnvironment('restic', 'restic snapshots'),
  duplicity: byEnvironment('duplicity', 'duplicity collection-status URL'),
  maven: byEnvironment('The build', 'mvn deploy'),
  npm: byEnvironment('npm', 'npm install'),
  pip: byEnvironment('pip', 'pip install PACKAGE'),
}

const LEFT_BY_AN_EDITOR: Tell = () => ({
  why: 'An editor has left it beside the file that programs read: no program reads this one.',
  advice: 'Delete it, when nothing in it is missed.',
})

const CONFLICTED: Tell = () => ({
  why: 'It is a copy that a synchronized folder has made when two computers had changed the file.',
  advice: 'Delete it, when nothing in it is missed, on one computer: the others follow.',
})

const BY_NAME: readonly (readonly [RegExp, Tell])[] = [
  [/(?:~|\.(?:sw[a-p]|orig|rej)|\/#[^/]*#|\/\.#[^/]*)$/, LEFT_BY_AN_EDITOR],
  [/[( ]conflict(?:ed copy)?\b[^/]*$|\.sync-conflict-[^/]*$/i, CONFLICTED],
  [/passwd-s3fs$/, byEnvironment('s3fs', 's3fs BUCKET FOLDER -f')],
  [
    /\/fish_variables$/,
    () => ({
      why: 'fish itself writes this file.',
      advice: 'In fish: set -Ue AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    }),
  ],
]

/** For a place that no edit takes care of. */
export function adviseByHand(
  { place, kind }: Pick<FoundKey, 'place' | 'kind'>,
  profileName: string,
  platform: Platform,
): Advice {
  const profile = shellWord(profileName, platform)
  if (place.type === 'environment')
    return {
      why: 'A variable of this shell is gone when it ends, and it wins over every profile until then.',
      advice: `In this shell: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN; export AWS_PROFILE=${profile}`,
    }
  const path = place.path?.replaceAll('\\', '/') ?? ''
  const tell =
    place.type === 'history' ? BY_KIND['git-history'] : (BY_NAME.find(([end]) => end.test(path))?.[1] ?? BY_KIND[kind])
  return (
    tell?.(profile) ?? {
      why: 'No tool is known that would read a profile in its place.',
      advice: `Take the key out: the SDKs find a profile by themselves. Start the program with: mayfly exec ${profile} -- PROGRAM`,
    }
  )
}

/** For a line that nothing reads. */
export const IN_A_COMMENT: Advice = {
  why: 'It stands in a comment, which no tool reads.',
  advice: 'Delete the line: the key in it is worth nothing once it is deactivated.',
}
