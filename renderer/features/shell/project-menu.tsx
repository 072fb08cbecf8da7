import { ChevronDown, FolderOpen, History, LayoutGrid, PackageOpen, Plus, Sparkles } from 'lucide-react'
import { registry } from '../../commands/registry.ts'
import { recentProjects } from '../../state/recent-projects.ts'
import { useNow } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { openProject } from '../../state/session.ts'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { Mark } from './mark.tsx'

/** More than these are on the start screen. */
const MOST = 8

/** The name of the open project; its menu switches between projects and brings in new ones. */
export function ProjectMenu() {
  const studio = useProjection((projection) => projection.studio)
  const project = useProjection((projection) => projection.view?.project ?? null)
  const projects = recentProjects(studio, useNow(false), project?.id ?? null)

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="project-button"
          aria-label={project ? `Project: ${project.title}` : 'Takeboard: projects'}
        >
          <Mark />
          <span className="ell">{project?.title ?? 'Takeboard'}</span>
          <ChevronDown size={14} className="t3" aria-hidden />
        </button>
      }
    >
      {projects.length > 0 && (
        <>
          <MenuGroup label="Projects">
            {projects.slice(0, MOST).map(({ id, title, opened }) => (
              <MenuChoice
                key={id}
                checked={id === project?.id}
                onClick={() => void openProject(id)}
                hint={id === project?.id ? 'open' : opened}
              >
                {title}
              </MenuChoice>
            ))}
          </MenuGroup>
          {project && (
            <MenuItem icon={<LayoutGrid size={14} />} onClick={() => registry.run('project.start')}>
              {projects.length > MOST ? `All ${projects.length} projects` : 'Start screen'}
            </MenuItem>
          )}
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={<Plus size={14} />} onClick={() => registry.run('project.new')}>
        New board
      </MenuItem>
      <MenuItem icon={<FolderOpen size={14} />} onClick={() => registry.run('project.import')}>
        Open a board file
      </MenuItem>
      <MenuItem icon={<Sparkles size={14} />} onClick={() => registry.run('project.sample')}>
        Open the sample project
      </MenuItem>
      {project && (
        <>
          <MenuSeparator />
          <MenuItem icon={<PackageOpen size={14} />} onClick={() => registry.run('project.exportBundle')}>
            Export bundle
          </MenuItem>
          <MenuItem icon={<History size={14} />} onClick={() => registry.run('view.history')}>
            History
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
