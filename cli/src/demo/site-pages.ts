/** The pages of the example vendor's three sites, and how people go on from one to the next. */
export interface Page {
  path: string;
  /** How often a visit begins here, relative to the others. */
  entry: number;
  /** Indexes are not used: the paths that people click on from here. */
  links: readonly string[];
  /** Seconds of engaged time in the middle. */
  seconds: number;
  downloads?: readonly string[];
  outbound?: readonly string[];
  offer?: true;
}

export interface SitePages {
  pages: readonly Page[];
  /** Chance of leaving after a page. */
  leaves: number;
  mobileShare: number;
  /** Of all visits of the group. */
  share: number;
  /** Visits at the weekend, relative to a working day. */
  weekend: number;
}

const page = (path: string, entry: number, seconds: number, links: string, more: Partial<Page> = {}): Page => ({
  path,
  entry,
  seconds,
  links: links === '' ? [] : links.split(' '),
  ...more,
});

const MAIN: SitePages = {
  share: 0.58,
  leaves: 0.34,
  mobileShare: 0.38,
  weekend: 0.62,
  pages: [
    page('/', 40, 22, '/suite /suite /pricing /download /support /news'),
    page('/suite', 14, 38, '/suite/photo /suite/video /suite/sound /pricing /download', { offer: true }),
    page('/suite/photo', 9, 52, '/suite/video /pricing /download /support/photo'),
    page('/suite/video', 8, 55, '/suite/sound /pricing /download'),
    page('/suite/sound', 4, 44, '/suite /pricing /download'),
    page('/suite/disc', 3, 35, '/suite /pricing /download'),
    page('/suite/backup', 3, 33, '/suite /pricing /download'),
    page('/pricing', 5, 41, '/download /suite /support /', { offer: true }),
    page('/download', 7, 30, '/support /products/register /', {
      downloads: ['/files/nordlicht-suite-8.exe', '/files/nordlicht-suite-8.dmg', '/files/suite-8-manual.pdf'],
      offer: true,
    }),
    page('/support', 6, 36, '/support/photo /support/video /support/install /', {
      outbound: ['https://forum.nordlicht-users.example/', 'https://status.nordlicht-hosting.example/'],
    }),
    page('/support/photo', 4, 75, '/support /download'),
    page('/support/video', 4, 80, '/support /download'),
    page('/support/install', 6, 64, '/support /download'),
    page('/news', 3, 28, '/news/suite-8 /news/privacy-statement /'),
    page('/news/suite-8', 5, 70, '/suite /download /pricing'),
    page('/news/privacy-statement', 2, 62, '/privacy /'),
    page('/products/register', 2, 40, '/'),
    page('/privacy', 1, 48, '/'),
  ],
};

const LABS: SitePages = {
  share: 0.14,
  leaves: 0.42,
  mobileShare: 0.22,
  weekend: 0.85,
  pages: [
    page('/', 30, 18, '/experiments /experiments/depth-map /notes', { offer: true }),
    page('/experiments', 12, 26, '/experiments/depth-map /experiments/noise-print /experiments/live-captions'),
    page('/experiments/depth-map', 18, 85, '/experiments /notes', { downloads: ['/files/depth-map-preview.zip'] }),
    page('/experiments/noise-print', 10, 78, '/experiments', { downloads: ['/files/noise-print-preview.zip'] }),
    page('/experiments/live-captions', 9, 70, '/experiments', { outbound: ['https://papers.example/abs/2609.01234'] }),
    page('/notes', 6, 24, '/notes/colour /notes/latency'),
    page('/notes/colour', 9, 140, '/notes /experiments', { outbound: ['https://standards.example/colour'] }),
    page('/notes/latency', 6, 125, '/notes'),
  ],
};

const MEDIA: SitePages = {
  share: 0.28,
  leaves: 0.37,
  mobileShare: 0.55,
  weekend: 1.2,
  pages: [
    page('/', 26, 19, '/templates /sounds /courses'),
    page('/templates', 18, 40, '/templates/slideshow /templates/titles /templates/album', { offer: true }),
    page('/templates/slideshow', 9, 36, '/templates /courses', { downloads: ['/files/slideshow-pack.zip'] }),
    page('/templates/titles', 8, 34, '/templates', { downloads: ['/files/titles-pack.zip'] }),
    page('/templates/album', 5, 32, '/templates', { downloads: ['/files/album-pack.zip'] }),
    page('/sounds', 12, 48, '/sounds/nature /sounds/city', { offer: true }),
    page('/sounds/nature', 7, 58, '/sounds', { downloads: ['/files/nature-loops.zip'] }),
    page('/sounds/city', 5, 50, '/sounds', { downloads: ['/files/city-loops.zip'] }),
    page('/courses', 10, 34, '/courses/first-film /courses/better-light', { offer: true }),
    page('/courses/first-film', 9, 210, '/courses', { outbound: ['https://video.example/nordlicht/first-film'] }),
    page('/courses/better-light', 6, 190, '/courses'),
  ],
};

const SITES = [MAIN, LABS, MEDIA] as const;

/** Of the first, second, third … site of the configuration. */
export function pagesOf(index: number): SitePages {
  return SITES[index % SITES.length] ?? MAIN;
}

/** What people mistype, and what has moved. */
export const MISSING = ['/suite/phto', '/downloads', '/support/v7', '/old/index.html', '/templates/xmas-2019'] as const;
