import { ProjectId } from '../../../shared/ids.ts'
import type { Project } from '../../../shared/model.ts'
import type { Emit } from '../outbox.ts'
import type { WriteDb } from '../store/open-store.ts'
import { insertProject, readBudget } from '../store/projects.ts'
import type { HandlerContext } from './context.ts'

/** Writes a new project without a cap, in rehearsal, and tells everyone. */
export function addProject({ ports }: HandlerContext, db: WriteDb, emit: Emit, title: string): Project {
  const now = ports.clock.now()
  const id = ProjectId.parse(ports.ids.next())
  const project: Project = {
    id,
    title,
    cap: null,
    batchLimit: null,
    provider: 'rehearsal',
    createdAt: now,
    openedAt: now,
  }
  insertProject(db, project)
  emit('project.put', project)
  emit('budget.put', readBudget(db, id))
  return project
}
