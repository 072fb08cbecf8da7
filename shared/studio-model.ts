import { z } from 'zod'
import { WireError } from './errors.ts'

/** The account level at the service decides how much may run at once (wavespeed.ai/docs/account-levels). */
export const AccountLevel = z.enum(['bronze', 'silver', 'gold', 'ultra', 'custom'])
export type AccountLevel = z.infer<typeof AccountLevel>

export const Settings = z.strictObject({
  theme: z.enum(['dark', 'light', 'system']),
  level: AccountLevel,
  /** Jobs at the service at once, when the level is custom. */
  concurrency: z.number().int().min(1).max(500),
  /** Submissions a minute when the level is custom; null: learnt from the service's refusals. */
  perMinute: z.number().int().min(1).max(10_000).nullable(),
  /** Text that stands for reference n in a prompt as sent; `{n}` is its position. */
  imagePlaceholder: z
    .string()
    .max(40)
    .refine((text) => text.includes('{n}'), 'must contain {n}'),
  /** Key combinations the artist chose, by command; null takes the keys away. What is not named keeps its own. */
  keys: z.record(z.string().max(80), z.string().max(60).nullable()),
  /** A notification of the system when a batch ends while the window is not looked at. */
  notify: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

/** Where the API key is kept, never the key. */
export const KeyStatus = z.strictObject({
  present: z.boolean(),
  /** `environment`, `keychain`, `session` (memory only) or `file`; null without a key. */
  source: z.enum(['environment', 'keychain', 'session', 'file']).nullable(),
  /** A caveat to show beside it, such as a Linux desktop without a keyring. */
  caveat: z.string().nullable(),
})
export type KeyStatus = z.infer<typeof KeyStatus>

/** The state of the engine that runs the jobs. */
export const Runner = z.strictObject({
  paused: z.boolean(),
  /** Why submissions stand still although not paused, such as a rejected key. */
  halted: WireError.nullable(),
  concurrency: z.number().int(),
  inFlight: z.number().int(),
  waiting: z.number().int(),
})
export type Runner = z.infer<typeof Runner>
