import { ERRORS, type ErrorCode } from '../../../shared/errors.ts'

const SPECIFIC: Partial<Readonly<Record<ErrorCode, string>>> = {
  'key-missing': 'Set WAVESPEED_API_KEY, or try the board for free with --provider rehearsal.',
  'key-rejected': 'Check WAVESPEED_API_KEY, then run the same command again.',
  'cap-missing': 'Give a spending cap with --cap USD; it stays with the project.',
  'cap-reached': 'Raise the cap with --cap USD and run the same command again.',
  'balance-too-low': 'Top up the account at the service, then run the same command again.',
  'library-locked':
    'Close the other Takeboard, choose another folder with --library DIR, or only look with takeboard serve --read-only.',
  'library-newer': 'Use the newer Takeboard, or choose another folder with --library DIR.',
  'library-unwritable': 'Make the folder writable, or choose another with --library DIR.',
  'library-damaged':
    'What was there is in the folder damaged of the library; choose another folder with --library DIR.',
  'library-recovered': 'Run takeboard doctor to see what came back, then run the same command again.',
  'disk-full': 'Free some space, then run the same command again.',
  'board-invalid': 'Correct the file and run the same command again.',
  'submission-unknown': 'Run takeboard status, then takeboard resolve SLATE.',
  'port-in-use': 'Choose another port with --port N.',
  internal: 'Run it again with TAKEBOARD_DEBUG=1 to see what happened.',
}

/** What somebody at a command line can do about an error, or null. */
export function remedyText(code: ErrorCode): string | null {
  const specific = SPECIFIC[code]
  if (specific !== undefined) return specific
  switch (ERRORS[code].remedy) {
    case 'retry':
      return 'Run the same command again.'
    case 'wait':
      return 'Wait a little and run the same command again.'
    case 'raise-cap':
    case 'fix-input':
    case 'none':
      return null
  }
}
