import type { OperationsState } from '@avow/protocol/staff/operations';
import type { UseQueryResult } from '@tanstack/react-query';

/** The one question behind the page; each panel shows its part of the answer. */
export type StateAnswer = UseQueryResult<OperationsState>;
