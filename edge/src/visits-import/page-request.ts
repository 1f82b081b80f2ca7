/** Which requests of an access log are page views, downloads and pages that were not found. */
import type { AccessLogLine } from './access-log-line.ts';
import type { Broken, RequestHit, Skipped } from './rows.ts';

const ASSETS = new Set(
  (
    'css js mjs map json jsonl xml rss atom txt webmanifest ico png jpg jpeg gif svg webp avif bmp tif tiff ' +
    'woff woff2 ttf otf eot wasm br gz vtt m3u8 ts mpd'
  ).split(' '),
);
/** The same kinds of file that the tracker takes for downloads. */
const DOWNLOADS = new Set(
  (
    'pdf zip dmg pkg exe msi iso 7z rar tar tgz deb rpm appimage apk doc docx xls xlsx ppt pptx odt ods odp ' +
    'csv mp3 wav flac mp4 mov avi mkv webm epub'
  ).split(' '),
);

/** `origin`: of the site the log belongs to, because these formats do not name the host. */
export function readPageRequest(
  line: AccessLogLine,
  origin: string,
): RequestHit | { skipped: Skipped } | { broken: Broken } {
  const { method, target, status } = line;
  if (method === '' && status >= 400) return { skipped: 'status' };
  if (method === '' || target === '') return { broken: 'bad request' };
  if (method !== 'GET') return { skipped: 'method' };
  if (!target.startsWith('/')) return { skipped: 'proxy' };
  const missing = status === 404 || status === 410;
  if (status !== 200 && status !== 304 && !missing) return { skipped: 'status' };

  const url = origin + target;
  if (!URL.canParse(url)) return { broken: 'bad url' };
  const extension = extensionOf(target);
  if (ASSETS.has(extension)) return { skipped: 'asset' };
  const hit = {
    at: line.at,
    address: line.address,
    userAgent: line.userAgent,
    referrer: line.referrer,
    url,
    target: '',
  };
  if (missing) return { ...hit, kind: 'not-found' };
  if (!DOWNLOADS.has(extension)) return { ...hit, kind: 'view' };
  if (status === 304) return { skipped: 'asset' };
  // A download belongs to the page it was clicked on.
  const page = line.referrer.startsWith(`${origin}/`) && URL.canParse(line.referrer) ? line.referrer : url;
  return { ...hit, kind: 'download', url: page, target: url };
}

/** Lower case; empty for `/`, `/about` and `/v8.1/`. */
function extensionOf(target: string): string {
  const [path = ''] = target.split(/[?#]/, 1);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 1 ? '' : name.slice(dot + 1).toLowerCase();
}
