import type { ErrorCode } from '../../../shared/errors.ts'

/** What the process says with its exit code. Scripts rely on the numbers. */
export const EXIT = {
  ready: 0,
  other: 1,
  badInput: 2,
  heldByCap: 3,
  failed: 4,
  attention: 5,
  timeout: 6,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The code for an error that ended a command. Everything the person can put right in what they typed is bad input. */
export function exitCodeFor(code: ErrorCode): ExitCode {
  switch (code) {
    case 'bad-input':
    case 'not-found':
    case 'unknown-command':
    case 'board-invalid':
    case 'board-version':
    case 'board-unreadable':
    case 'image-unreadable':
    case 'image-type':
    case 'image-too-small':
    case 'image-too-large':
    case 'seed-unresolved':
    case 'cap-missing':
    case 'key-missing':
    case 'key-rejected':
    case 'port-in-use':
      return EXIT.badInput
    case 'cap-reached':
      return EXIT.heldByCap
    case 'submission-unknown':
    case 'library-recovered':
    case 'overage':
    case 'failures-in-a-row':
      return EXIT.attention
    case 'conflict':
    case 'balance-too-low':
    case 'library-locked':
    case 'library-newer':
    case 'library-unwritable':
    case 'library-damaged':
    case 'library-read-only':
    case 'bin-unavailable':
    case 'disk-full':
    case 'request-rejected':
    case 'rate-limited':
    case 'provider-unreachable':
    case 'provider-fault':
    case 'upload-failed':
    case 'prediction-failed':
    case 'prediction-cancelled':
    case 'prediction-timeout':
    case 'prediction-deleted':
    case 'prediction-missing':
    case 'result-unavailable':
    case 'clip-invalid':
    case 'download-failed':
    case 'url-refused':
    case 'forbidden':
    case 'disconnected':
    case 'internal':
      return EXIT.other
  }
}

/** When several things are true of a run, the one that matters most decides. */
const PRECEDENCE: readonly ExitCode[] = [
  EXIT.attention,
  EXIT.failed,
  EXIT.heldByCap,
  EXIT.timeout,
  EXIT.badInput,
  EXIT.other,
]

/** @param codes what is true of a run; none of them means every wanted take is ready */
export const worstOf = (codes: readonly ExitCode[]): ExitCode =>
  PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ready
