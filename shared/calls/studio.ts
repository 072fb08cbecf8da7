import { z } from 'zod'
import { ProjectId, Sha256, StoryboardId } from '../ids.ts'
import { Budget, Cast, EpochMs, LibraryBudget, Project, ProviderName, Scene, Storyboard, Take } from '../model.ts'
import { KeyStatus, Runner, Settings } from '../studio-model.ts'
import { UsdMicros } from '../money.ts'
import { EditState } from '../edits.ts'
import { Note, Playlist } from '../review.ts'
import { SavedSeed } from '../seed-bank.ts'
import { command, nothing, query, Seq } from './define.ts'

const StudioSnapshot = z.strictObject({
  seq: Seq,
  version: z.string(),
  libraryPath: z.string(),
  projects: z.array(Project),
  settings: Settings,
  key: KeyStatus,
  runner: Runner,
  /** Money of every project together. */
  money: LibraryBudget,
})
export type StudioSnapshot = z.infer<typeof StudioSnapshot>

const ProjectSnapshot = z.strictObject({
  seq: Seq,
  project: Project,
  storyboards: z.array(Storyboard),
  casts: z.array(Cast),
  scenes: z.array(Scene),
  /** Taken off their boards, and named here for the slates of their takes. */
  removedScenes: z.array(Scene.pick({ id: true, storyboardId: true, number: true, title: true })),
  takes: z.array(Take),
  budget: Budget,
  savedSeeds: z.array(SavedSeed),
  notes: z.array(Note),
  playlists: z.array(Playlist),
  edits: EditState,
})
export type ProjectSnapshot = z.infer<typeof ProjectSnapshot>

/** The studio as a whole: projects, settings, the key and the runner. */
export const studioCalls = {
  'studio.get': query(nothing, StudioSnapshot),
  'project.get': query(z.strictObject({ projectId: ProjectId }), ProjectSnapshot, { large: true }),
  'project.create': command(
    z.strictObject({ title: z.string().min(1).max(200) }),
    z.strictObject({ projectId: ProjectId }),
  ),
  'project.update': command(
    z.strictObject({
      projectId: ProjectId,
      patch: Project.pick({
        title: true,
        cap: true,
        batchLimit: true,
        warnAt: true,
        confirmOver: true,
        stopAfter: true,
        provider: true,
      }).partial(),
    }),
    nothing,
  ),
  /** Opens the sample project, adding it to the library the first time. */
  'project.openSample': command(nothing, z.strictObject({ projectId: ProjectId })),
  /**
   * Adds a board file as a project. `images` maps each image path in the file to an image already uploaded. `fresh` adds
   * it beside whatever has the same title instead of bringing that up to it, as what comes from elsewhere should be.
   */
  'board.import': command(
    z.strictObject({
      text: z.string().max(4_000_000),
      images: z.record(z.string(), Sha256),
      fresh: z.boolean().optional(),
    }),
    z.strictObject({ projectId: ProjectId, storyboardId: StoryboardId }),
  ),
  /**
   * A storyboard as the text of a board file; the inverse of `board.import`. `losses`: what the format cannot say, in
   * sentences. The same as a bundle with its images: `GET /media/bundles/{storyboardId}`. Code: board-invalid.
   */
  'board.export': query(
    z.strictObject({ storyboardId: StoryboardId }),
    z.strictObject({ text: z.string(), images: z.record(z.string(), Sha256), losses: z.array(z.string()) }),
  ),
  'settings.update': command(z.strictObject({ patch: Settings.partial() }), nothing),
  /** The key goes straight to the host's secret store. `persist` false keeps it in memory only. */
  'key.set': command(z.strictObject({ key: z.string().min(8).max(400), persist: z.boolean() }), KeyStatus),
  'key.clear': command(nothing, KeyStatus),
  /** Asks the service for the balance: the cheap way to try a key. Codes: key-missing, key-rejected, provider-*. */
  'provider.check': query(
    z.strictObject({ provider: ProviderName }),
    z.strictObject({ balance: UsdMicros.nullable() }),
  ),
  /**
   * What happened to the library when its database was lost or fell behind, in sentences, until somebody has read it;
   * null when there is nothing to tell.
   */
  'recovery.get': query(
    nothing,
    z.strictObject({ news: z.strictObject({ at: EpochMs, text: z.string() }).nullable() }),
  ),
  /** The news of the latest recovery were read and are not told again. */
  'recovery.dismiss': command(nothing, nothing),
  'runner.pause': command(nothing, nothing),
  'runner.resume': command(nothing, nothing),
} as const
