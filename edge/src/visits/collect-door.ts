/** `POST /collect` and the pixel on plain node:http, in front of everything else: each page view comes through here. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isConnectionLost } from '../platform/database.ts';
import { describeError, type Log } from '../platform/log.ts';
import { StorageFull } from '../spool/spool.ts';
import type { CollectAnswers } from './collect-answers.ts';
import type { PipelineOutcome } from './pipeline.ts';
import { PIXEL, pixelEvent } from './pixel.ts';
import { isCollectMediaType, readCollectBody } from './read-collect-body.ts';

export interface CollectDoorDeps {
  answers: CollectAnswers;
  /** Resolves when the event is on disk, or with why it is not counted. */
  count(request: IncomingMessage, text: string): Promise<PipelineOutcome>;
  countDrop(reason: 'malformed' | 'too large'): void;
  log: Log;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Returns the handler: false means that the request is for somebody else. */
export function createCollectDoor({ answers, count, countDrop, log }: CollectDoorDeps) {
  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const full = error instanceof StorageFull;
    if (!full) log.error({ error: describeError(error), route: '/collect' }, 'request failed');
    const code = full ? 'storage_full' : isConnectionLost(error) ? 'briefly_unavailable' : 'internal';
    answers.refused(request, response, code, code === 'briefly_unavailable' ? { 'retry-after': '1' } : {});
  }

  const collect: Handle = (request, response) => {
    if (!isCollectMediaType(request.headers['content-type'])) {
      countDrop('malformed');
      return answers.refused(request, response, 'unsupported_media_type', { connection: 'close' });
    }
    readCollectBody(request, (body) => {
      if (body === 'truncated') return countDrop('malformed');
      if (body === 'too large') {
        countDrop('too large');
        return answers.refused(request, response, 'too_large', { connection: 'close' });
      }
      count(request, body.text).then(
        (outcome) => {
          if ('dropped' in outcome) answers.dropped(request, response, outcome.dropped);
          else answers.accepted(request, response);
        },
        (error: unknown) => fail(request, response, error),
      );
    });
  };

  /** The picture comes even where the view is not counted: a hole in the page would help nobody. */
  const showPixel: Handle = (request, response) => {
    count(request, pixelEvent(request.url ?? '', request.headers)).then(
      () => answers.picture(response, PIXEL),
      (error: unknown) => fail(request, response, error),
    );
  };

  const routes: Record<string, Record<string, Handle>> = {
    '/collect': { POST: collect, OPTIONS: answers.preflight },
    '/collect.gif': { GET: showPixel },
  };

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const methods = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (methods === undefined) return false;
    const handle = Object.hasOwn(methods, request.method ?? '') ? methods[request.method ?? ''] : undefined;
    if (request.headers.expect !== undefined) {
      answers.refused(request, response, 'expectation_refused', { connection: 'close' });
    } else if (handle === undefined) {
      answers.refused(request, response, 'method_not_allowed', { allow: Object.keys(methods).join(', ') });
    } else handle(request, response);
    return true;
  };
}
