import { useEffect } from 'react'
import type { Take } from '../../shared/model.ts'
import type { WISH } from '../media/derive-queue.ts'
import { derived } from '../media/derive.ts'

/**
 * Has the pictures and facts of a clip made while a component shows a place for them.
 * @param take null while nothing is missing
 */
export function useWanted(take: Take | null, urgency: (typeof WISH)[keyof typeof WISH]): void {
  const takeId = take?.id
  const clip = take?.clip?.sha256
  useEffect(
    () => (takeId === undefined || clip === undefined ? undefined : derived.want(clip, takeId, urgency)),
    [takeId, clip, urgency],
  )
}
