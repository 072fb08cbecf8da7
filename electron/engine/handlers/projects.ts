import { basename } from 'node:path'
import type { Project } from '../../../shared/model.ts'
import { parseBoardFile } from '../interchange/board-file.ts'
import { boardInvalid, readBoard } from '../interchange/read-board.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import type { Handlers } from '../router.ts'
import { listProjectScenes, listRemovedScenes, listStoryboards, putStoryboard } from '../store/boards.ts'
import { findImage, listCasts, putCast } from '../store/casts.ts'
import { readEditState } from '../store/edits.ts'
import { listNotes, listPlaylists } from '../store/review.ts'
import { listSavedSeeds } from '../store/saved-seeds.ts'
import {
  listProjects,
  nextOpening,
  noteCapChange,
  readBudget,
  readLibraryBudget,
  updateProject,
} from '../store/projects.ts'
import { readSettings } from '../store/records.ts'
import { listProjectTakes } from '../store/takes.ts'
import { newCast, newStoryboard } from './new-entities.ts'
import { openBoardFile, writeBoard } from './open-board.ts'
import { addProject } from './add-project.ts'
import { the, type HandlerContext } from './context.ts'

type ProjectCalls = Pick<
  Handlers,
  'studio.get' | 'project.get' | 'project.create' | 'project.update' | 'project.openSample' | 'board.import'
>

export function projectHandlers(context: HandlerContext): ProjectCalls {
  const { ports, store, outbox, history } = context
  return {
    'studio.get': () => ({
      seq: outbox.seq(),
      version: context.version,
      libraryPath: context.libraryPath,
      projects: listProjects(store.read),
      settings: readSettings(store.read),
      key: ports.secrets.status(),
      runner: context.scheduler.runner(),
      money: readLibraryBudget(store.read),
    }),

    'project.get': ({ projectId }) => {
      const db = store.read
      const project = the.project(db, projectId)
      // Opening a project orders the list of recent ones; nobody needs an event for it, nor a failure on a full disk.
      try {
        store.write((write) => updateProject(write, { ...project, openedAt: nextOpening(write, ports.clock.now()) }))
      } catch (error) {
        const looking = error instanceof TakeboardError && error.code === 'library-read-only'
        if (!looking) ports.logger.warn('When a project was opened could not be stored', { error: String(error) })
      }
      return {
        seq: outbox.seq(),
        project: the.project(db, projectId),
        storyboards: listStoryboards(db, projectId),
        casts: listCasts(db, projectId),
        scenes: listProjectScenes(db, projectId),
        removedScenes: listRemovedScenes(db, projectId).map(({ id, storyboardId, number, title }) => ({
          id,
          storyboardId,
          number,
          title,
        })),
        takes: listProjectTakes(db, projectId),
        budget: readBudget(db, projectId),
        savedSeeds: listSavedSeeds(db, projectId),
        notes: listNotes(db, projectId),
        playlists: listPlaylists(db, projectId),
        edits: readEditState(db, projectId),
      }
    },

    'project.create': ({ title }) =>
      outbox.write((db, emit) => {
        const project = addProject(context, db, emit, title)
        const cast = newCast(ports, project.id)
        putCast(db, cast)
        emit('cast.put', cast)
        const board = newStoryboard(ports, project.id, cast.id, 'Main board', 0)
        putStoryboard(db, board)
        emit('storyboard.put', board)
        return { projectId: project.id }
      }),

    // Only the title is an edit; what is about money is never taken back.
    'project.update': ({ projectId, patch }) =>
      history.edit({ projectId, label: 'rename the project', mergeKey: 'title of the project' }, (db, emit) => {
        const before = the.project(db, projectId)
        const project: Project = {
          ...before,
          ...(patch.title === undefined ? {} : { title: patch.title }),
          ...(patch.cap === undefined ? {} : { cap: patch.cap }),
          ...(patch.batchLimit === undefined ? {} : { batchLimit: patch.batchLimit }),
          ...(patch.warnAt === undefined ? {} : { warnAt: patch.warnAt }),
          ...(patch.confirmOver === undefined ? {} : { confirmOver: patch.confirmOver }),
          ...(patch.stopAfter === undefined ? {} : { stopAfter: patch.stopAfter }),
          ...(patch.provider === undefined ? {} : { provider: patch.provider }),
        }
        if (project.cap !== null && project.cap < 0) throw new TakeboardError('bad-input', 'A cap cannot be negative.')
        updateProject(db, project)
        emit('project.put', project)
        if (project.cap !== before.cap) {
          noteCapChange(db, ports.clock.now(), before, project)
          emit('budget.put', readBudget(db, projectId))
        }
        return {}
      }),

    'project.openSample': async () => {
      const { board } = await readBoard(context.samplePath)
      const known = listProjects(store.read).find(({ title }) => title === board.title)
      // What was made of the sample is the artist's by now.
      if (known) return { projectId: known.id }
      const { projectId } = await openBoardFile(context, context.samplePath, {})
      return { projectId }
    },

    'board.import': ({ text, images, fresh = false }) => {
      const parsed = parseBoardFile(text)
      if (!parsed.ok) throw boardInvalid('The board file', parsed.problems)
      const files = parsed.board.cast.map(({ image }, index) => {
        const sha256 = images[image] ?? images[basename(image)]
        const file = sha256 === undefined ? null : findImage(store.read, sha256)
        if (file !== null) return file
        const problem = {
          path: `cast[${index}].image`,
          found: image,
          allowed: 'an image chosen together with the board file',
          message: 'This image was not among the files.',
        }
        throw boardInvalid('The board file', [problem])
      })
      const { projectId, storyboardId } = outbox.write((db, emit) =>
        writeBoard(context, db, emit, parsed.board, files, { project: null, fresh }),
      )
      return { projectId, storyboardId: present(storyboardId, 'a board file has one') }
    },
  }
}
