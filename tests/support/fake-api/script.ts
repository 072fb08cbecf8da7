/**
 * What the fake service is told to do. Every list of faults is a queue: the first entry whose `when` fits the request is
 * applied and its `times` is counted down; a request that no entry fits is answered normally.
 */

/** Narrows a fault or a rule to certain requests. All given parts must fit. */
export interface When {
  /** A part of the prompt. */
  readonly prompt?: string
  readonly seed?: number
  readonly predictionId?: string
}

interface Scripted {
  readonly when?: When
  /** How many requests it applies to. Default 1. */
  readonly times?: number | 'always'
}

/** How an answer is spoiled. `normal answer` is what the service would have said without the fault. */
export type ReplyFault =
  /** A JSON envelope with this HTTP status and, unless `code` says otherwise, the same envelope code. */
  | {
      readonly reply: 'status'
      readonly status: number
      readonly code?: number
      readonly message?: string
      readonly errorCode?: string
      /** Sent as Retry-After as it stands. */
      readonly retryAfter?: string
    }
  /** Exactly this. */
  | { readonly reply: 'raw'; readonly status: number; readonly headers?: Record<string, string>; readonly body: string }
  /** A gateway's page. Default status 200. */
  | { readonly reply: 'html'; readonly status?: number }
  /** The normal answer, its JSON broken. */
  | { readonly reply: 'malformed' }
  /** The first half of the normal answer under the Content-Length of the whole, then a reset. */
  | { readonly reply: 'truncated' }
  /** The normal answer padded past 1 MiB. */
  | { readonly reply: 'oversized' }
  /** No answer: the connection is reset once the request is read. */
  | { readonly reply: 'reset' }
  /** No answer at all; the connection stays open. */
  | { readonly reply: 'hang' }
  /** The normal answer, this many milliseconds late. */
  | { readonly reply: 'delay'; readonly ms: number }
  /** Default status 307, default location the same address. */
  | { readonly reply: 'redirect'; readonly status?: number; readonly location?: string }
  /** The normal answer with these fields of `data` replaced (or removed, when null). */
  | {
      readonly reply: 'patch'
      readonly data: Readonly<Record<string, unknown>>
      readonly code?: number
      readonly status?: number
    }

export type SubmitFault = Scripted &
  (
    | ReplyFault
    /** A reset once the headers have come. Its `when` cannot look at the body, so it should have none. */
    | { readonly reply: 'reset-before-reading' }
  ) & {
    /** Whether the job is created and charged all the same. Default: true for `delay` and `patch`, else false. */
    readonly recorded?: boolean
  }

export type PollFault = Scripted & ReplyFault

export type DownloadFault = Scripted &
  (
    | ReplyFault
    /** Stops after so many bytes of the body and resets, under the full Content-Length. */
    | { readonly reply: 'cut'; readonly at: number }
    /** Declares this Content-Length; the body stays what it is (cut short where it is longer). */
    | { readonly reply: 'wrong-length'; readonly declared: number }
    /** Answers 200 with the whole clip whatever Range says. */
    | { readonly reply: 'ignore-range' }
    /** Answers 206 from another byte than was asked. */
    | { readonly reply: 'wrong-range'; readonly shift: number }
    /** From now on the clip has other bytes and another ETag; this request is answered from those. */
    | { readonly reply: 'change' }
    /** 416 whatever Range says. */
    | { readonly reply: 'unsatisfiable' }
    /** `chunk` bytes every `everyMs`. */
    | { readonly reply: 'drip'; readonly chunk: number; readonly everyMs: number }
    /** So many bytes, then silence. */
    | { readonly reply: 'stall'; readonly at: number }
    | { readonly reply: 'empty' }
    /** The whole clip under another content type. */
    | { readonly reply: 'type'; readonly contentType: string }
    /** Without ETag, Content-Length or Range. */
    | { readonly reply: 'plain' }
  )

export type RouteName =
  | 'submit'
  | 'poll'
  | 'download'
  | 'upload-ticket'
  | 'upload-put'
  | 'upload-binary'
  | 'price'
  | 'balance'
  | 'history'
  | 'billings'
  | 'models'
  | 'other'

