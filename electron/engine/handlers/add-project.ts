import type { Project } from '../../../shared/model.ts'
import type { Emit } from '../outbox.ts'
import type { WriteDb } from '../store/open-store.ts'
import { insertProject, readBudget } from '../store/projects.ts'
import type { HandlerContext } from './context.ts'
import { newProject } from './new-entities.ts'

/** Writes a new project without a cap, in rehearsal, and tells everyone. */
export function addProject({ ports }: HandlerContext, db: WriteDb, emit: Emit, title: string): Project {
  const project = newProject(ports, title)
  insertProject(db, project)
  emit('project.put', project)
  emit('budget.put', readBudget(db, project.id))
  return project
}
