/** The session lives in this window's memory only (sessionStorage): never in a cookie, gone when the window closes. */
const KEY = 'avow.session';

export function storedSession(): string | null {
  return sessionStorage.getItem(KEY);
}

export function keepSession(session: string): void {
  sessionStorage.setItem(KEY, session);
}

export function dropSession(): void {
  sessionStorage.removeItem(KEY);
}