/** A fault on any route but submit, poll and download. */
export type OtherFault = Scripted & ReplyFault & { readonly route: RouteName }

/** How a job goes. Frozen at its creation and kept in the ledger. */
export interface JobPlan {
  /** Shown one per poll before the end. */
  readonly statuses?: readonly string[]
  /** Milliseconds of real time until the end. */
  readonly latencyMs?: number
  /** Default `completed`. Anything else is refunded unless `refund` is false. */
  readonly end?: 'completed' | 'failed' | 'cancelled' | 'timeout' | 'deleted'
  readonly error?: string
  readonly refund?: boolean
  /** In place of the clip's address; the text `$clip` anywhere in it stands for that address. */
  readonly outputs?: readonly unknown[]
  /** Size of the clip; at least that of the fixture. Default: the fixture and a mark of 40 bytes. */
  readonly clipBytes?: number
  /** Absolute path of the MP4 that the clip is, in place of the fixture. */
  readonly clipFile?: string
}

export interface Script {
  readonly submit: readonly SubmitFault[]
  readonly poll: readonly PollFault[]
  readonly download: readonly DownloadFault[]
  readonly other: readonly OtherFault[]
  /** The plan of jobs that no entry of `jobs` fits. */
  readonly job: JobPlan
  /** The first entry that fits decides. */
  readonly jobs: readonly { readonly when: When; readonly plan: JobPlan }[]
  /** While true no job ends. */
  readonly hold: boolean
  /** So many connections are reset as soon as they are accepted. */
  readonly resetConnections: number
  /** null: a clip has one address, which always works. Else every poll hands out a new one, good for so many downloads. */
  readonly urlUses: number | null
  /** What the account starts with, in dollars; a submission it does not cover is answered 402. */
  readonly balanceUsd: number
  /** In place of the price table's answer. */
  readonly price: Readonly<Record<string, unknown>> | null
  /** In place of the list of models; null: the one model as its page describes it. */
  readonly models: readonly unknown[] | null
  readonly lists: {
    /** How a page says whether there are more. */
    readonly more: 'has_more' | 'total' | 'both' | 'neither'
    /** Whether history items carry the request. */
    readonly echoInput: boolean
    /** Rows per page at most, whatever is asked. */
    readonly pageCap: number
    /** Times in billings searches must be milliseconds, else 400. */
    readonly millisecondsOnly: boolean
  }
}

export const DEFAULT_SCRIPT: Script = {
  submit: [],
  poll: [],
  download: [],
  other: [],
  job: {},
  jobs: [],
  hold: false,
  resetConnections: 0,
  urlUses: null,
  balanceUsd: 1000,
  price: null,
  models: null,
  lists: { more: 'has_more', echoInput: true, pageCap: 100, millisecondsOnly: false },
}

/** What a request is about, for `when`. */
export interface Subject {
  readonly prompt?: string | undefined
  readonly seed?: number | undefined
  readonly predictionId?: string | undefined
}

export function fits(when: When | undefined, subject: Subject): boolean {
  if (when === undefined) return true
  if (when.prompt !== undefined && !subject.prompt?.includes(when.prompt)) return false
  if (when.seed !== undefined && subject.seed !== when.seed) return false
  return when.predictionId === undefined || subject.predictionId === when.predictionId
}

/** Takes the first fitting fault off a queue. @returns the fault and what is left of the queue */
export function take<F extends Scripted>(
  queue: readonly F[],
  subject: Subject,
  also: (fault: F) => boolean = () => true,
): { fault: F | null; rest: readonly F[] } {
  const index = queue.findIndex((fault) => also(fault) && fits(fault.when, subject))
  const fault = queue[index]
  if (fault === undefined) return { fault: null, rest: queue }
  if (fault.times === 'always') return { fault, rest: queue }
  const left = (fault.times ?? 1) - 1
  const rest = left > 0 ? queue.with(index, { ...fault, times: left }) : queue.toSpliced(index, 1)
  return { fault, rest }
}
