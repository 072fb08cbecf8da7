import type { LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'

/** Spends a one-time address as a browser would: its cookie and the token for uploads. */
export async function signIn(studio: LoopbackStudio): Promise<{ cookie: string; token: string }> {
  const opened = await fetch(studio.newUrl(), { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  const session = await fetch(`${studio.origin}/session`, { headers: { cookie } })
  const { token } = (await session.json()) as { token: string }
  return { cookie, token }
}
