import type { CallInput, CallName, CallOutput, EngineEvent } from '../../shared/contract.ts'
import type { ProjectId, SceneId, StoryboardId } from '../../shared/ids.ts'
import type { ServerConnection } from '../../shared/transport.ts'
import type { Cancel } from './ports.ts'

export interface DoctorCheck {
  readonly name:
    | 'database'
    | 'backups'
    | 'ledger'
    | 'clips'
    | 'passports'
    /** Clips that no take names. */
    | 'orphans'
    /** Submissions that no take stands for. */
    | 'journal'
    | 'recovery'
    | 'images'
    | 'key'
    | 'provider'
    | 'disk'
    | 'takes'
    | 'model'
    | 'price'
  readonly state: 'ok' | 'warning' | 'problem'
  /** A full sentence: what was found and, unless ok, what to do. */
  readonly message: string
}

/** A library, open and running its jobs. One process owns a library at a time. */
export interface Engine {
  readonly libraryPath: string
  /** Serves one client until its connection closes. */
  connect(connection: ServerConnection): void
  /** The same calls for code in this process. Throws TakeboardError. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  onEvent(listener: (event: EngineEvent) => void): Cancel
  /** Answers `/media/...` requests of an already admitted client: clips, images, posters, sketches. */
  media(request: Request): Promise<Response>
  /**
   * Brings the library up to a board file: finds the project by `project` (default: the board's title) and the
   * storyboard by the board's title, adding what is missing, and matches scenes by number. Takes are kept. With `fresh`
   * nothing is matched: the board is added beside what is there, as a project of its own unless `project` names one.
   * Codes: board-invalid (data: BoardProblem[]), board-version, board-unreadable, image-*.
   */
  openBoard(
    path: string,
    options?: { project?: string; fresh?: boolean },
  ): Promise<{
    projectId: ProjectId
    storyboardId: StoryboardId
    /** The scenes the file names, in its order. */
    sceneIds: readonly SceneId[]
  }>
  /** @param options.live also compares the model and its prices with what the service says of them; spends nothing */
  doctor(options?: { live?: boolean }): Promise<readonly DoctorCheck[]>
  /**
   * Puts right what can be put right safely, and says what: writes missing passports, gives clips without a take back
   * to theirs, removes part files of takes that are done. Never deletes a clip, never sends anything.
   */
  repair(): Promise<readonly DoctorCheck[]>
  /** Stops submitting, lets a submission under way finish its durable steps, and closes the library. */
  close(): Promise<void>
}
