/** A step for a pipeline that looks at what a push or a merge request brings. */

export type Pipeline = 'github' | 'gitlab'

const GITHUB = `# .github/workflows/mayfly-keys.yml
name: Long-term keys
on:
  push:
  pull_request:
permissions:
  contents: read
  security-events: write
jobs:
  keys:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - name: Look at what these commits bring
        env:
          BEFORE: \${{ github.event.pull_request.base.sha || github.event.before }}
          MAIN: origin/\${{ github.event.repository.default_branch }}
        run: |
          range="$MAIN..HEAD"
          if git cat-file -e "$BEFORE^{commit}" 2>/dev/null; then range="$BEFORE..HEAD"; fi
          npx --yes mayfly keys find --range "$range" --sarif > mayfly.sarif || code=$?
          if [ "\${code:-0}" -ne 0 ]; then npx --yes mayfly keys find --range "$range" || exit $?; fi
      - name: Show it under Security
        if: always() && hashFiles('mayfly.sarif') != ''
        # A pull request from a fork may not write there.
        continue-on-error: true
        uses: github/codeql-action/upload-sarif@v4
        with:
          sarif_file: mayfly.sarif
          category: mayfly
`

const GITLAB = `# .gitlab-ci.yml
mayfly-keys:
  image: node:24
  variables:
    GIT_DEPTH: 0
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH
  script:
    - |
      before="\${CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_BEFORE_SHA}"
      range="origin/$CI_DEFAULT_BRANCH..$CI_COMMIT_SHA"
      if git cat-file -e "$before^{commit}" 2>/dev/null; then range="$before..$CI_COMMIT_SHA"; fi
      npx --yes mayfly keys find --range "$range"
`

export const pipelineStep = (pipeline: Pipeline): string => (pipeline === 'github' ? GITHUB : GITLAB)
