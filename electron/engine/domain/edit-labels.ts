import type { Scene } from '../../../shared/model.ts'

const FIELDS: Partial<Record<keyof Scene, string>> = {
  number: 'label',
  title: 'title',
  prompt: 'prompt',
  notes: 'notes',
  dialogue: 'dialogue',
  resolution: 'resolution',
  aspectRatio: 'aspect ratio',
  duration: 'duration',
  seed: 'seed',
  section: 'section',
  references: 'references',
}

/** `scene 12A` or `3 scenes`. */
export const scenesInWords = (scenes: readonly Pick<Scene, 'number'>[]): string =>
  scenes.length === 1 ? `scene ${scenes[0]?.number ?? ''}` : `${scenes.length} scenes`

/** What a change of scenes is called: `change the prompt of scene 12A`, `change 3 scenes`. */
export function changeInWords(fields: readonly string[], scenes: readonly Pick<Scene, 'number'>[]): string {
  const names = fields.flatMap((field) => FIELDS[field as keyof Scene] ?? [])
  const [only] = names
  return names.length === 1 && only !== undefined
    ? `change the ${only} of ${scenesInWords(scenes)}`
    : `change ${scenesInWords(scenes)}`
}

/** `take 3-1` or `4 takes`. */
export const takesInWords = (slates: readonly string[]): string =>
  slates.length === 1 ? `take ${slates[0] ?? ''}` : `${slates.length} takes`

/** What a judgement is called, up to the takes it is of: `rate`, `reject`, `label`. */
export function judgementInWords(patch: {
  readonly rating?: number | undefined
  readonly rejected?: boolean | undefined
  readonly label?: string | undefined
}): string {
  if (patch.rating !== undefined) return 'rate'
  if (patch.rejected !== undefined) return patch.rejected ? 'reject' : 'take back the rejection of'
  return patch.label === 'none' ? 'take the label off' : 'label'
}
