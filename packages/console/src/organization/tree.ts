/** The organization as a tree that is fetched branch by branch, as it is unfolded. */
import { useCallback, useEffect, useState } from 'react'
import { type Administration, useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import type { Account, Root } from '../admin/operations/organizations.ts'

export type TreeNode =
  | { kind: 'root' | 'unit'; id: string; name: string; parentId: string | undefined; root?: Root }
  | { kind: 'account'; id: string; name: string; parentId: string; account: Account }
  | { kind: 'more'; id: string; parentId: string; nextToken: string }
  | { kind: 'loading'; id: string; parentId: string }
  | { kind: 'failed'; id: string; parentId: string; failure: unknown }

export interface Tree {
  roots: readonly TreeNode[]
  failure: unknown
  childrenOf(node: TreeNode): readonly TreeNode[] | undefined
  expanded: readonly string[]
  toggle(node: TreeNode, open: boolean): void
  more(node: TreeNode & { kind: 'more' }): void
  reload(): void
}

type Branches = ReadonlyMap<string, readonly TreeNode[]>

export function useTree(): Tree {
  const administration = useAdministration()
  const [roots, setRoots] = useState<readonly TreeNode[]>([])
  const [failure, setFailure] = useState<unknown>()
  const [branches, setBranches] = useState<Branches>(new Map())
  const [expanded, setExpanded] = useState<readonly string[]>([])
  const put = useCallback(
    (id: string, nodes: readonly TreeNode[]) => setBranches((before) => new Map(before).set(id, nodes)),
    [],
  )
  const fetchBranch = useCallback(
    (id: string) => {
      loadBranch(administration, id).then(
        (nodes) => put(id, nodes),
        (refused: unknown) => put(id, [{ kind: 'failed', id: `${id} failed`, parentId: id, failure: refused }]),
      )
    },
    [administration, put],
  )
  const reload = useCallback(() => {
    setFailure(undefined)
    administration.api.listAll(prepare('organizations', 'ListRoots', {}), 'Roots').then((found) => {
      setRoots(
        found.map((root) => ({ kind: 'root', id: root.Id, name: root.Name ?? 'Root', parentId: undefined, root })),
      )
      setExpanded((before) => [...new Set([...before, ...found.map(({ Id }) => Id)])])
      for (const { Id } of found) fetchBranch(Id)
    }, setFailure)
  }, [administration, fetchBranch])
  useEffect(reload, [reload])
  return {
    roots,
    failure,
    childrenOf: (node) =>
      node.kind === 'root' || node.kind === 'unit'
        ? (branches.get(node.id) ?? [{ kind: 'loading', id: `${node.id} loading`, parentId: node.id }])
        : undefined,
    expanded,
    toggle: ({ id }, open) => {
      setExpanded((before) => (open ? [...before, id] : before.filter((one) => one !== id)))
      if (open) fetchBranch(id)
    },
    more: (node) => {
      const known = (branches.get(node.parentId) ?? []).filter((one) => one !== node)
      loadAccounts(administration, node.parentId, node.nextToken).then(
        (nodes) => put(node.parentId, [...known, ...nodes]),
        (refused: unknown) =>
          put(node.parentId, [
            ...known,
            { kind: 'failed', id: `${node.id} failed`, parentId: node.parentId, failure: refused },
          ]),
      )
    },
    reload: () => {
      reload()
      for (const id of expanded) fetchBranch(id)
    },
  }
}

async function loadBranch(administration: Administration, parentId: string): Promise<TreeNode[]> {
  const [units, accounts] = await Promise.all([
    administration.api.listAll(
      prepare('organizations', 'ListOrganizationalUnitsForParent', { ParentId: parentId }),
      'OrganizationalUnits',
    ),
    loadAccounts(administration, parentId),
  ])
  return [...units.map(({ Id, Name }): TreeNode => ({ kind: 'unit', id: Id, name: Name ?? Id, parentId })), ...accounts]
}

async function loadAccounts({ api }: Administration, parentId: string, NextToken?: string): Promise<TreeNode[]> {
  const page = await api.send(prepare('organizations', 'ListAccountsForParent', { ParentId: parentId, NextToken }))
  return [
    ...page.Accounts.map(
      (account): TreeNode => ({
        kind: 'account',
        id: account.Id,
        name: account.Name ?? account.Id,
        parentId,
        account,
      }),
    ),
    ...(page.NextToken
      ? [{ kind: 'more' as const, id: `${parentId} more ${page.NextToken}`, parentId, nextToken: page.NextToken }]
      : []),
  ]
}
