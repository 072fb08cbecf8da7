import { ProjectId } from './ids.ts'

/** What a host asks of the page by the fragment of its address: the native menu, a board opened from outside. */
export type HostRequest =
  | { readonly kind: 'project'; readonly projectId: ProjectId }
  /** A command of the page's registry, such as `studio.settings`. */
  | { readonly kind: 'command'; readonly command: string }

/**
 * The fragment that asks for it, with its `#`.
 * @param turn makes a repeated request a new address, so that the page hears of it
 */
export function hostRequestHash(request: HostRequest, turn = 0): string {
  const fields = new URLSearchParams(
    request.kind === 'project' ? { project: request.projectId } : { command: request.command },
  )
  if (turn > 0) fields.set('turn', String(turn))
  return `#${fields}`
}

/** @param hash `location.hash` @returns null when it asks for nothing */
export function readHostRequest(hash: string): HostRequest | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  const project = ProjectId.safeParse(fields.get('project'))
  if (project.success) return { kind: 'project', projectId: project.data }
  const command = fields.get('command')
  return command !== null && /^[\w.-]{1,60}$/.test(command) ? { kind: 'command', command } : null
}
