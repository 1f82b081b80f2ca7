/**
 * What counting a start calls. `(…) satisfies AtOnce` keeps the parentheses around a function, and V8 compiles a function in
 * parentheses when its file is loaded, in the one pass that it needs anyway. Without them it skims the function then and compiles
 * it in the first call: 25 µs for each of them, in the middle of an application's start (Node 24).
 */
export type AtOnce = (...given: never[]) => unknown;
