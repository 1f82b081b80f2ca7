/** The shapes of what self-service accepts. Lengths and meaning are checked where each is carried out. */
import { z } from 'zod';

/** Longer than any address or field that could be accepted; what is that long is refused with its code later. */
const text = z.string();
const language = z.enum(['en', 'de']);

export const nothing = z.null();
export const tokenOnly = z.strictObject({ token: z.string().max(200) });
export const signInRequest = z.strictObject({ email: text, language });
export const newEmail = z.strictObject({ email: text });
export const correction = z.strictObject({
  changes: z.record(z.string().max(80), text).refine((changes) => Object.keys(changes).length <= 40, 'field_too_long'),
});
export const correctionRequest = z.strictObject({ field: text, wanted: text, message: text });
export const mailingChoice = z.strictObject({
  subscribed: z.boolean(),
  words: z.string().min(1).max(1000),
  language,
  statementVersion: z.int().min(1).max(32_767),
});
